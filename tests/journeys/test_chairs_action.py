"""The chair acts between meetings; it heads the next agenda, and the body ratifies it."""

from datetime import date

from governance.models import BetweenMeetings
from tests.journeys.committee import CHAIR, MEMBER, OfTheCommittee, attended, committee, todays

WHAT = "Signed the letter to the regional team."


class TestAChairsAction(OfTheCommittee):
    def test_it_is_recorded_heads_the_agenda_and_is_ratified(self):
        self.given_the_chair_at_the_page_of_the_committee()
        self.when_they_record_what_they_did_between_the_meetings()
        self.then_the_page_says(WHAT, "Waits", "item 1")
        self.and_the_page_is_accessible()
        self.and_the_secretary_is_told_that_it_waits()
        self.when_the_body_ratifies_it()
        self.then_the_page_says("Ratified")
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_the_chair_at_the_page_of_the_committee(self) -> None:
        self.sign_in("chair@harrow.example")
        self.open(committee().get_absolute_url())
        self.and_the_page_is_accessible()

    def when_they_record_what_they_did_between_the_meetings(self) -> None:
        self.follow("Record an action between meetings")
        self.page.get_by_label("Chair’s action").check()
        self.page.get_by_label("What was done").fill(WHAT)
        self.page.get_by_label("Why it could not wait for a meeting").fill("The region asked for it.")
        self.date_in("Date on which it was taken", date(2019, 5, 17))
        self.page.get_by_label("Who took it").fill(CHAIR)
        self.and_the_page_is_accessible()
        self.send("Record the action")
        self.open(f"/governance/between-meetings/{BetweenMeetings.objects.get(text=WHAT).pk}/")

    def and_the_secretary_is_told_that_it_waits(self) -> None:
        attended(todays(), CHAIR, MEMBER)
        self.sign_in("secretary@harrow.example")
        self.then_the_page_says("1 action between meetings to be ratified")
        self.follow("1 action between meetings to be ratified")
        self.and_the_page_is_accessible()
        self.open(f"/governance/between-meetings/{BetweenMeetings.objects.get(text=WHAT).pk}/")

    def when_the_body_ratifies_it(self) -> None:
        self.follow("Record what was resolved")
        self.page.get_by_label("Agreed", exact=True).check()
        self.page.get_by_label("RESOLVED that").fill("the chair’s action is ratified")
        self.page.get_by_label("How you know that the body could decide").fill("The minutes say so.")
        self.page.get_by_label("Where you read it").fill("Draft minutes of 20 May 2019")
        self.and_the_page_is_accessible()
        self.send("Record the resolution")
        self.then_the_page_says("RESOLVED that the chair’s action is ratified")
        self.open(f"/governance/between-meetings/{BetweenMeetings.objects.get(text=WHAT).pk}/")
