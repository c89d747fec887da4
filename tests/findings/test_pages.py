"""The pages of findings: who reads which, filters, the file, one finding, and answers that are sent."""

from datetime import date

import pytest
from django.urls import reverse

from pcnportal.findings.models import Finding
from pcnportal.findings.work import counts_by_rule, work_of
from pcnportal.findings_list import RULES
from tests import factories as make
from tests.findings.making import commissioner, finding, succeeds
from tests.reading import buttons, rows, signed_in
from tests.registry.pages.reading import words

pytestmark = pytest.mark.django_db
LIST = "/findings/"


@pytest.fixture
def east(harrow):
    return make.PCNFactory.create()


@pytest.fixture
def found(harrow, east):
    return finding(east, harrow.ccg)


def client(harrow, name="officer"):
    return signed_in(harrow.user(name))


def listed(harrow, name="officer", **query):
    """The subjects that the filters leave."""
    return [row["subject"] for row in rows(client(harrow, name).get(LIST, query | {"_export": "csv"}))]


class TestList:
    def test_the_file_begins_with_the_columns_that_stay(self, harrow, found):
        (row,) = rows(client(harrow).get(LIST, {"_export": "csv"}))
        assert list(row)[:6] == ["rule", "subject", "stated", "found", "difference", "status"]
        assert list(row.values())[:6] == [
            "PCN outside the usual size",
            "Harrow East PCN",
            "30,000 to 50,000 patients",
            "28,619 patients",
            "1,381 below 30,000",
            "Open",
        ]

    def test_the_newest_comes_first_and_of_one_day_the_largest(self, harrow, east):
        for number, (seen, patients) in enumerate(
            [(date(2019, 5, 1), 99), (date(2019, 6, 1), 1), (date(2019, 6, 1), 50), (date(2019, 6, 1), None)]
        ):
            finding(east, harrow.ccg, about=f"{number}", first_seen=seen, patients=patients)
        assert listed(harrow) == ["2", "1", "3", "0"]

    def test_what_is_corrected_is_shown_only_where_it_is_asked_for(self, harrow, east, found):
        finding(east, harrow.ccg, about="Gone", gone_on=date(2020, 1, 1))
        assert listed(harrow) == ["Harrow East PCN"]
        assert listed(harrow, status="corrected") == ["Gone"]
        assert sorted(listed(harrow, status="all")) == ["Gone", "Harrow East PCN"]
        assert listed(harrow, status="accepted") == []

    def test_filters_by_rule_subject_and_status(self, harrow, east, found):
        finding(east, harrow.ccg, rule="in-no-pcn", about="Honeypot Medical Centre")
        assert listed(harrow, rule="in-no-pcn") == ["Honeypot Medical Centre"]
        assert listed(harrow, subject="honeyp") == ["Honeypot Medical Centre"]
        assert len(listed(harrow, status="open")) == 2
        page = words(client(harrow).get(LIST, {"rule": "in-no-pcn"}))
        assert "Open practice in no PCN" in page

    def test_what_ods_says_beside_the_register_is_one_set(self, harrow, east, found):
        finding(east, harrow.ccg, rule="ods-other-pcn", about="GP Direct")
        finding(east, harrow.ccg, rule="pcn-not-in-ods", about="GP Direct PCN", first_seen=date(2019, 1, 1))
        assert listed(harrow, group="ods") == ["GP Direct", "GP Direct PCN"]

    def test_who_takes_over_from_a_commissioner_reads_and_answers_its_findings(self, harrow, found):
        merged = commissioner("W2U3Z", "NHS North West London CCG")
        heir = make.UserFactory.create(email="officer@nwl.example")
        make.RoleFactory.create(user=heir, organisation=merged, role="officer")
        assert rows(signed_in(heir).get(LIST, {"_export": "csv"})) == []
        succeeds(harrow.ccg, merged, make.FORMS_DUE)
        heir = type(heir).objects.get(pk=heir.pk)
        assert [row["subject"] for row in rows(signed_in(heir).get(LIST, {"_export": "csv"}))] == [
            "Harrow East PCN"
        ]
        sent = {"seen": found.version, "reason": "As the CCG decided."}
        signed_in(heir).post(f"{found.get_absolute_url()}accept/", sent)
        found.refresh_from_db()
        assert found.status == "Accepted"

    def test_another_commissioners_findings_are_not_there_and_nobodys_own_are(self, harrow, east, found):
        finding(east, None, about="National")
        assert sorted(listed(harrow)) == ["Harrow East PCN", "National"]
        assert listed(harrow, "officer@havering.example") == ["National"]

    def test_an_administrator_reads_the_findings_of_their_organisation(self, harrow, found):
        assert listed(harrow, "admin") == ["Harrow East PCN"]

    def test_who_may_see_no_money_and_no_case_reads_no_finding_about_them(self, harrow, east, found):
        money = finding(east, harrow.ccg, rule="published-total-against-its-rows", about="A total of money")
        case = finding(east, None, rule="commitment-passed", about="A promise")
        body = finding(east, harrow.ccg, rule="documents-differ-on-a-body", about="A committee")
        assert len(listed(harrow)) == 4
        assert listed(harrow, "admin") == ["Harrow East PCN"]
        for hidden in (money, case, body):
            assert client(harrow, "admin").get(hidden.get_absolute_url()).status_code == 404
            assert client(harrow).get(hidden.get_absolute_url()).status_code == 200
        for address in (LIST, "/findings/rules/"):
            page = words(client(harrow, "admin").get(address))
            assert "A published total that its rows do not add up to" not in page
        work = work_of(harrow.user("admin"), date(2019, 12, 31))
        assert [task.text for task in work.reading] == ["1 finding: what the portal doubts"]
        assert counts_by_rule(harrow.user("admin"), [money.rule, found.rule]) == {
            money.rule: 0,
            found.rule: 1,
        }

    def test_when_nothing_is_doubted_the_page_says_so(self, harrow):
        assert "The portal doubts nothing." in words(client(harrow).get(LIST))

    def test_reading_writes_nothing(self, harrow, found):
        for name in ("findings", "finding_rules"):
            client(harrow).get(reverse(name))
        found.refresh_from_db()
        assert (found.version, Finding.objects.count()) == (0, 1)


