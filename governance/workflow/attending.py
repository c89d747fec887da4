"""Who came to a meeting, read from what was typed: persons by name, deputies, who took the chair."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from governance.models import Attendance, Body, Meeting
from pcnportal.people.models import Organisation, Person, in_force
from pcnportal.people.naming import person_called
from pcnportal.refusals import Refused

MOST_CHAIRS = 2
FACTS = ("organisation", "office", "is_voting", "in_place_of", "took_the_chair", "presence")
BLANK = {"organisation": None, "in_place_of": None, "took_the_chair": False}


def person_of(body: Body, name: str, organisation: Organisation | None = None) -> Person:
    """The person of that name who sits on the body or came before; a name alone proves no other identity."""
    return known_to(body, name) or person_called(name, organisation)


def known_to(body: Body, name: str) -> Person | None:
    known = Person.objects.filter(name__iexact=" ".join(name.split())).filter(
        Q(seats__body=body) | Q(attendances__meeting__body=body)
    )
    return known.order_by("pk").first()


def rows_of(meeting: Meeting, present: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each row with its `person` and, for a deputy, `in_place_of`, found by name where no person is given.

    Raises `Refused` where somebody is listed twice, stands in for who is there, for themselves or for
    nobody known, or where more than two took the chair or one who was not there.
    """
    body, rows = meeting.body, []
    for given in present:
        row: dict[str, Any] = {**BLANK, **given}
        row["person"] = row.get("person") or person_of(body, row["name"], row["organisation"])
        rows.append(row)
    people = [row["person"].pk for row in rows]
    for row in rows:
        if people.count(row["person"].pk) > 1:
            raise Refused(f"{row['person']} is listed twice.")
    for row in rows:
        if name := row.get("in_place_of_name", "").strip():
            row["in_place_of"] = _member(body, name, rows)
    there = {row["person"].pk for row in rows if row["presence"] == Attendance.Presence.PRESENT}
    _check_deputies(rows, there)
    chairs = [row for row in rows if row["took_the_chair"]]
    if len(chairs) > MOST_CHAIRS:
        raise Refused("One person takes the chair, or two together.")
    if absent := next((row for row in chairs if row["person"].pk not in there), None):
        raise Refused(f"{absent['person']} took the chair, so was there.")
    return rows


def voted_without(meeting: Meeting, rows: Iterable[Mapping[str, Any]]) -> Person | None:
    """Somebody who voted on a resolution that stands, and is not among the rows as present with a vote."""
    there = [
        row["person"].pk
        for row in rows
        if row["is_voting"] and row["presence"] == Attendance.Presence.PRESENT
    ]
    voted = Person.objects.filter(
        votes__resolution__item__meeting=meeting, votes__resolution__superseded_by__isnull=True
    )
    return voted.exclude(pk__in=there).order_by("name", "pk").first()


def _member(body: Body, name: str, rows: Sequence[Mapping[str, Any]]) -> Person:
    plain = " ".join(name.split()).casefold()
    listed = (row["person"] for row in rows if row["person"].name.casefold() == plain)
    found: Person | None = next(listed, None) or known_to(body, name)
    if found is None:
        raise Refused(f"No member of {body} is called “{name}”, and nobody who is listed.")
    return found


def _check_deputies(rows: Iterable[Mapping[str, Any]], there: set[int]) -> None:
    for row in rows:
        member = row["in_place_of"]
        if member is None or row["presence"] != Attendance.Presence.PRESENT:
            continue
        if member == row["person"]:
            raise Refused(f"{member} can’t be their own deputy.")
        if member.pk in there:
            raise Refused(f"{row['person']} is deputy for {member}, who was there.")


def partner_in_the_chair(meeting: Meeting, rows: Iterable[Mapping[str, Any]]) -> Organisation | None:
    """The partner with a turn to chair for which somebody took the chair; None where there is none."""
    organisations = [row["organisation"] for row in rows if row["took_the_chair"] and row["organisation"]]
    if not organisations or meeting.held_on is None:
        return None
    turns = meeting.body.turns.filter(in_force(meeting.held_on), organisation__in=organisations)
    turn = turns.select_related("organisation").order_by("position").first()
    return turn.organisation if turn else None
