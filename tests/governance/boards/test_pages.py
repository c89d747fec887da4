"""The map, the lists and a body's page: what they show, from what day on, to whom."""

import re
from datetime import date

import pytest

from governance.models import Rhythm, TurnToChair
from pcnportal import clock
from tests import factories as make
from tests.governance.boards.making import board, reports, seat, slides
from tests.governance.records import add_boards
from tests.reading import rows, signed_in
from tests.registry.pages.reading import main, words


@pytest.fixture
def secretary(harrow):
    return signed_in(harrow.user("secretary"))


@pytest.fixture
def boards(harrow):
    """The committee below the Governing Body, and a provider board that is known from June."""
    governing = board(harrow, "Governing Body", side="commissioner", status="adopted")
    reports(harrow.committee, governing)
    provider = board(harrow, "Provider Management Board", side="provider", source=slides())
    reports(provider, governing, "feeds_into", source=slides())
    Rhythm.objects.create(body=provider, every=2, unit="week", stated="Fortnightly", source=slides())
    for position, name in enumerate(("CLCH", "Harrow Health"), start=1):
        partner = make.OrganisationFactory.create(name=name, kind="provider")
        TurnToChair.objects.create(body=provider, organisation=partner, position=position, source=slides())
    return provider


def test_the_map_is_a_list_by_side_and_tier_with_the_lines_in_words(harrow, secretary, boards):
    said = words(secretary.get("/governance/"))
    assert (
        "Commissioner Borough Governing Body Adopted Primary Care Commissioning Committee reports to it."
        in said
    )
    assert "Not held: how often it meets, chair." in said
    assert "Side not held" in said
    assert "Reports to Governing Body." in said
    assert "Provider Management Board" not in said


def test_a_document_of_later_is_announced_and_its_bodies_shown_on_its_day(harrow, secretary, boards):
    page = secretary.get("/governance/")
    assert "1 body more is known from Harrow strategic partnership meeting: slides, 18 June 2019" in words(
        page
    )
    assert "/governance/?as_at=2019-06-18" in main(page)
    said = words(secretary.get("/governance/?as_at=2019-06-18"))
    assert (
        "Provider Borough Provider Management Board Meets every 2 weeks (“Fortnightly”). Next: none "
        "planned. Chair: by turns: CLCH and Harrow Health. Feeds into Governing Body." in said
    )
    assert "show today" in said


def test_what_is_no_day_says_so_and_shows_today(harrow, secretary, boards):
    said = words(secretary.get("/governance/?as_at=2019-02-31"))
    assert "“2019-02-31” is not a date, so the map shows 20 May 2019." in said


def test_every_box_of_the_drawing_is_a_link_with_the_bodys_name(harrow, secretary, boards):
    page = main(secretary.get("/governance/?as_at=2019-06-18"))
    drawn = page[page.index("<svg class=") :]
    for body in (boards, harrow.committee, harrow.panel):
        box = drawn[drawn.index(f'href="/governance/bodies/{body.slug}/"') :]
        box = box[: box.index("</a>")]
        assert body.name in " ".join(re.sub("<[^>]*>", "", box.partition(">")[2]).split())
    assert "<title" in drawn
    assert "<desc" in drawn
    assert drawn.count("<polyline") == 2
    assert drawn.count("stroke-dasharray") == 1
    assert 'role="img"' not in drawn


def test_a_closed_body_is_on_the_list_and_not_on_the_map(harrow, secretary):
    board(harrow, "Shadow Board", status="closed")
    assert "Shadow Board" not in words(secretary.get("/governance/"))
    assert "Shadow Board" in words(secretary.get("/governance/bodies/?status=closed"))


def test_where_nothing_is_held_the_map_says_how_it_comes_there(harrow):
    page = signed_in(harrow.user("officer@havering.example")).get("/governance/")
    assert "They are loaded with the reference data." in words(page)
    assert "Harrow" not in words(page)


