"""The secretary prepares a meeting from the rhythm of its body, and publishes what was minuted of it."""

from datetime import date

from governance.models import Meeting
from tests.journeys.committee import OfTheCommittee, committee

JUNE = date(2019, 6, 17)
ITEM = "Budget of primary care"
CAME = "Dr Genevieve Small,,Chair\nDr Amol Kelshiker"


class TestFromRhythmToMinutes(OfTheCommittee):
    def test_the_secretary_plans_prepares_records_and_publishes(self):
        self.given_the_secretary_at_the_page_of_the_committee()
        self.when_they_say_that_it_meets_on_every_third_monday()
        self.and_plan_its_meeting_in_june()
        self.and_publish_an_agenda_with(ITEM)
        self.when_the_day_of_the_meeting_has_come()
        self.and_they_record_who_was_there()
        self.and_minute("The finance director spoke to the paper.")
        self.and_record_that_it_was_resolved("the budget is approved")
        self.and_publish_the_minutes()
        self.then_a_member_reads("RESOLVED that the budget is approved")
        self.and_the_console_is_empty()

    def given_the_secretary_at_the_page_of_the_committee(self) -> None:
        self.sign_in("secretary@harrow.example")
        self.open(committee().get_absolute_url())

    def when_they_say_that_it_meets_on_every_third_monday(self) -> None:
        self.follow("Set how often it meets")
        self.date_in("It meets like this from", date(2019, 5, 1))
        self.page.get_by_label("Every", exact=True).fill("1")
        self.page.get_by_label("months", exact=True).check()
        self.page.get_by_label("In which week of the month").select_option("Third")
        self.page.get_by_label("On which day").select_option("Monday")
        self.page.get_by_label("Start time").fill("14:00")
        self.page.get_by_label("In the words of a document").fill("monthly")
        self.page.get_by_label("Where you read it").fill("Terms of reference")
        self.and_the_page_is_accessible()
        self.send("Save")

    def and_plan_its_meeting_in_june(self) -> None:
        self.open(f"{committee().get_absolute_url()}next/")
        self.then_the_page_says("Planned already", "Monday 20 May 2019")
        self.page.get_by_label("Monday 17 June 2019").check()
        self.and_the_page_is_accessible()
        self.send("Plan these meetings")
        self.then_the_page_says("Monday 17 June 2019")
        self.meeting = Meeting.objects.get(body=committee(), held_on=JUNE)
        assert f"{self.meeting.starts_at:%H:%M}" == "14:00"

    def and_publish_an_agenda_with(self, title: str) -> None:
        self.open(f"{self.meeting.get_absolute_url()}agenda/")
        self.send("Add an item")
        self.page.get_by_label("Item", exact=True).fill(title)
        self.page.get_by_label("What is asked").fill("To approve it.")
        self.send("Add the item")
        self.send("Publish the agenda")
        self.send("Publish the agenda")
        self.then_the_page_says("Published", title)

    def when_the_day_of_the_meeting_has_come(self) -> None:
        self.on(JUNE)
        self.sign_in("secretary@harrow.example")
        self.open(self.meeting.get_absolute_url())

    def and_they_record_who_was_there(self) -> None:
        self.follow("Record who was there")
        self.page.get_by_label("Add several people at once").fill(CAME)
        self.send("Add these people")
        self.then_the_page_says("2 people added at the end of the list")
        closed = self.page.locator("details:not([open]) > summary", has_text="ithout a vote")
        while closed.count():
            closed.first.press("Enter")
        for box in self.page.get_by_label("Has a vote").all():
            box.check()
        self.and_the_page_is_accessible()
        self.send("Save the attendance")
        self.then_the_page_says("Dr Amol Kelshiker")
        self.and_the_page_is_accessible()

    def and_minute(self, text: str) -> None:
        self.follow("Draft minutes")
        self.follow(f"Write the minutes of {ITEM}")
        self.page.get_by_label("Minutes of the item").fill(text)
        self.and_the_page_is_accessible()
        self.send("Save")
        self.then_the_page_says(text)

    def and_record_that_it_was_resolved(self, what: str) -> None:
        self.follow(f"Record what was resolved on {ITEM}")
        self.page.get_by_label("Agreed", exact=True).check()
        self.page.get_by_label("RESOLVED that").fill(what)
        self.page.get_by_label("How you know that the body could decide").fill("The minutes say so.")
        self.page.get_by_label("Where you read it").fill("Draft minutes of 17 June 2019")
        self.page.get_by_role("group", name="Dr Amol Kelshiker").get_by_label("For", exact=True).check()
        self.and_the_page_is_accessible()
        self.send("Record the resolution")

    def and_publish_the_minutes(self) -> None:
        self.press(self.page.get_by_role("button", name="Publish the minutes"))
        self.send("Publish the minutes")
        self.then_the_page_says("Published minutes")
        self.and_the_page_is_accessible()

    def then_a_member_reads(self, words: str) -> None:
        self.sign_in("member@harrow.example")
        self.open("/governance/decisions/")
        self.then_the_page_says("the budget is approved")
        self.and_the_page_is_accessible()
        self.open(f"{self.meeting.get_absolute_url()}minutes/")
        self.then_the_page_says("The finance director spoke to the paper.", words, "Dr Amol Kelshiker")
