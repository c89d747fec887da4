"""An action is given out in the minutes of an item; its owner finds it in my work and has it done."""

from datetime import date

from tests.journeys.committee import CHAIR, MEMBER, OfTheCommittee, attended, todays

WHAT = "Write to the practices about their premises."


class TestAnActionFromMinuteToDone(OfTheCommittee):
    def test_its_owner_finds_it_and_shows_that_it_is_done(self):
        self.given_a_meeting_that_two_attended()
        self.when_the_secretary_minutes_an_item_and_gives_out_an_action()
        self.then_the_page_says(WHAT, MEMBER, "due 30 May 2019")
        self.and_the_page_is_accessible()
        self.when_its_owner_finds_it_in_my_work()
        self.and_says_that_it_is_done("Sent on 20 May.")
        self.then_the_page_says("Done on 20 May 2019", "Sent on 20 May.")
        self.and_the_page_is_accessible()
        self.and_nothing_of_it_is_left_in_my_work()
        self.and_the_secretary_finds_it_among_those_that_are_done()
        self.and_the_console_is_empty()

    def given_a_meeting_that_two_attended(self) -> None:
        attended(todays(), CHAIR, MEMBER)

    def when_the_secretary_minutes_an_item_and_gives_out_an_action(self) -> None:
        self.sign_in("secretary@harrow.example")
        self.open(f"/governance/items/{self.item('Sphere PCN').pk}/minute/")
        self.page.get_by_label("Minutes of the item").fill("Premises were discussed.")
        self.send("Add an action")
        card = self.page.get_by_role("group", name="Action 1")
        card.get_by_label("Commitment").check()
        card.get_by_label("What is to be done").fill(WHAT)
        card.get_by_label("Who does it").fill(MEMBER)
        self.date_in("Due date", date(2019, 5, 30), within=card)
        self.and_the_page_is_accessible()
        self.send("Save")

    def when_its_owner_finds_it_in_my_work(self) -> None:
        self.sign_in("member@harrow.example")
        self.then_the_page_says("1 action of yours is due in 14 days")
        self.and_the_page_is_accessible()
        self.follow(WHAT[:20])

    def and_says_that_it_is_done(self, how: str) -> None:
        self.press(self.page.get_by_role("main").get_by_role("button", name="Record it as done"))
        self.page.get_by_label("What shows that it is done").fill(how)
        self.and_the_page_is_accessible()
        self.send("Record as done")

    def and_nothing_of_it_is_left_in_my_work(self) -> None:
        self.open("/")
        assert "of yours" not in self.page.get_by_role("main").inner_text()

    def and_the_secretary_finds_it_among_those_that_are_done(self) -> None:
        self.sign_in("secretary@harrow.example")
        self.open("/governance/actions/?status=done")
        self.then_the_page_says(WHAT, "Done")
        self.and_the_page_is_accessible()
