"""Patients registered at a practice: NHS Digital's quarterly file, or the plain template for other lists.

Of gp-reg-pat-prac-all.csv the rows for all ages and both sexes are read. The template,
`ods_code,as_at,kind,patients,source`, is for weighted, adjusted and corrected lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter

from . import cells
from .cells import PRACTICE, Unfit, code, needed_day, patients, text
from .headings import squashed
from .lines import Cells, Line, once, refused, take
from .rows import Rejected, SizeRow
from .sniffing import likeness

NHS = {  # squashed headings, in the spelling before and after July 2022
    "EXTRACT_DATE": ("extract date",),
    "TYPE": ("type",),
    "CCG_CODE or SUB_ICB_LOCATION_CODE": ("ccg code", "sub icb location code"),
    "CODE": ("code",),
    "SEX": ("sex",),
    "AGE": ("age",),
    "NUMBER_OF_PATIENTS": ("number of patients",),
}
TEMPLATE = {name: (squashed(name),) for name in ("ods_code", "as_at", "kind", "patients", "source")}
KINDS = frozenset({"registered", "weighted", "adjusted", "resident", "implied"})
AGES = re.compile(r"ALL|[0-9]{1,3}\+?")
SEXES = frozenset({"ALL", "MALE", "FEMALE"})


def read_sizes(lines: Iterable[Line]) -> tuple[list[SizeRow], list[Rejected], date | None]:
    """The list sizes, and the day for which the file speaks. Raises `Refused` where it is neither shape."""
    rest = iter(lines)
    _, header = next(rest, (0, []))
    is_template = "ods code" in map(squashed, header)
    wanted = TEMPLATE if is_template else NHS
    asked = itemgetter(*(where(name, spellings, header) for name, spellings in wanted.items()))
    parse = template_row if is_template else nhs_row

    def row_of(line: int, found: Cells) -> SizeRow | None:
        if len(found) != len(header):
            raise Unfit("Columns", str(len(found)), f"The line should have {len(header)}, as the heading.")
        return parse(line, asked(found))

    sizes, rejected = take(rest, row_of)
    column = "ods_code" if is_template else "CODE"
    sizes = once(sizes, rejected, lambda row: (row.code, row.as_at, row.kind, row.source), column)
    days = {row.as_at for row in sizes}
    if not is_template and len(days) > 1:
        first, second, *_ = sorted(days)
        raise refused(
            f"The file speaks of two days, {first:%-d %B %Y} and {second:%-d %B %Y}. "
            "Import each in a file of its own."
        )
    return sizes, rejected, max(days, default=None)


def where(name: str, spellings: tuple[str, ...], header: Cells) -> int:
    found = [place for place, heading in enumerate(header) if squashed(heading) in spellings]
    if len(found) > 1:
        raise refused(f"The heading “{name}” stands over two columns. Remove the one that is not to be read.")
    if not found:
        raise refused(
            f"The file has no column “{name}”.{likeness(header)} Choose gp-reg-pat-prac-all.csv, as NHS "
            f"Digital publishes it, or a file with the columns {', '.join(TEMPLATE)}."
        )
    return found[0]


def nhs_row(line: int, given: Sequence[str]) -> SizeRow | None:
    extracted, kind, commissioner, practice, sex, age, figure = given
    if not is_of_all(kind, sex, age):
        return None
    found = patients(figure, "NUMBER_OF_PATIENTS")
    if not figure.isdigit() and found != int(found):
        raise Unfit("NUMBER_OF_PATIENTS", figure, "It is not a whole number.")
    return SizeRow(
        line=line,
        code=code(practice, "CODE", PRACTICE, "the code of a practice"),
        as_at=needed_day(extracted, "EXTRACT_DATE"),
        kind="registered",
        patients=found,
        commissioner=code(
            commissioner, "CCG_CODE", cells.COMMISSIONER, "the code of a commissioner", needed=False
        ),
        source="",
    )


@lru_cache(maxsize=1024)
def is_of_all(kind: str, sex: str, age: str) -> bool:
    """Whether a row counts the patients of all ages and both sexes."""
    kind, sex, age = (value.strip().upper() for value in (kind, sex, age))
    if kind != "GP":
        raise Unfit("TYPE", kind, "It should be GP, for a practice.", whole=True)
    if sex not in SEXES:
        raise Unfit("SEX", sex, "It should be ALL, MALE or FEMALE.", whole=True)
    if not AGES.fullmatch(age):
        raise Unfit("AGE", age, "It should be ALL or a number of years.", whole=True)
    return sex == age == "ALL"


def template_row(line: int, given: Sequence[str]) -> SizeRow:
    practice, as_at, kind, figure, source = given
    word = kind if kind in KINDS else text(kind, "kind", needed=True).lower()
    if word not in KINDS:
        raise Unfit("kind", kind, f"It should be one of {', '.join(sorted(KINDS))}.", whole=True)
    return SizeRow(
        line=line,
        code=code(practice, "ods_code", PRACTICE, "the code of a practice or a PCN"),
        as_at=needed_day(as_at, "as_at"),
        kind=word,
        patients=patients(figure, "patients"),
        commissioner="",
        source=text(source, "source", needed=True),
    )
