"""Search: practices, PCNs, people, organisations, boards and one's own registrations."""

import re
from html import unescape

import pytest

from pcnportal import clock
from pcnportal.pages.search import postcode
from pcnportal.people.models import Office, Organisation
from registry.models import ClinicalDirector, ImportRun, PCNMatch
from tests import factories as make
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.reading import main, words


def search(harrow, text: str, user: str = "officer"):
    return signed_in(harrow.user(user)).get("/search/", {"q": text})


def found(response) -> dict[str, list[tuple[str, str, str]]]:
    """By group: text, address and what it is."""
    groups = {}
    for part in re.split(r"<section", main(response))[1:]:
        title = unescape(re.findall(r"<h[23][^>]*>(.*?)</h[23]>", part)[0])
        items = re.findall(
            r'<li>(?:<a href="([^"]*)">)?(?:<strong>)?([^<]*)</(?:a|strong)><span[^>]*>([^<]*)', part
        )
        groups[title] = [(unescape(text), unescape(href), unescape(what)) for href, text, what in items]
    return groups


def test_a_practice_is_found_by_its_name_code_and_postcode(harrow):
    practice = harrow.practice("E84039")
    Organisation.objects.filter(pk=practice.pk).update(postcode="HA7 1JP")
    expected = [
        ("Honeypot Medical Centre", "/practices/E84039/", "E84039 · HA7 1JP · NHS Harrow CCG · in no PCN")
    ]
    for text in ("honeypot", "centre honey", "E8403", "E 8403.", "ha7", "HA7-1JP", "ha71j"):
        assert found(search(harrow, text)) == {"Practices": expected}, text


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("ha71jp", "HA7 1JP"),
        ("HA7-1JP", "HA7 1JP"),
        ("ha71j", "HA7 1J"),
        ("HA7 1", "HA7 1"),
        ("ha7", "HA7"),
        ("e14", "E14"),
        ("e149bp", "E14 9BP"),
        ("w1a1aa", "W1A 1AA"),
    ],
)
def test_a_postcode_is_typed_with_or_without_its_space(typed, held):
    assert postcode(typed) == held


@pytest.mark.parametrize("typed", ["E84039", "e84039", " E84039 ", "E84039.", "(E84039)", "E 84039"])
def test_an_exact_code_leads_straight_to_the_practice(harrow, typed):
    harrow.practice("E84039")
    response = search(harrow, typed)
    assert (response.status_code, response["Location"]) == (302, "/practices/E84039/")


def test_an_exact_code_leads_straight_to_the_pcn(harrow):
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    Organisation.objects.filter(pk=pcn.pk).update(code="U12345")
    assert search(harrow, "u12345")["Location"] == "/pcns/harrow-east-pcn/"


def test_the_code_of_a_commissioner_has_no_page_and_is_found(harrow):
    assert found(search(harrow, "08E"))["Organisations"] == [
        ("NHS Harrow CCG", "/practices/?commissioner=NHS+Harrow+CCG", "Commissioner · 08E")
    ]


def test_a_registration_is_found_beside_its_pcn_by_its_own_commissioner(harrow):
    case = steps.received(harrow)
    own = found(search(harrow, "GP Direct PCN"))
    assert own["Registrations"] == [
        ("GP Direct PCN", f"/registrations/{case.pk}/", "Registration · 2019/20 · NHS Harrow CCG · Received")
    ]
    assert own["Primary Care Networks"] == [
        ("GP Direct PCN", "/pcns/gp-direct-pcn/", "no ODS code yet · NHS Harrow CCG · Proposed")
    ]
    for other in ("officer@havering.example", "admin"):
        assert list(found(search(harrow, "GP Direct PCN", other))) == ["Primary Care Networks"]


def test_a_director_is_found_on_a_registration_before_and_in_the_post_after(harrow):
    case = steps.received(harrow)
    assert found(search(harrow, "ahmad shahla"))["People"] == [
        (
            "Dr Shahla Ahmad",
            f"/registrations/{case.pk}/",
            "Named as clinical director in the registration of GP Direct PCN · GP Direct",
        )
    ]
    for other in ("officer@havering.example", "admin"):
        assert found(search(harrow, "ahmad", other)) == {}


def test_a_director_in_the_post_is_the_registers_and_everybody_finds_them(harrow):
    steps.live(harrow)
    with clock.at(make.GO_LIVE):
        for user in ("officer", "admin", "officer@havering.example"):
            assert found(search(harrow, "ahmad", user))["People"] == [
                ("Dr Shahla Ahmad", "/pcns/gp-direct-pcn/", "Clinical director of GP Direct PCN · GP Direct")
            ]


def test_who_owns_an_open_condition_is_found_by_its_commissioner(harrow):
    owner = make.PersonFactory.create(name="Javina Sehgal")
    case = steps.approved(
        harrow, conditions=[steps.wanted(harrow, owner_organisation=None, owner_person=owner)]
    )
    condition = case.conditions.get()
    assert found(search(harrow, "sehgal"))["People"] == [
        ("Javina Sehgal", f"/conditions/{condition.pk}/", "Owner of condition 1 of GP Direct PCN")
    ]
    assert found(search(harrow, "sehgal", "officer@havering.example")) == {}


