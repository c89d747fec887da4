"""What was recorded by mistake is put right for a reason: posts, payees, and closings; all stays readable."""

from datetime import date
from decimal import Decimal

import pytest

from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.people.models import Organisation, Succession
from pcnportal.refusals import NotAllowed, Refused
from registry.models import ClinicalDirector, Membership, NominatedPayee, PCNPeriod
from registry.workflow import register as verbs
from tests import factories as make
from tests.reading import signed_in
from tests.registry.pages.reading import words

from .conftest import JULY, OCTOBER

pytestmark = pytest.mark.django_db
DECEMBER = date(2019, 12, 1)


@pytest.fixture(autouse=True)
def _december():
    with clock.at(DECEMBER):
        yield


@pytest.fixture
def director(east):
    return ClinicalDirector.objects.get()


@pytest.fixture
def payee(east):
    return NominatedPayee.objects.get()


def said(director, **changes):
    held = {"name": director.person.name, "practice": director.practice, "share": director.share}
    return held | {"starts_on": director.starts_on, "ends_on": director.ends_on} | changes


class TestDirector:
    def test_a_wrong_one_gets_a_successor_and_stays_readable(self, harrow, director, why):
        made = verbs.correct_director(director, **said(director, name="Dr  Other", share=Decimal(50)), **why)
        assert (made.supersedes, str(made), made.share) == (director, "Dr Other", Decimal(50))
        assert list(ClinicalDirector.objects.on(DECEMBER)) == [made]
        assert director.person.name == "Dr Meena Thakur"
        event = events_of(director.pcn).get(verb="correct_director")
        assert (event.reason, event.by) == (why["reason"], why["by"])
        assert "Other" not in str(event.changes)

    def test_what_does_not_fit_is_refused(self, harrow, director, sphere, why):
        other = make.PracticeFactory.create(code="E84998", name="Elsewhere Surgery")
        person = make.PersonFactory.create(name="Dr Second")
        ClinicalDirector.objects.create(pcn=director.pcn, person=person, share=60, starts_on=OCTOBER)
        for changes, field, sentence in (
            ({}, "", "Nothing is different"),
            ({"name": " "}, "name", "Enter the name"),
            ({"ends_on": JULY}, "ends_on", "end after it starts"),
            ({"practice": other}, "practice", "is not a member"),
            ({"name": "dr second"}, "starts_on", "already"),
            ({"share": Decimal(50)}, "share", "more than 100"),
        ):
            with pytest.raises(Refused, match=sentence) as refusal:
                verbs.correct_director(director, **said(director, **changes), **why)
            assert refusal.value.field == field
        assert ClinicalDirector.objects.count() == 2

    def test_one_that_never_was_is_withdrawn_once_for_a_reason(self, harrow, director, why):
        for reason, sentence in (("", "Say why"), ("Another doctor of that name.", "")):
            if sentence:
                with pytest.raises(Refused, match=sentence):
                    verbs.withdraw_post(director, by=why["by"], reason=reason)
            else:
                verbs.withdraw_post(director, by=why["by"], reason=reason)
        assert not ClinicalDirector.objects.on(DECEMBER).exists()
        assert ClinicalDirector.objects.get().is_withdrawn
        assert events_of(director.pcn).get(verb="withdraw_director").reason == "Another doctor of that name."
        for again in (
            lambda: verbs.withdraw_post(director, by=why["by"], reason="Again."),
            lambda: verbs.correct_director(director, **said(director, name="Dr Other"), **why),
        ):
            with pytest.raises(Refused, match="already"):
                again()

    def test_who_may_not_change_the_register_may_not_correct_it(self, harrow, director, payee, why):
        for name in ("member", "officer@havering.example"):
            by = harrow.user(name)
            with pytest.raises(NotAllowed):
                verbs.correct_director(director, **said(director, name="Dr Other"), **(why | {"by": by}))
            with pytest.raises(NotAllowed):
                verbs.withdraw_post(payee, by=by, reason="No.")

    def test_the_pages_correct_and_withdraw(self, harrow, director):
        client = signed_in(harrow.user("officer"))
        path = f"/pcns/harrow-east-pcn/directors/{director.pk}/"
        assert f'href="{path}correct/"' in client.get("/pcns/harrow-east-pcn/").content.decode()
        page = client.get(f"{path}correct/")
        assert "Dr Meena Thakur" in page.content.decode()
        assert f'href="{path}withdraw/"' in page.content.decode()
        sent = {"name": "Dr Other", "reason": "A slip.", "held_source": "named", "source_title": "Letter"}
        assert client.post(f"{path}correct/", sent | {"name": ""}).status_code == 200
        done = client.post(f"{path}correct/", sent, follow=True)
        assert "Dr Other" in words(done)
        made = ClinicalDirector.objects.standing().get()
        path = f"/pcns/harrow-east-pcn/directors/{made.pk}/withdraw/"
        assert "Say why it is wrong" in words(client.post(path, {"reason": ""}))
        client.post(path, {"reason": "Nobody was."})
        assert not ClinicalDirector.objects.standing().exists()