class TestRules:
    def test_every_rule_is_there_with_its_question_and_source(self, harrow, found):
        page = words(client(harrow, "manager").get("/findings/rules/"))
        for rule in RULES:
            assert rule.title in page
            assert rule.question in page

    def test_a_rule_whose_findings_somebody_may_not_read_is_not_told_them(self, harrow, found):
        page, user = words(client(harrow).get("/findings/rules/")), harrow.user("officer")
        for rule in RULES:
            assert (rule.title in page) == (not rule.see or user.can(rule.see))

    def test_rules_say_what_they_ask_once_and_in_a_sentence(self):
        assert len({rule.slug for rule in RULES}) == len(RULES)
        assert all(rule.question.endswith("?") or "?" in rule.question for rule in RULES)
        assert all(rule.source and rule.to_do.endswith(".") for rule in RULES)

    def test_the_tolerance_is_said_with_the_rule(self, harrow):
        page = words(client(harrow).get("/findings/rules/"))
        assert "Allowed are 2 % on the same day" in page


class TestOne:
    def test_it_says_what_was_stated_by_whom_what_was_found_and_what_to_do(self, harrow, found):
        Finding.objects.update(stated_by="The national checklist", meaning="Too small.")
        page = words(client(harrow).get(found.get_absolute_url()))
        for part in (
            "30,000 to 50,000 patients The national checklist",
            "28,619 patients",
            "1,381 below 30,000",
            "Too small.",
            "since 31 December 2019",
            "Accept it with the decision that allowed the size",
        ):
            assert part in page

    def test_it_leads_to_the_record(self, harrow, found):
        assert "/pcns/harrow-east-pcn/" in client(harrow).get(found.get_absolute_url()).content.decode()

    def test_the_pcns_page_tells_of_it(self, harrow, found):
        page = words(client(harrow).get("/pcns/harrow-east-pcn/"))
        assert "What the portal doubts" in page
        assert "1,381 below 30,000" in page

    def test_the_pcns_page_says_nothing_of_what_is_corrected_or_anothers(self, harrow, found):
        havering = client(harrow, "officer@havering.example")
        assert "What the portal doubts" not in words(havering.get("/pcns/harrow-east-pcn/"))
        Finding.objects.update(gone_on=date(2020, 1, 1))
        assert "What the portal doubts" not in words(client(harrow).get("/pcns/harrow-east-pcn/"))

    def test_another_commissioners_finding_is_not_there(self, harrow, found):
        havering = client(harrow, "officer@havering.example")
        for path in ("", "accept/", "wait/", "reopen/"):
            assert havering.get(f"{found.get_absolute_url()}{path}").status_code == 404

    def test_an_officer_is_offered_answers_and_a_reader_none(self, harrow, found):
        address = found.get_absolute_url()
        assert buttons(client(harrow).get(address)) == ["Accept it with a reason", "Say what it waits for"]
        assert buttons(client(harrow, "auditor").get(address)) == []

    def test_a_rule_that_is_no_longer_there_leaves_its_finding_readable(self, harrow, east):
        old = finding(east, harrow.ccg, rule="an-old-rule")
        assert "An old rule" in words(client(harrow).get(old.get_absolute_url()))