def test_a_bodys_page_shows_its_seats_lines_and_turns(harrow, secretary, boards):
    seat(boards, office="Harrow lead", is_voting=None, source=slides())
    seat(boards, "Dr Guest", part="in_attendance", is_voting=False)
    seat(boards, "Dr Guardian", is_guardian=True)
    said = words(secretary.get(f"/governance/bodies/{boards.slug}/"))
    assert "The document from which this body is known is of 18 June 2019: the page shows that day." in said
    assert "To be named, Harrow lead, vote not held" in said
    assert "Dr Guardian, Conflicts of Interest Guardian" in said
    assert "In attendance Dr Guest, without a vote" in said
    assert "Feeds into Governing Body" in said
    assert "Turns in the chair CLCH Harrow Health" in said
    assert "Decisions: 0" in said
    with clock.at(date(2019, 6, 18)):
        said = words(secretary.get(f"/governance/bodies/{boards.slug}/"))
    assert "It is the turn of CLCH to chair." in said
    assert "the page shows that day" not in said


def test_only_who_keeps_the_body_is_offered_to_change_it(harrow, boards):
    address = f"/governance/bodies/{harrow.committee.slug}/"
    for who, offered in (("secretary", True), ("manager", True), ("officer", False), ("chair", False)):
        page = main(signed_in(harrow.user(who)).get(address))
        assert (f"{address}seats/add/" in page, f"{address}status/" in page) == (offered, offered)


def test_the_lists_can_be_searched_and_exported(harrow, secretary, boards):
    seat(harrow.committee, "Dr Genevieve Small", chairs="chair")
    seat(harrow.committee, office="Lay member", starts_on=date(2019, 4, 1))
    found = rows(secretary.get("/governance/bodies/?q=committee&_export=csv"))
    assert [(row["slug"], row["chair"]) for row in found] == [(harrow.committee.slug, "Dr Genevieve Small")]
    found = rows(secretary.get("/governance/members/?seat=to_be_named&_export=csv"))
    assert [(row["office"], row["person"], row["from"]) for row in found] == [
        ("Lay member", "", "2019-04-01")
    ]
    assert "Dr Genevieve Small" in words(secretary.get("/governance/members/?q=small&seat=chair"))
    assert "Nothing matches" in words(secretary.get("/governance/members/?body=panel"))
    provider = rows(secretary.get("/governance/bodies/?side=provider&as_at=2019-07-01&_export=csv"))
    assert [row["rhythm"] for row in provider] == ["every 2 weeks (“Fortnightly”)"]
    assert secretary.get("/governance/bodies/?as_at=never").status_code == 200


def test_who_sits_on_many_bodies_is_asked_for_in_one_go(harrow, secretary, django_assert_num_queries):
    """The map: session, user, roles, bodies, rhythms, seats, turns, lines and later documents."""
    add_boards(harrow.committee, harrow.user("secretary"), 12)
    secretary.get("/governance/")
    with django_assert_num_queries(9):
        secretary.get("/governance/")


def test_terms_of_reference_are_handed_out_to_who_sees_the_body(harrow, secretary):
    add_boards(harrow.committee, harrow.user("secretary"), 1)
    terms = harrow.committee.terms.get()
    page = main(secretary.get(f"/governance/bodies/{harrow.committee.slug}/"))
    assert f"/governance/terms/{terms.pk}/file/" in page
    response = secretary.get(f"/governance/terms/{terms.pk}/file/")
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "attachment" in response["Content-Disposition"]
    foreign = signed_in(harrow.user("officer@havering.example"))
    assert foreign.get(f"/governance/terms/{terms.pk}/file/").status_code == 404


def test_who_reports_to_a_body_of_the_same_side_is_nested_below_it_and_an_assumed_line_says_so(
    harrow, secretary
):
    read = make.SourceFactory.create(title="Slides, as read", kind="assumed")
    above, below = board(harrow, "Above", side="provider"), board(harrow, "Below", side="provider")
    reports(below, above, source=read)
    page = main(secretary.get("/governance/"))
    listed = page[: page.index('id="drawn"')]
    item = listed[listed.index(">Above</a>") :]
    assert item.index(">Below</a>") < item.index("</ul>")
    assert "Reports to Above (assumed)." in words(secretary.get("/governance/"))
    assert ">assumed</text>" in page
    assert "Reports to Above (assumed)" in words(secretary.get(f"/governance/bodies/{below.slug}/"))
