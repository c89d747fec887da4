"""Staff on pages: baselines, posts and claims, by a PCN's own commissioner only."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from funding.models import Baseline, Claim, Post
from pcnportal import clock
from registry.models import PCN
from tests import factories as make
from tests.funding.claims.rows import staff_of
from tests.funding.money import pharmacist, role
from tests.harrow import Harrow, settle
from tests.reading import buttons, rows, signed_in

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SOURCE = {"source_title": "Workforce baseline, agreed with the PCN"}


@pytest.fixture(autouse=True)
def autumn(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with clock.at(date(2019, 9, 30)):
        yield


@pytest.fixture
def harrow(db: Any) -> Harrow:
    settled = settle()
    pharmacist()
    return settled


@pytest.fixture
def east(harrow: Harrow) -> PCN:
    return make.PCNFactory.create()


@pytest.fixture
def staff(harrow: Harrow, east: PCN) -> dict[str, int]:
    """The ids of a post and of its claim for July, submitted by the officer."""
    Baseline.objects.create(
        pcn=east, payment=role(), as_at=date(2019, 3, 31), wte=Decimal(0), source=harrow.report
    )
    made = staff_of(east, harrow.user("officer"))
    return {name: made[name]["pk"] for name in ("post", "claim")}


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def claimed(**facts: Any) -> dict[str, Any]:
    evidence = SimpleUploadedFile("payroll.pdf", PDF)
    sent = {"month": "2019-08-01", "cost": "4,000.00", "holds_private_details": "no", "file": evidence}
    return sent | facts


def test_from_a_baseline_to_an_agreed_claim(harrow: Harrow, east: PCN):
    officer, finance = (signed_in(harrow.user(name)) for name in ("officer", "finance"))
    of = {"pcn": "Harrow East PCN", "payment": role().pk}
    finance.post("/funding/baselines/new/", of | SOURCE | {"wte": "0"})
    assert Baseline.objects.get().wte == 0
    days = {"starts_on_day": "5", "starts_on_month": "8", "starts_on_year": "2019"}
    made: Any = officer.post("/funding/posts/new/", of | SOURCE | days | {"title": "Pharmacist", "wte": "1"})
    post = Post.objects.get()
    assert made["Location"] == f"/funding/posts/{post.pk}/"
    page = text(officer.get(f"/funding/posts/{post.pk}/claim/"))
    assert "August 2019" in page
    assert "July 2019" not in page
    assert "October 2019" not in page
    officer.post(f"/funding/posts/{post.pk}/claim/", claimed())
    claim = Claim.objects.get()
    assert buttons(officer.get(f"/funding/claims/{claim.pk}/")) == []
    assert buttons(finance.get(f"/funding/claims/{claim.pk}/")) == ["Agree or refuse"]
    sent = {"seen": 0, "status": "agreed"}
    assert finance.post(f"/funding/claims/{claim.pk}/judge/", sent).status_code == 302
    page = text(finance.get(f"/funding/claims/{claim.pk}/"))
    assert "£2,800.00" in page
    assert "Agreed" in page


def test_a_claim_keeps_what_was_typed_and_asks_for_the_file_again(harrow: Harrow, staff: dict[str, int]):
    client = signed_in(harrow.user("officer"))
    page = text(client.post(f"/funding/posts/{staff['post']}/claim/", claimed(cost="")))
    assert "Fill in: What the post cost in the month" in page
    assert "Choose the file again" in page
    page = text(client.post(f"/funding/posts/{staff['post']}/claim/", claimed(holds_private_details="yes")))
    assert "The portal holds no bank details and no patient information." in page
    assert 'value="4000.00"' in page
    assert Claim.objects.count() == 1


def test_a_claim_without_a_baseline_says_what_is_missing(harrow: Harrow, staff: dict[str, int]):
    Baseline.objects.all().delete()
    client = signed_in(harrow.user("officer"))
    page = text(client.post(f"/funding/posts/{staff['post']}/claim/", claimed()))
    assert "baseline of 31 March 2019 is not held" in page


def test_the_upload_warns_and_the_evidence_is_for_who_judges(harrow: Harrow, staff: dict[str, int]):
    officer, finance = (signed_in(harrow.user(name)) for name in ("officer", "finance"))
    assert "No patient information and no bank details." in text(
        officer.get(f"/funding/posts/{staff['post']}/claim/")
    )
    address = f"/funding/claims/{staff['claim']}/evidence/"
    assert officer.get(address).status_code == 403
    response: Any = finance.get(address)
    assert response["Content-Disposition"] == 'attachment; filename="payslip.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_two_who_judge_at_once_are_told(harrow: Harrow, staff: dict[str, int]):
    finance, approver = (signed_in(harrow.user(name)) for name in ("finance", "approver"))
    address = f"/funding/claims/{staff['claim']}/judge/"
    finance.post(address, {"seen": 0, "status": "refused", "reason": "Of another month."})
    late = approver.post(address, {"seen": 0, "status": "agreed"})
    assert late.status_code == 409
    assert "already" in text(approver.get(address))


def test_whose_own_claim_it_is_sees_why_another_judges_it(harrow: Harrow, staff: dict[str, int]):
    Claim.objects.update(submitted_by=harrow.user("finance"))
    page = signed_in(harrow.user("finance")).get(f"/funding/claims/{staff['claim']}/")
    assert "You submitted it, so someone else agrees or refuses it." in text(page)
    assert buttons(page) == []
    sent = signed_in(harrow.user("finance")).post(f"/funding/claims/{staff['claim']}/judge/", {})
    assert "You submitted this claim, so someone else judges it." in text(sent)
    assert "Fill in: Seen" not in text(sent)


def test_an_agreed_claim_is_withdrawn_on_its_page(harrow: Harrow, staff: dict[str, int]):
    approver = signed_in(harrow.user("approver"))
    address = f"/funding/claims/{staff['claim']}/"
    approver.post(f"{address}judge/", {"seen": 0, "status": "agreed"})
    assert buttons(approver.get(address)) == ["Withdraw the claim"]
    approver.post(f"{address}withdraw/", {"seen": 1, "reason": "A nought too many."})
    page = text(approver.get(address))
    assert "Withdrawn by" in page
    assert "A nought too many." in page
    assert buttons(approver.get(address)) == []


def test_the_export_tells_who_withdrew_a_claim_and_whose_the_reason_is(harrow: Harrow, staff: dict[str, int]):
    approver = signed_in(harrow.user("approver"))
    address = f"/funding/claims/{staff['claim']}/"
    approver.post(f"{address}judge/", {"seen": 0, "status": "agreed", "reason": "As the payslip says."})
    judged = rows(approver.get("/funding/claims/?_export=csv"))[0]
    assert (judged["reason"], judged["withdrawn_by"], judged["withdrawn_at"]) == (
        "As the payslip says.",
        "",
        "",
    )
    signed_in(harrow.user("finance")).post(f"{address}withdraw/", {"seen": 1, "reason": "A nought too many."})
    withdrawn = rows(approver.get("/funding/claims/?_export=csv"))[0]
    assert (withdrawn["judged_by"], withdrawn["reason"]) == (harrow.user("approver").name, "")
    assert (withdrawn["withdrawn_by"], withdrawn["reason_withdrawn"]) == (
        harrow.user("finance").name,
        "A nought too many.",
    )
    assert withdrawn["withdrawn_at"]


def test_a_cost_that_is_no_number_is_not_asked_for_as_a_whole_one(harrow: Harrow, staff: dict[str, int]):
    client = signed_in(harrow.user("officer"))
    page = text(client.post(f"/funding/posts/{staff['post']}/claim/", claimed(cost="abc")))
    assert "Enter a number, for example 1.76" in page
    assert "whole number" not in page


@pytest.mark.parametrize("path", ["claims", "posts", "baselines"])
def test_another_commissioners_staff_are_in_no_list(harrow: Harrow, staff: dict[str, int], path: str):
    own, other = (signed_in(harrow.user(name)) for name in ("auditor", "finance@havering.example"))
    assert len(rows(own.get(f"/funding/{path}/?_export=csv"))) == 1
    assert rows(other.get(f"/funding/{path}/?_export=csv")) == []
    assert len(rows(own.get(f"/funding/{path}/?pcn=east&role=clinical-pharmacist&_export=csv"))) == 1
    assert rows(own.get(f"/funding/{path}/?pcn=sphere&_export=csv")) == []


def test_another_commissioners_pcn_is_not_found_by_a_form(harrow: Harrow, east: PCN):
    client = signed_in(harrow.user("finance@havering.example"))
    sent = {"pcn": "Harrow East PCN", "payment": role().pk, "wte": "0"} | SOURCE
    page = text(client.post("/funding/baselines/new/", sent))
    assert "No PCN has the code or name “Harrow East PCN”." in page
    assert not Baseline.objects.exists()


def test_lists_ask_the_same_number_of_questions_for_many_rows(
    harrow: Harrow, staff: dict[str, int], django_assert_max_num_queries: Any
):
    client = signed_in(harrow.user("finance"))
    asked: dict[str, set[int]] = {}
    client.get("/funding/claims/")
    for count in range(2):
        for path in ("claims", "posts", "baselines"):
            with django_assert_max_num_queries(8) as found:
                client.get(f"/funding/{path}/")
            asked.setdefault(path, set()).add(len(found))
        if not count:
            for name in ("Sphere", "Healthsense", "Sphere Two"):
                staff_of(make.PCNFactory.create(name=name), harrow.user("officer"))
    assert {path: len(counts) for path, counts in asked.items()} == dict.fromkeys(asked, 1)


def test_the_claims_behind_an_amount_are_on_the_page_that_explains_it(
    harrow: Harrow, east: PCN, staff: dict[str, int]
):
    client = signed_in(harrow.user("finance"))
    address = f"/funding/2019-20/{east.organisation.slug}/clinical-pharmacist/"
    page = text(client.get(address))
    assert "In post on 31 March 2019, the baseline: 0 WTE. Only what is above it is reimbursed." in page
    assert f"Source: {harrow.report}" in page
    assert f'<a href="/funding/posts/{staff["post"]}/">Clinical pharmacist</a>' in page
    assert "1 May 2019" in page
    assert "1 claim waits to be agreed by a second person." in page
    client.post(f"/funding/claims/{staff['claim']}/judge/", {"seen": 0, "status": "agreed"})
    page = text(client.get(address))
    assert "70%: £2,800.00" in page
    assert f'<a href="/funding/claims/{staff["claim"]}/">July 2019</a>' in page
    assert "each what its claims come to" in page
    assert "waits to be agreed" not in page


def test_lists_say_what_is_reimbursed_beside_what_it_cost(harrow: Harrow, staff: dict[str, int]):
    finance = signed_in(harrow.user("finance"))
    assert rows(finance.get("/funding/claims/?_export=csv"))[0]["reimbursed"] == ""
    finance.post(f"/funding/claims/{staff['claim']}/judge/", {"seen": 0, "status": "agreed"})
    # 70 % of £4,000.00.
    assert rows(finance.get("/funding/claims/?_export=csv"))[0]["reimbursed"] == "2800.00"
    for address in ("claims/", f"posts/{staff['post']}/"):
        page = text(finance.get(f"/funding/{address}"))
        assert "Reimbursed" in page
        assert "£2,800.00" in page
