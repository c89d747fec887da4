"""Where a practice is: a postcode where other commissioners have practices and its own has none."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import words

from .rows import PracticeRow, heir, heirs_on, names_of, practices_on

NAMED = 3


def district(postcode: str) -> str:
    """HA8 of "HA8 5QL": the part before the space, or before the last three letters; empty of no postcode."""
    text = postcode.upper().strip()
    return text.split()[0] if " " in text else text[:-3]


def elsewhere(day: date) -> Iterator[Doubt]:
    """An open practice alone of its commissioner in a postcode district where another has at least two."""
    heirs = heirs_on(day)
    there: dict[str, dict[int, list[PracticeRow]]] = defaultdict(lambda: defaultdict(list))
    for row in practices_on(day).values():
        if row.is_open(day) and (found := district(row.postcode)):
            there[found][heir(row.commissioner, heirs)].append(row)
    size = Counter(pk for by in there.values() for pk in by)
    names = names_of()
    for where, by in there.items():
        for pk, own in by.items():
            others = [other for other, rows in by.items() if other != pk and len(rows) > 1]
            if len(own) == 1 and others and size[pk] > 1:
                yield _doubt(own[0], where, sorted(names.get(other, "another") for other in others))


def _doubt(row: PracticeRow, where: str, others: list[str]) -> Doubt:
    shown = others if len(others) <= NAMED else [*others[:NAMED], f"{len(others) - NAMED} more"]
    return Doubt(
        subject=row.record,
        commissioner=row.commissioner,
        stated=f"Postcode {row.postcode}",
        stated_by=row.source,
        found=f"None of its commissioner’s other practices is in {where}; some of {words(shown)} are",
        found_by="The postcodes of the practices in the register",
        difference=f"{where} is elsewhere",
        meaning="The practice may lie outside its commissioner’s boroughs, so its patients may live in "
        "another.",
    )


RULES = (
    Rule(
        slug="postcode-outside",
        group="register",
        title="Postcode outside the commissioner’s boroughs",
        question="Is a practice the only one of its commissioner in a postcode district in which another "
        "commissioner has two or more?",
        source="ODS (epraccur): postcodes of open practices. Which districts belong to a commissioner is not "
        "published, so they are read off where its other practices are.",
        to_do="Check the practice’s address and its commissioner with ODS; accept it where both are right.",
        find=elsewhere,
    ),
)