class TestAnswering:
    def post(self, harrow, found, path, **body):
        return client(harrow).post(
            f"{found.get_absolute_url()}{path}/", {"seen": found.version} | body, follow=True
        )

    def test_a_finding_is_accepted_with_a_reason_that_its_page_keeps(self, harrow, found):
        page = words(self.post(harrow, found, "accept", reason="The committee allowed it on 20 May."))
        assert "The finding is accepted." in page
        assert "The committee allowed it on 20 May." in page
        assert "Accepted the finding – Harrow primary care officer" in page

    def test_without_a_reason_it_stays_open_and_the_page_says_what_to_do(self, harrow, found):
        response = self.post(harrow, found, "accept", reason="")
        assert "Fill in: Reason" in words(response)
        found.refresh_from_db()
        assert found.status == "Open"

    def test_what_was_typed_is_kept_when_somebody_was_first(self, harrow, found):
        Finding.objects.update(version=7)
        response = self.post(harrow, found, "accept", reason="The committee allowed it.")
        assert response.status_code == 409
        assert "The committee allowed it." in words(response)

    def test_waiting_names_who_has_to_answer(self, harrow, found):
        page = words(self.post(harrow, found, "wait", waiting_for="ODS", reason="Asked on Monday"))
        assert "Waiting for ODS" in page
        assert buttons(client(harrow).get(found.get_absolute_url()))[-1] == "Open it again"

    def test_waiting_for_nobody_keeps_the_reason(self, harrow, found):
        page = self.post(harrow, found, "wait", waiting_for="", reason="Asked on Monday")
        assert "Fill in: Waiting for" in words(page)
        assert "Asked on Monday" in page.content.decode()

    def test_a_long_name_to_wait_for_is_refused_with_its_length(self, harrow, found):
        page = words(self.post(harrow, found, "wait", waiting_for="x" * 201))
        assert "Use 200 characters or fewer: there are 201" in page

    def test_opening_again(self, harrow, found):
        self.post(harrow, found, "accept", reason="Fine.")
        found.refresh_from_db()
        assert "The finding is open again." in words(self.post(harrow, found, "reopen"))

    def test_history_shows_the_answer_with_the_finding(self, harrow, found):
        self.post(harrow, found, "accept", reason="The committee allowed it.")
        page = words(client(harrow).get("/history/"))
        assert "Accepted the finding" in page
        assert "Harrow East PCN" in page