def test_who_holds_an_office_is_found_by_everybody(harrow):
    chair = make.PersonFactory.create(name="Dan Weaver")
    federation = make.OrganisationFactory.create(name="Havering Health Limited", kind="federation")
    Office.objects.create(organisation=federation, person=chair, title="Chair", ends_on=make.GO_LIVE)
    for user in ("officer", "officer@havering.example"):
        assert found(search(harrow, "weaver", user))["People"] == [
            ("Dan Weaver", "/commissioners/#havering-health-limited", "Chair of Havering Health Limited")
        ]
    with clock.at(make.GO_LIVE):
        ((_, _, what),) = found(search(harrow, "weaver"))["People"]
    assert what == "Chair of Havering Health Limited · until 1 July 2019"


def test_a_director_of_before_and_one_to_come_are_found_with_the_day(harrow):
    pcn, source = make.PCNFactory.create(name="Sphere PCN"), harrow.report
    for name, held in (("Old Hand", {"ends_on": make.JANUARY}), ("New Hand", {"starts_on": make.GO_LIVE})):
        person = make.PersonFactory.create(name=name)
        ClinicalDirector.objects.create(pcn=pcn, person=person, source=source, **held)
    assert [what for _, _, what in found(search(harrow, "hand"))["People"]] == [
        "Clinical director of Sphere PCN · practice not held · from 1 July 2019",
        "Clinical director of Sphere PCN · practice not held · until 1 January 2019",
    ]


def test_a_match_that_waits_is_found_by_the_name_and_the_code_of_the_file(harrow):
    match = waiting_match(harrow)
    for typed in ("sphere network", "U54321"):
        assert found(search(harrow, typed))["PCNs to match"] == [
            (
                "U54321 SPHERE NETWORK",
                f"/matches/{match.pk}/",
                "May be Sphere PCN, which is held without an ODS code · epcn.xlsx",
            )
        ]
        assert "PCNs to match" not in found(search(harrow, typed, "officer@havering.example"))
        assert "PCNs to match" in found(search(harrow, typed, "admin"))


def waiting_match(harrow) -> PCNMatch:
    run = ImportRun.objects.create(
        kind="epcn", file_name="epcn.xlsx", stated_on=make.JANUARY, sha256="0" * 64, size=1,
        read_at="2019-05-20T09:00:00Z",
    )  # fmt: skip
    pcn = make.PCNFactory.create(name="Sphere PCN", commissioner=harrow.ccg)
    return PCNMatch.objects.create(
        run=run, pcn=pcn, code="U54321", name="SPHERE NETWORK", parent="08E",
        shared=2, held=2, named=3, has_same_name=False, has_same_commissioner=True,
    )  # fmt: skip


@pytest.mark.parametrize("typed", ["Savita & Zain", "zain and savita", "Savita, Zain"])
def test_two_names_find_what_says_both_and_then_each(harrow, typed):
    for code, name in (("E84681", "Savita Medical Centre"), ("E84653", "Zain Medical Centre")):
        make.PracticeFactory.create(code=code, name=name)
    wanted = steps.wanted(harrow, text="Say when the contracts of Zain and Savita merge.")
    condition = steps.approved(harrow, conditions=[wanted]).conditions.get()
    response = search(harrow, typed)
    said = found(response)
    assert [text for text, _, _ in said["Practices"]] == ["Savita Medical Centre", "Zain Medical Centre"]
    assert [href for _, href, _ in said["Conditions and agreements"]] == [f"/conditions/{condition.pk}/"]
    assert main(response).index("Conditions and agreements") < main(response).index("Savita Medical Centre")
    assert "Conditions and agreements" not in found(search(harrow, typed, "officer@havering.example"))


def test_a_committee_is_found_by_its_commissioner(harrow):
    (held,) = found(search(harrow, "commissioning"))["Boards and committees"]
    assert held == (
        "Primary Care Commissioning Committee",
        harrow.committee.get_absolute_url(),
        "Committee · NHS Harrow CCG",
    )
    assert "Boards and committees" not in found(search(harrow, "commissioning", "officer@havering.example"))


def test_ten_are_shown_and_the_list_holds_them_all(harrow):
    for number in range(12):
        make.PracticeFactory.create(code=f"E99{number:03}", name=f"Surgery {number:02}")
    response = search(harrow, "surgery")
    assert len(found(response)["Practices"]) == 10
    assert 'href="/practices/?q=surgery"' in main(response)
    listed = signed_in(harrow.user("officer")).get("/practices/?q=surgery")
    assert "12 practices" in words(listed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "An exact ODS code leads straight to its page."),
        ("x", "Type at least two characters."),
        ("nowhere", "Nothing matches."),
        ("a\0b", "Nothing matches."),
        ("%_", "Nothing matches."),
        ("x" * 500, "Nothing matches."),
    ],
)
def test_what_finds_nothing_says_what_to_do(harrow, typed, said):
    response = search(harrow, typed)
    assert response.status_code == 200
    assert said in words(response)


def test_what_was_typed_is_kept_and_harmless(harrow):
    page = search(harrow, '"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page


@pytest.mark.parametrize("typed", ["{} pcn", "{} Primary Care Network", "primary care networks {}"])
def test_pcn_and_primary_care_network_are_one_word(harrow, typed):
    for name in ("Sphere PCN", "Marshall Primary Care Network"):
        make.PCNFactory.create(name=name)
        said = found(search(harrow, typed.format(name.split()[0])))
        assert [text for text, _, _ in said["Primary Care Networks"]] == [name]
        slip = main(search(harrow, typed.format(name.split()[0].replace("r", "t"))))
        assert name in slip


def test_marks_alone_are_no_code(harrow):
    harrow.practice("E84039")
    assert found(search(harrow, "--")) == {}
