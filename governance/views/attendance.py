"""Who was at a meeting: the people of its seats, of a list that is pasted, and those added one by one."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from governance.forms.sitting import LEFT_OUT, MOST, PEOPLE, AttendanceForm
from governance.known import held
from governance.models import Attendance, Seat
from governance.proposing import NOBODY, Proposing
from governance.views.meetings import OfMeeting
from governance.workflow.meetings import record_attendance
from pcnportal import clock

# What somebody types of a person; the rest of a card has an answer from the start.
TYPED = ("name", "seat", "organisation", "office", "in_place_of")
IN_THE_CHAIR = (Seat.Chairs.CHAIR, Seat.Chairs.CO_CHAIR)
BETWEEN = re.compile(r"\s*[,;\t]\s*")


class RecordAttendance(OfMeeting):
    proposing: Proposing = NOBODY
    title = "Who was there"
    button = "Save the attendance"
    done = "The attendance is recorded."
    template_name = "governance/sitting/attendance.jinja"
    intro = "Name everybody who came or sent apologies. Voting members and offices count for the quorum."
    form_class: Any = AttendanceForm
    cards = {"people": PEOPLE}

    def initial(self) -> dict[str, Any]:
        return {"stated_attendance": self.object.stated_attendance}

    def form_kwargs(self) -> dict[str, Any]:
        return {"is_published": self.object.minutes_published_at is not None}

    def seats(self) -> list[Seat]:
        """The seats of the day of the meeting: members, then who attends, then deputies."""
        order = [Seat.Part.MEMBER, Seat.Part.IN_ATTENDANCE, Seat.Part.DEPUTY]
        rows = self.object.body.seats.filter(held(self.object.held_on or clock.today()))
        related = rows.select_related(
            "person", "organisation", "deputises__person", "deputises__organisation"
        )
        return sorted(related, key=lambda seat: order.index(Seat.Part(seat.part)))

    def cards_initial(self, _prefix: str) -> list[dict[str, Any]]:
        held_rows = self.object.attendances.select_related("person", "organisation", "in_place_of")
        return [of_row(row) for row in held_rows] or [of_seat(seat) for seat in self.seats()] or [{}]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        pressed = "people-add" in request.POST or "people-remove" in request.POST
        if request.POST.get("pasted", "").strip() and not pressed:
            return self.show_pasted(request.POST)
        return super().post(request, **kwargs)

    def show_pasted(self, data: QueryDict) -> HttpResponse:
        """The form again, with a card for each line that was pasted: nothing is saved unseen."""
        people = read_people(data.get("pasted", ""), self.seats())
        total = data.get("people-TOTAL_FORMS", "0")
        count = int(total) if total.isdecimal() and len(total) < 5 else 0
        changed = data.copy()
        while count and not any(data.get(f"people-{count - 1}-{name}", "").strip() for name in TYPED):
            count -= 1  # an empty card gives way
            for key in [key for key in changed if key.startswith(f"people-{count}-")]:
                del changed[key]
        if count + len(people) > MOST:
            form, sets = self.forms(data)
            form.add_error("pasted", f"That makes {count + len(people)} people: there can be {MOST} at most.")
            for found in sets.values():
                found.hide_errors()
            return self.show_form(form, sets)
        changed["pasted"] = ""
        changed["people-TOTAL_FORMS"] = str(count + len(people))
        for number, person in enumerate(people, start=count):
            for name, value in person.items():
                if value:
                    changed[f"people-{number}-{name}"] = "on" if value is True else str(value)
        self.added = len(people)
        return self.show_changed_cards(changed, "people")

    added = 0

    def save(self, form: Any) -> Any:
        record_attendance(
            self.object,
            by=self.request.user,
            seen=form.cleaned_data["seen"],
            stated_attendance=form.cleaned_data["stated_attendance"],
            reason=form.cleaned_data.get("reason", ""),
            present=[
                card | {"in_place_of": None, "in_place_of_name": card["in_place_of"]}
                for card in self.cards_data["people"]
                if card
            ],
            then=self.proposing.look_at,
        )
        return None

    def context(self) -> dict[str, Any]:
        seats = self.seats()
        return {
            "added": self.added,
            "organisations": sorted({str(seat.organisation) for seat in seats if seat.organisation}),
            "members": sorted({str(seat.person) for seat in seats if seat.person}),
        }


def of_row(row: Attendance) -> dict[str, Any]:
    return {
        "name": row.person.name,
        "presence": row.presence,
        "organisation": row.organisation.name if row.organisation else "",
        "office": row.office,
        "in_place_of": row.in_place_of.name if row.in_place_of else "",
        "is_voting": row.is_voting,
        "took_the_chair": row.took_the_chair,
    }


def of_seat(seat: Seat) -> dict[str, Any]:
    """A card for a seat: a deputy is left out unless they came, a seat to be named unless a name is typed."""
    stands_for = seat.deputises
    is_deputy = seat.part == Seat.Part.DEPUTY
    return {
        "seat": "" if seat.person else ", ".join(filter(None, (str(seat.organisation or ""), seat.office))),
        "name": seat.person.name if seat.person else "",
        "presence": LEFT_OUT if is_deputy else Attendance.Presence.PRESENT,
        "organisation": seat.organisation.name if seat.organisation else "",
        "office": seat.office,
        "in_place_of": stands_for.person.name if stands_for and stands_for.person else "",
        "is_voting": bool(stands_for.is_voting if stands_for else seat.is_voting),
        "took_the_chair": bool(seat.person) and not is_deputy and seat.chairs in IN_THE_CHAIR,
    }


def read_people(text: str, seats: list[Seat]) -> list[dict[str, Any]]:
    """A card for each line: name, organisation, office; what a line leaves out comes from the seat."""
    by_name = {seat.person.name.casefold(): of_seat(seat) for seat in reversed(seats) if seat.person}
    people = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, organisation, office, *_ = [*BETWEEN.split(line, maxsplit=2), "", ""]
        seat = by_name.get(" ".join(name.split()).casefold(), {"is_voting": False})
        said = {"name": name, "organisation": organisation, "office": office}
        given = {key: value for key, value in said.items() if value}
        people.append(seat | given | {"presence": Attendance.Presence.PRESENT.value})
    return people
