"""Imports in a line: files made of a few rows, written at once, and the register in words without ids."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import cache
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection

from pcnportal.people.models import FormerDetail, Organisation
from registry.imports.plan import Plan
from registry.models import PCN, ImportRun, ListSize, Membership, PCNPeriod, Practice
from registry.workflow.importing import Asked, propose, write_file
from tests.registry.imports.files import epcn, extract, rows

DECEMBER, FEBRUARY = date(2019, 12, 4), date(2022, 2, 25)
ODS_DAY = date(2019, 10, 31)
TABLES = (
    "people_organisation",
    "people_formerdetail",
    "people_succession",
    "registry_practice",
    "registry_pcn",
    "registry_membership",
    "registry_pcnperiod",
    "registry_listsize",
    "registry_filestatement",
    "registry_pcnmatch",
    "history_source",
)
# Columns of an epraccur and of the sheets of an ePCN, as tests change them.
ODS = {"name": 1, "postcode": 9, "opened": 10, "closed": 11, "status": 12, "commissioner": 14, "setting": 25}


def asked(kind: str, content: bytes, name: str, **options: Any) -> Asked:
    return Asked(kind, ContentFile(content, name), name, **options)


def imported(kind: str, content: bytes, name: str, **options: Any) -> tuple[ImportRun | None, Plan]:
    """Written without working out what is doubted: the tests of the findings do that."""
    return write_file(asked(kind, content, name, **options))


def proposed(kind: str, content: bytes, name: str, *, by: Any, **options: Any) -> ImportRun:
    return propose(asked(kind, content, name, **options), by=by)


def ods(content: bytes | None = None, **options: Any) -> tuple[ImportRun | None, Plan]:
    return imported("ods", epraccur() if content is None else content, "epraccur_2019-10.csv", **options)


@cache
def book(year: str) -> bytes:
    """The ePCN of the extracts, made once."""
    return epcn(year)


def december(content: bytes | None = None, **options: Any) -> tuple[ImportRun | None, Plan]:
    return imported("epcn", content or book("2019"), "ePCN_2019-12-04.xlsx", **options)


def february(content: bytes | None = None, **options: Any) -> tuple[ImportRun | None, Plan]:
    return imported("epcn", content or book("2022"), "ePCN_2022-02-25.xlsx", **options)


def epraccur(changes: dict[str, dict[str, str]] | None = None, *, only: int | None = None) -> bytes:
    """The extract of epraccur with cells changed, by code and name of the column; `only` its first rows."""
    found = list(csv.reader(io.StringIO(extract("epraccur.csv").decode(), newline="")))
    for row in found:
        for column, value in (changes or {}).get(row[0], {}).items():
            row[ODS[column]] = value
            if column == "commissioner":
                row[23] = value
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(found[:only])
    return text.getvalue().encode()


def members(year: str, changes: dict[str, dict[int, str]] | None = None, without: str = "") -> bytes:
    """An ePCN of a year with cells of members changed, by practice; `without` one practice."""
    found = [row for row in rows(f"epcn_{year}_members.csv") if row[0] != without]
    for row in found:
        for column, value in (changes or {}).get(row[0], {}).items():
            row[column] = value
    return epcn(year, members=found)


def kinds(plan: Plan) -> dict[str, int]:
    return {kind: number for kind, number in plan.counts.items() if number}


def lines(plan: Plan, kind: str) -> list[tuple[str, str, str, str]]:
    """(code, column, old, new) of the report's lines of a kind."""
    return [(line.code, line.column, line.old, line.new) for line in plan.lines if line.kind == kind]


def tables() -> dict[str, list[tuple[Any, ...]]]:
    """Every row that an import may write, as it is stored."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608
            found[table] = cursor.fetchall()
    return found


def register() -> dict[str, set[tuple[Any, ...]]]:
    """What the register says, by codes: two ways to it are compared with this."""
    return {
        "organisations": set(
            Organisation.objects.exclude(code=None).values_list(
                "code", "name", "kind", "postcode", "opened_on", "closed_on", "is_dormant"
            )
        ),
        "former": set(FormerDetail.objects.values_list("organisation__code", "what", "value", "until")),
        "practices": set(Practice.objects.values_list("organisation__code", "commissioner__code")),
        "pcns": set(PCN.objects.values_list("organisation__code", "commissioner__code")),
        "members": set(
            Membership.objects.standing().values_list(
                "practice__organisation__code", "pcn__organisation__code", "starts_on", "ends_on"
            )
        ),
        "periods": set(
            PCNPeriod.objects.standing().values_list(
                "pcn__organisation__code", "status", "starts_on", "ends_on"
            )
        ),
        "sizes": set(
            ListSize.objects.standing().values_list("organisation__code", "kind", "as_at", "patients")
        ),
    }


def members_on(day: date, **of: Any) -> set[tuple[str, str]]:
    """(practice, PCN) by their codes, of the memberships in force."""
    found = Membership.objects.on(day).filter(**of)
    return set(found.values_list("practice__organisation__code", "pcn__organisation__code"))
