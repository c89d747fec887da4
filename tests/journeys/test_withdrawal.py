"""A member declares an interest, leaves for the item, and the item that is no longer quorate stands over."""

from typing import Any

from governance.workflow.quorum import set_quorum
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation
from registry.models import SubmittedMember
from tests.journeys.committee import CHAIR, MEMBER, OfTheCommittee, attended, committee, todays
from tests.journeys.told import case_of, user

PCN = "Harrow Collaborative PCN"
ABSENT = "Dr Genevieve Small"


class TestAWithdrawalBreaksTheQuorum(OfTheCommittee):
    def test_the_item_can_not_be_decided_and_stands_over(self):
        self.given_a_committee_that_needs_two_and_has_two()
        self.when_a_member_declares_that_they_are_a_partner_of_a_practice_of_it()
        self.then_the_member_reads_it_on_the_ten_minute_page()
        self.when_the_secretary_confirms_the_conflict()
        self.and_the_chair_records_that_they_leave()
        self.then_the_item_is_not_quorate_and_the_page_says_who_could_restore_it()
        self.and_it_can_not_be_decided()
        self.when_the_secretary_lets_it_stand_over("The quorum was lost.")
        self.then_the_page_says("Stands over to the next meeting that is planned. The quorum was lost.")
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_a_committee_that_needs_two_and_has_two(self) -> None:
        body, source = committee(), Source.objects.get(slug="harrow-board-report-2019-06")
        facts: dict[str, Any] = {"voting_members": 2, "starts_on": None, "source": source}
        set_quorum(body, by=user("secretary"), seen=body.version, **facts)
        attended(todays(), CHAIR, MEMBER, apologies=(ABSENT,))
        self.about = self.item(PCN)

    def when_a_member_declares_that_they_are_a_partner_of_a_practice_of_it(self) -> None:
        members = SubmittedMember.objects.filter(submission__case=case_of("harrow-collaborative-pcn"))
        self.practice = Organisation.objects.get(pk__in=members.order_by("pk").values("practice")[:1])
        self.sign_in("member@harrow.example")
        self.open("/governance/interests/declare/")
        self.page.get_by_label("Financial", exact=True).check()
        self.page.get_by_label("Organisation", exact=True).fill(str(self.practice.code))
        self.page.get_by_label("Partner or owner").check()
        self.page.get_by_label("What the interest is").fill("A partner since 2004.")
        self.and_the_page_is_accessible()
        self.send("Declare the interest")

    def then_the_member_reads_it_on_the_ten_minute_page(self) -> None:
        self.open(f"{todays().get_absolute_url()}brief/")
        self.then_the_page_says("You have an interest in item", "Proposed", self.practice.name)
        self.and_the_page_is_accessible()

    def when_the_secretary_confirms_the_conflict(self) -> None:
        self.sign_in("secretary@harrow.example")
        self.open(f"/governance/items/{self.about.pk}/conflicts/")
        self.then_the_page_says("Quorate. 2 voting present", MEMBER)
        self.and_the_page_is_accessible()
        self.of_the_member("Confirm it or set it aside")
        self.page.get_by_label("Yes, confirm it").check()
        self.send("Save")

    def of_the_member(self, what: str) -> None:
        cards = self.page.locator(".portal-card").filter(has_text=self.practice.name)
        self.follow(what, within=cards.filter(has_text=MEMBER))

    def and_the_chair_records_that_they_leave(self) -> None:
        self.sign_in("chair@harrow.example")
        self.open(f"/governance/items/{self.about.pk}/conflicts/")
        self.of_the_member("Record what was done")
        self.page.get_by_label("Leaves for the item").check()
        self.and_the_page_is_accessible()
        self.send("Save what was done")

    def then_the_item_is_not_quorate_and_the_page_says_who_could_restore_it(self) -> None:
        self.then_the_page_says("Not quorate: 1 more voting. 1 voting present after 1 withdrew")
        self.and_the_page_says(f"It could be restored by {ABSENT} (sent apologies)")
        self.and_the_page_is_accessible()

    def and_it_can_not_be_decided(self) -> None:
        self.sign_in("secretary@harrow.example")
        self.open(f"{case_of('harrow-collaborative-pcn').get_absolute_url()}decide/")
        self.page.get_by_label("Approved", exact=True).check()
        self.send("Continue")
        self.then_the_page_says("Not quorate: 1 more voting.")

    def when_the_secretary_lets_it_stand_over(self, because: str) -> None:
        self.open(todays().get_absolute_url())
        self.follow("It stands over", within=self.page.locator(f"#item-{self.about.pk}"))
        self.page.get_by_label("Why it stands over").fill(because)
        self.and_the_page_is_accessible()
        self.send("Let it stand over")
