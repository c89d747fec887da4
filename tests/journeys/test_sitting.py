"""A withdrawal breaks the quorum of an item, which stands over; a chair's action is ratified by the body."""

import re

from playwright.sync_api import expect

from governance.models import Meeting
from tests.journeys.base import Journey

CAME = """Dr Genevieve Small, NHS Harrow CCG, Chair
Sanjay Dighe, NHS Harrow CCG, Lay member
Dr Amol Kelshiker, NHS Harrow CCG, GP"""


class TestSitting(Journey):
    def test_a_withdrawal_breaks_the_quorum_and_the_item_stands_over(self):
        self.given_the_secretary_at_the_committee_of_today()
        self.when_they_set_its_quorum(2, "1 Lay member")
        self.and_record_who_was_there(CAME)
        self.then_the_page_says("Quorum of each item: Quorate. 3 voting present")
        self.when_somebody_withdraws_from_the_first_item("Sanjay Dighe, Lay member", "He is a trustee.")
        self.then_the_page_says("It is not quorate now, so it can’t be decided.")
        self.and_the_page_says("Not quorate: 1 more: Lay member.")
        self.and_the_page_is_accessible()
        self.when_it_stands_over()
        self.then_the_page_says("Stands over to the next meeting that is planned.")
        self.and_its_registration_waits()
        self.and_the_console_is_empty()

    def test_a_chairs_action_is_ratified(self):
        self.given_the_chair_at_the_page_of_the_committee()
        self.when_they_record_an_action("The letter of support was signed.", "It was due this morning.")
        self.then_it_reads("To be ratified")
        self.and_the_page_is_accessible()
        self.when_the_secretary_records_that_the_body_agreed()
        self.then_it_reads("Ratified")
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_the_secretary_at_the_committee_of_today(self) -> None:
        self.sign_in("secretary@harrow.example")
        self.find_the_meeting()

    def find_the_meeting(self) -> None:
        meetings = Meeting.objects.filter(body__name__contains="Primary Care Commissioning Committee")
        self.meeting = meetings.select_related("body").earliest("held_on")
        self.path = f"/governance/meetings/{self.meeting.pk}/"
        self.body = f"/governance/bodies/{self.meeting.body.slug}/"

    def when_they_set_its_quorum(self, members: int, offices: str) -> None:
        self.open(self.body)
        self.page.get_by_role("link", name="Set the quorum rule").click()
        self.page.get_by_label("Voting members at least").fill(str(members))
        self.page.get_by_label("Offices that have to be there").fill(offices)
        self.page.get_by_label("Where you read it").fill("Terms of reference")
        self.and_the_page_is_accessible()
        self.press(self.page.get_by_role("button", name="Set the rule"))

    def and_record_who_was_there(self, people: str) -> None:
        self.open(self.path)
        self.page.get_by_role("link", name="Record who was there").click()
        for number in range(self.page.get_by_label("Was there").count()):
            self.page.get_by_label("Was there").nth(number).select_option("Leave out")
        self.page.get_by_label("Add several people at once").fill(people)
        self.press(self.page.get_by_role("button", name="Add these people"))
        expect(self.page.get_by_text("3 people added at the end of the list")).to_be_visible()
        closed = self.page.locator("details:not([open]) > summary", has_text="without a vote")
        while closed.count():
            closed.first.press("Enter")
        for box in self.page.get_by_label("Has a vote").all():
            box.check()
        self.and_the_page_is_accessible()
        self.press(self.page.locator("main").get_by_role("button", name="Save the attendance"))

    def when_somebody_withdraws_from_the_first_item(self, who: str, why: str) -> None:
        self.page.get_by_role("link", name="Somebody withdrew").first.click()
        self.page.get_by_label(who).check()
        self.page.get_by_label("Why", exact=True).fill(why)
        self.press(self.page.get_by_role("button", name="Record the withdrawal"))

    def when_it_stands_over(self) -> None:
        self.page.get_by_role("link", name="It stands over").first.click()
        expect(self.page.get_by_label("Why it stands over")).to_have_value(
            re.compile("^Not quorate: 1 more: Lay member.")
        )
        self.press(self.page.get_by_role("button", name="Let it stand over"))

    def and_its_registration_waits(self) -> None:
        self.page.locator("section.portal-card h3 a").first.click()
        expect(self.page.get_by_role("main")).to_contain_text("It stands over, and comes on the agenda of")

    def given_the_chair_at_the_page_of_the_committee(self) -> None:
        self.find_the_meeting()
        self.sign_in("chair@harrow.example")
        self.open(self.body)

    def when_they_record_an_action(self, what: str, why: str) -> None:
        self.page.get_by_role("link", name="Record an action between meetings").click()
        self.page.get_by_label("Chair’s action").check()
        self.page.get_by_label("What was done").fill(what)
        self.page.get_by_label("Why it could not wait for a meeting").fill(why)
        taken = self.page.get_by_role("group", name="Date on which it was taken")
        for label, value in (("Day", "20"), ("Month", "May"), ("Year", "2019")):
            taken.get_by_label(label).fill(value)
        self.page.get_by_label("Or a new name").fill("Dr Genevieve Small")
        self.and_the_page_is_accessible()
        self.press(self.page.get_by_role("button", name="Record the action"))
        self.action = self.page.url.removeprefix(self.address)

    def when_the_secretary_records_that_the_body_agreed(self) -> None:
        self.sign_in("secretary@harrow.example")
        self.open(self.action)
        self.page.get_by_role("link", name="Record what was resolved").click()
        self.page.get_by_label("Agreed", exact=True).check()
        self.page.get_by_label("RESOLVED that").fill("the chair’s action be ratified")
        self.page.get_by_label("How you know that the body could decide").fill("The chair counted.")
        self.and_the_page_is_accessible()
        self.press(self.page.get_by_role("button", name="Record the resolution"))
        self.open(self.action)

    def then_it_reads(self, status: str) -> None:
        expect(self.page.locator("main .nhsuk-tag").first).to_have_text(status)

    def then_the_page_says(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    and_the_page_says = then_the_page_says
