"""How often a body meets, and in which order its partners chair."""

from typing import Any

from governance.forms.boards import SourceFields
from governance.forms.rhythms import PartnerCard, RhythmForm, TurnsForm
from governance.models import Body
from governance.planning import rhythms_from
from governance.views.body_verbs import OfBody
from governance.workflow.rhythms import does_not_rotate, set_rhythm, set_turns
from governance.workflow.taking_back import CALLED, rests_on, said_of, take_back, to_come
from pcnportal import clock
from pcnportal.pages.cards import cards
from pcnportal.pages.forms import ReasonForm
from pcnportal.people.models import in_force
from pcnportal.refusals import Refused


def facts_of(form: Any) -> dict[str, Any]:
    """What was typed, without where it was read."""
    return {name: value for name, value in form.cleaned_data.items() if name not in SourceFields.base_fields}


class SetRhythm(OfBody):
    form_class = RhythmForm
    title = "How often it meets"
    button = "Save"
    done = "How often {object} meets is saved."
    intro = (
        "Its next dates follow from this. A date on a bank holiday is moved to the nearest working day of "
        "the same period. Meetings that are planned stay as they are."
    )

    def initial(self) -> dict[str, Any]:
        names = ("every", "unit", "weekday", "week", "first_on", "starts_at", "ends_at", "place")
        held = rhythms_from(self.object, clock.today())
        return {name: getattr(held[-1], name) for name in names} if held else {}

    def save(self, form: Any) -> Any:
        set_rhythm(self.object, by=self.request.user, source=form.source(), **facts_of(form))


class SetTurns(OfBody):
    form_class = TurnsForm
    title = "The order in which partners chair"
    button = "Save"
    done = "The order in which partners chair {object} is saved."
    intro = "The first takes the chair after whoever chaired last, as far as that one is in the order."
    cards = {"partners": cards(PartnerCard, title="Partner", add="Add another partner", most=30)}

    def guard(self) -> None:
        if self.object.chair_rule != Body.ChairRule.ROTATING:
            raise Refused(does_not_rotate(self.object))

    def cards_initial(self, _prefix: str) -> list[dict[str, Any]]:
        order = self.object.turns.filter(in_force(clock.today())).order_by("position")
        return [{"partner": turn.organisation_id} for turn in order] or [{}, {}]

    def save(self, form: Any) -> Any:
        partners = [card["partner"] for card in self.cards_data["partners"] if card]
        set_turns(
            self.object, by=self.request.user, partners=partners, source=form.source(), **facts_of(form)
        )


class TakeBack(OfBody):
    """Take back what begins today or later: `kind` as in `CALLED`."""

    kind = "rhythms"
    form_class = ReasonForm
    button = "Take it back"

    def get_title(self) -> str:
        return f"Take back the {CALLED[self.kind]}"

    def guard(self) -> None:
        rows = to_come(self.object, self.kind)
        if not rows:
            raise Refused(f"No {CALLED[self.kind]} that begins today or later is held.")
        if why := rests_on(self.object, self.kind, rows[0].starts_on):
            raise Refused(why)
        self.intro = (
            f"It says: {said_of(rows)}. It is taken off, the one before it goes on, and the history keeps "
            "what it said."
        )

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        self.done = f"The {CALLED[self.kind]} is taken back."
        take_back(self.object, self.kind, by=self.request.user, seen=typed["seen"], reason=typed["reason"])