class TestPayee:
    def test_a_wrong_one_gets_a_successor(self, harrow, payee, why):
        other = harrow.practice("E84014").organisation
        made = verbs.correct_payee(payee, payee=other, starts_on=JULY, ends_on=None, **why)
        assert list(NominatedPayee.objects.on(DECEMBER)) == [made]
        assert (made.organisation, made.supersedes) == (other, payee)
        with pytest.raises(Refused, match="corrected or withdrawn already"):
            verbs.correct_payee(payee, payee=other, starts_on=OCTOBER, ends_on=None, **why)

    def test_two_at_once_are_refused(self, harrow, payee, why):
        other = harrow.practice("E84014").organisation
        now = verbs.change_payee(payee.pcn, payee=other, on=OCTOBER, **why)
        first = NominatedPayee.objects.standing().exclude(pk=now.pk).get()
        with pytest.raises(Refused, match="would overlap"):
            verbs.correct_payee(first, payee=first.organisation, starts_on=JULY, ends_on=DECEMBER, **why)

    def test_the_pages_correct_and_withdraw(self, harrow, payee):
        client = signed_in(harrow.user("officer"))
        path = f"/pcns/harrow-east-pcn/payees/{payee.pk}/"
        assert f'href="{path}correct/"' in client.get("/pcns/harrow-east-pcn/").content.decode()
        sent = {"payee": "E84014", "reason": "A slip.", "held_source": "named", "source_title": "Letter"}
        client.post(f"{path}correct/", sent)
        made = NominatedPayee.objects.standing().get()
        assert made.organisation.code == "E84014"
        client.post(f"/pcns/harrow-east-pcn/payees/{made.pk}/withdraw/", {"reason": "Nobody was."})
        assert not NominatedPayee.objects.standing().exists()


def standing(model, **of):
    return sorted((str(row), row.starts_on, row.ends_on) for row in model.objects.standing().filter(**of))


class TestClosing:
    def test_a_practice_that_did_not_close_is_a_member_as_before(self, harrow, east, why):
        practice = harrow.practice("E84075")
        before = standing(Membership, practice=practice)
        verbs.close_practice(practice, on=OCTOBER, **why)
        verbs.reopen_practice(practice, **why)
        assert Organisation.objects.get(pk=practice.pk).closed_on is None
        assert standing(Membership, practice=practice) == before
        assert Membership.objects.filter(practice=practice).count() == 2
        assert events_of(practice).get(verb="reopen_practice").reason == why["reason"]
        with pytest.raises(Refused, match="is not closed"):
            verbs.reopen_practice(practice, **why)
        verbs.close_practice(practice, on=DECEMBER, **why)

    def test_nobody_took_over_from_it_then(self, harrow, east, why):
        practice = harrow.practice("E84075")
        verbs.merge_practice(practice, into=harrow.practice("E84014"), on=OCTOBER, **why)
        verbs.reopen_practice(practice, **why)
        assert not Succession.objects.exists()
        assert Succession.every.get().is_withdrawn
        verbs.take_on_list(practice, into=harrow.practice("E84014"), on=DECEMBER, **why)

    def test_an_end_that_was_held_before_holds_again(self, harrow, east, why):
        practice = harrow.practice("E84075")
        Membership.objects.filter(practice=practice).update(ends_on=DECEMBER)
        before = standing(Membership, practice=practice)
        verbs.close_practice(practice, on=OCTOBER, **why)
        verbs.reopen_practice(practice, **why)
        assert standing(Membership, practice=practice) == before

    def test_a_pcn_that_did_not_close_is_what_it_was(self, harrow, east, why):
        models = (Membership, ClinicalDirector, NominatedPayee, PCNPeriod)
        before = [standing(model, pcn=east) for model in models]
        verbs.close_pcn(east, on=OCTOBER, **why)
        verbs.reopen_pcn(east, **why)
        assert [standing(model, pcn=east) for model in models] == before
        assert PCNPeriod.objects.filter(status="closed").get().is_withdrawn
        verbs.close_pcn(east, on=OCTOBER, **why)
        assert standing(Membership, pcn=east, ends_on=None) == []

    def test_a_member_that_went_elsewhere_since_stays_there(self, harrow, east, sphere, why):
        practice = harrow.practice("E84075")
        verbs.close_pcn(east, on=OCTOBER, **why)
        verbs.join_pcn(practice, pcn=sphere, on=DECEMBER, **why)
        verbs.reopen_pcn(east, **why)
        assert [row[2] for row in standing(Membership, practice=practice)] == [OCTOBER, None]
        assert len(standing(Membership, pcn=east, ends_on=None)) == 2

    def test_the_pages_offer_it_only_where_it_closed(self, harrow, east, why):
        client = signed_in(harrow.user("officer"))
        sent = {"reason": "A slip.", "held_source": "named", "source_title": "Letter"}
        for path, close in (
            (
                "/practices/E84075/",
                lambda: verbs.close_practice(harrow.practice("E84075"), on=OCTOBER, **why),
            ),
            ("/pcns/harrow-east-pcn/", lambda: verbs.close_pcn(east, on=OCTOBER, **why)),
        ):
            assert f"{path}reopen/" not in client.get(path).content.decode()
            close()
            assert f"{path}reopen/" in client.get(path).content.decode()
            assert client.post(f"{path}reopen/", sent | {"reason": ""}).status_code == 200
            done = client.post(f"{path}reopen/", sent, follow=True)
            assert "It is recorded." in words(done)
            assert f"{path}reopen/" not in done.content.decode()
            east.refresh_from_db()
