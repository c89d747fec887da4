"""The register of any day: a change is recorded with its day, seen as at the days around it, and compared."""

from datetime import date

from playwright.sync_api import expect

from pcnportal.models import PlayedDay
from tests.journeys.base import Journey

DR_JOSEPH, MARSHALL = "/practices/F82639/", "/pcns/havering-marshall-pcn/"


class TestAListIsTakenOn(Journey):
    def test_it_is_recorded_seen_on_the_days_around_it_and_compared(self):
        self.given_the_officer_of_havering_on(date(2019, 12, 31))
        self.when_they_look_for_dr_joseph_among_haverings_practices()
        self.then_the_page_says("Its list was taken on by North Street Medical Centre; the day is not held.")
        self.and_the_page_is_accessible()
        self.when_they_record_that_the_list_was_taken_on("1", "11", "2019")
        self.then_the_page_says("Closed as at 31 December 2019")
        self.and_the_page_says("Its list was taken on by North Street Medical Centre on 1 November 2019.")
        self.and_the_page_is_accessible()
        self.when_they_ask_for_the_day("2019-10-31")
        self.then_the_page_says("Dormant as at 31 October 2019")
        self.and_the_page_says("Marshall Primary Care Network, start not held until 1 November 2019")
        self.and_the_page_is_accessible()
        self.when_they_follow("1 November 2019")
        self.then_the_page_says("In no PCN on 1 November 2019.")
        self.when_they_compare_with("2019-10-31", "08F")
        self.then_the_page_says("31 October 2019 and 1 November 2019")
        self.and_the_page_says("Left a PCN (1)")
        self.and_the_page_says("Its list was taken on by North Street Medical Centre")
        self.and_the_page_is_accessible()
        self.when_they_swap_the_two_days()
        self.then_the_page_says("“From” is after “To”: swap the two days")
        self.and_the_page_is_accessible()
        self.when_they_follow("Compare them in the other order")
        self.then_the_page_says("Left a PCN (1)")
        self.and_the_console_is_empty()

    def given_the_officer_of_havering_on(self, day: date) -> None:
        PlayedDay.objects.update(day=day)
        self.sign_in("officer@havering.example")

    def when_they_look_for_dr_joseph_among_haverings_practices(self) -> None:
        self.open("/practices/")
        self.page.get_by_label("Commissioner").fill("Havering")
        self.press(self.page.get_by_role("button", name="Filter"))
        expect(self.page.get_by_role("main")).to_contain_text("43 practices")
        self.page.get_by_role("link", name="Dr Joseph Surgery").click()
        expect(self.page).to_have_url(self.address + DR_JOSEPH)

    def then_the_page_says(self, sentence: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(sentence)

    and_the_page_says = then_the_page_says

    def when_they_record_that_the_list_was_taken_on(self, day: str, month: str, year: str) -> None:
        self.page.get_by_text("Record a change").click()
        self.page.get_by_role("link", name="Its list was taken on by another practice").click()
        self.page.get_by_label("Which practice takes the list on").fill("North Street")
        on = self.page.get_by_role("group", name="From which day")
        for part, value in (("Day", day), ("Month", month), ("Year", year)):
            on.get_by_label(part, exact=True).fill(value)
        self.page.get_by_label("Another source, which I name").check()
        self.page.get_by_label("Title").fill("Letter of North Street Medical Centre")
        self.page.get_by_label("What happened, and why").fill("Dr Joseph retired.")
        self.and_the_page_is_accessible()
        self.press(self.page.get_by_role("button", name="Record it"))
        expect(self.page).to_have_url(self.address + DR_JOSEPH)

    def when_they_ask_for_the_day(self, day: str) -> None:
        self.page.get_by_role("textbox", name="As at").fill(day)
        self.press(self.page.get_by_role("button", name="Show that day"))

    def when_they_follow(self, link: str) -> None:
        self.press(self.page.get_by_role("main").get_by_role("link", name=link, exact=True).first)

    def when_they_compare_with(self, day: str, commissioner: str) -> None:
        self.when_they_follow("Compare with another day")
        self.page.get_by_label("From", exact=True).fill(day)
        self.page.get_by_label("Commissioner").fill(commissioner)
        self.press(self.page.get_by_role("button", name="Compare"))

    def when_they_swap_the_two_days(self) -> None:
        self.page.get_by_label("From", exact=True).fill("2019-11-01")
        self.page.get_by_label("To", exact=True).fill("2019-10-31")
        self.press(self.page.get_by_role("button", name="Compare"))


class TestSixNetworksOfTheFirstDay(Journey):
    def test_the_register_of_the_first_day_is_still_there(self):
        PlayedDay.objects.update(day=date(2020, 1, 31))
        self.sign_in("officer@harrow.example")
        self.open("/pcns/?as_at=2019-05-19&commissioner=08E")
        expect(self.page.get_by_role("main")).to_contain_text("As at 19 May 2019")
        expect(self.page.get_by_role("main")).to_contain_text("6 PCNs")
        self.and_the_page_is_accessible()
        self.open("/pcns/?as_at=2019-05-01&commissioner=08E")
        expect(self.page.get_by_role("main")).to_contain_text("Nothing matches these filters")
        self.and_the_page_is_accessible()
        self.open(f"{MARSHALL}?as_at=2019-07-23")
        expect(self.page.get_by_role("main")).to_contain_text(
            "Nothing is held of this PCN as at 23 July 2019"
        )
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()
