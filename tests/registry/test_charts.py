"""Charts of list sizes: what is drawn is what the table says, and nothing is drawn that is not held."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from pcnportal import clock
from pcnportal.people.models import Organisation
from registry.charts import added_up, beside_band, figures_of, over_time, shares
from registry.counted import PCNSize
from registry.models import ListSize, Membership
from registry.placings import Size
from registry.register import Band, Member
from tests import factories as make
from tests.reading import signed_in
from tests.registry.pages.reading import main, words

BAND = Band(30_000, 50_000)
DAY = date(2021, 6, 1)
JANUARY, JUNE = date(2021, 1, 1), DAY


def row(name: str, stated: int | None = None, lists: int | None = None) -> dict[str, object]:
    held = [Size(1, Decimal(size), DAY, None, "") if size is not None else None for size in (stated, lists)]
    size = PCNSize(held[0], (held[1],) if held[1] else ())
    return {"name": name, "href": f"/{name}/", "size": size}


def member(name: str, patients: int | None) -> Member:
    held = Decimal(patients) if patients is not None else None
    return Member(1, "E84040", name, "GMS", JANUARY, False, held, "1 June 2021")


def figure(on: date, patients: int, since: date | None = None, kind: str = "Registered"):
    return (kind, kind.lower(), on, since, Decimal(patients))


def test_each_pcn_has_a_bar_as_long_as_its_size_and_the_band_is_shaded():
    chart = beside_band([row("A", 25_000), row("B", lists=100_000), row("C")], BAND, DAY)
    assert chart is not None
    assert [(bar.text, bar.length, bar.note) for bar in chart.bars] == [
        ("A", 25.0, "stated, 5,000 below 30,000"),
        ("B", 100.0, "practices’ lists, 50,000 above 50,000"),
        ("C", 0.0, ""),
    ]
    assert chart.band == (30.0, 20.0)
    assert "30,000 to 50,000" in chart.said


def test_nothing_is_drawn_without_a_band_or_beside_nothing():
    assert beside_band([row("A", 25_000), row("B", 26_000)], None, DAY) is None
    assert beside_band([row("A", 25_000), row("B")], BAND, DAY) is None


def test_the_parts_of_a_pcn_follow_each_other_and_are_the_whole():
    chart = shares(
        [member("Small", 1_000), member("Large", 3_000), member("Unknown", None)], Decimal(4_000), DAY
    )
    assert chart is not None
    assert [(bar.text, bar.start, bar.length, bar.note) for bar in chart.bars] == [
        ("Large", 0.0, 75.0, "75.0%"),
        ("Small", 75.0, 25.0, "25.0%"),
    ]
    assert shares([member("Alone", 10)], Decimal(10), DAY) is None
    assert shares([], None, DAY) is None


def test_counts_are_joined_and_averages_and_other_kinds_are_not():
    chart = over_time(
        [
            figure(date(2019, 3, 31), 9_000, since=date(2018, 4, 1)),
            figure(JANUARY, 9_100),
            figure(JUNE, 9_200),
            figure(JUNE, 8_000, kind="Weighted"),
        ],
        DAY,
    )
    assert chart is not None
    registered, weighted = chart.series
    average, *counts = registered.points
    assert average.from_x is not None
    assert registered.line == " ".join(f"{point.x},{point.y}" for point in counts)
    assert (weighted.line, len(weighted.points)) == ("", 1)
    assert chart.has_average
    assert chart.said == (
        "Registered: 9,000 on average until 31 March 2019, 9,100 on 1 January 2021, 9,200 on 1 June 2021; "
        "Weighted: 8,000 on 1 June 2021."
    )


@pytest.mark.parametrize(
    "sizes", [(0, 1), (5, 5), (9_012, 9_013), (1_500, 80_000), (269_801, 270_000), (10**6, 10**7)]
)
def test_every_point_lies_in_the_picture_between_round_figures(sizes):
    chart = over_time([figure(JANUARY, sizes[0]), figure(JUNE, sizes[1])], DAY)
    assert chart is not None
    ys = [y for y, _ in chart.across]
    assert 3 <= len(ys) <= 8
    for point in chart.series[0].points:
        assert 66 <= point.x <= 346
        assert min(ys) <= point.y <= max(ys)
    assert chart.days[0][1:] == ("1 Jan 2021", "start")
    assert chart.days[-1][1:] == ("1 Jun 2021", "end")


def test_figures_of_one_time_are_no_chart():
    one_day = [figure(JUNE, 9_200), figure(JUNE, 8_000, kind="Weighted")]
    assert over_time(one_day, DAY) is None
    assert over_time([*one_day, figure(JANUARY, 9_100)], DAY) is not None
    assert over_time([figure(JUNE, 9_200), figure(JUNE, 9_000, since=JANUARY)], DAY) is not None


@pytest.fixture
def pcn(harrow):
    """A PCN of two practices, with their lists of two days; the second joined between them."""
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    Organisation.objects.filter(pk=pcn.pk).update(opened_on=date(2019, 7, 1))
    for number, (joined, sizes) in enumerate(
        [(date(2019, 7, 1), (9_000, 9_100)), (date(2021, 3, 1), (5_000, 5_500))]
    ):
        practice = make.PracticeFactory.create(code=f"E8500{number}", name=f"Surgery {number}")
        Membership.objects.create(practice=practice, pcn=pcn, starts_on=joined, source=harrow.report)
        for on, patients in zip((JANUARY, JUNE), sizes, strict=True):
            make.ListSizeFactory.create(
                organisation=practice.organisation, as_at=on, patients=patients, source=harrow.report
            )
    return pcn


@pytest.mark.django_db
def test_the_lists_of_a_pcn_are_added_up_of_whoever_was_a_member_on_the_day(pcn):
    assert [(on, patients) for _, _, on, _, patients in added_up(pcn.pk, DAY)] == [
        (JANUARY, Decimal(9_000)),
        (JUNE, Decimal(14_600)),
    ]
    ListSize.objects.filter(organisation__code="E85001", as_at=JUNE).delete()
    assert [on for _, _, on, _, _ in added_up(pcn.pk, DAY)] == [JANUARY]


@pytest.mark.django_db
def test_a_corrected_figure_is_not_drawn(pcn, harrow):
    sizes = ListSize.objects.filter(organisation__code="E85000")
    assert len(figures_of(sizes, {sizes[0].pk})) == 1


@pytest.mark.django_db
def test_the_pages_draw_what_their_tables_say_without_inline_style_or_script(pcn, harrow):
    client = signed_in(harrow.user("officer"))
    with clock.at(DAY):
        answer = client.get("/pcns/harrow-east-pcn/")
        page = main(answer)
        practice = main(client.get("/practices/E85000/"))
    bars = re.findall(r'<rect class="portal-bars__size" x="([\d.]+)" y="5" width="([\d.]+)"', page)
    assert [(float(x), float(width)) for x, width in bars] == [(0.0, 62.33), (62.33, 37.67)]
    assert "62.3%" in page
    drawn = unescape(re.findall(r"<desc[^>]*>(.*?)</desc>", page)[0])
    assert drawn == "Practices’ lists, added up: 9,000 on 1 January 2021, 14,600 on 1 June 2021."
    assert "List size over time, as at 1 June 2021" in page
    for on, patients in (("1 January 2021", "9,000"), ("1 June 2021", "14,600")):
        row = f"{on} Kind Practices’ lists, added up Patients {patients} Source Lists of the members"
        assert row in words(answer)
    assert unescape(re.findall(r"<desc[^>]*>(.*?)</desc>", practice)[0]) == (
        "Registered: 9,000 on 1 January 2021, 9,100 on 1 June 2021."
    )
    for text in (page, practice):
        assert re.findall(r"<style|\sstyle=|<script|\son\w+=", text) == []


@pytest.mark.django_db
def test_a_list_of_a_commissioners_pcns_draws_them_beside_the_band(pcn, harrow):
    other = make.PCNFactory.create(name="Sphere PCN")
    Organisation.objects.filter(pk=other.pk).update(opened_on=date(2019, 7, 1))
    make.ListSizeFactory.create(organisation=other.organisation, as_at=JANUARY, patients=41_212)
    client = signed_in(harrow.user("officer"))
    with clock.at(DAY):
        page = main(client.get("/pcns/", {"commissioner": "harrow"}))
        assert "portal-bars" not in main(client.get("/pcns/"))
    assert "Beside each other" in page
    assert "practices’ lists, 1 June 2021, 15,400 below 30,000" in page
    assert "stated, 1 January 2021, in range" in page


@pytest.mark.django_db
def test_a_pcn_stands_beside_the_ten_nearest_in_size_that_are_open(pcn, harrow):
    for number in range(13):
        other = make.PCNFactory.create(name=f"Other {number:02} PCN")
        closed = {"closed_on": JANUARY} if number == 5 else {}
        Organisation.objects.filter(pk=other.pk).update(opened_on=date(2019, 7, 1), **closed)
        make.ListSizeFactory.create(
            organisation=other.organisation, as_at=JUNE, patients=20_000 + 1_000 * number
        )
    with clock.at(DAY):
        page = main(signed_in(harrow.user("officer")).get("/pcns/harrow-east-pcn/"))
    drawn = page.split('id="neighbours"')[1].split("</table>")[0]
    shown = [number for number in range(13) if f"Other {number:02} PCN" in drawn]
    assert shown == [0, 1, 2, 3, 4, 6, 7, 8, 9, 10]
    assert "Harrow East PCN" in drawn
    assert "The 10 nearest in size, of 12." in drawn
    assert 'href="/pcns/?commissioner=NHS%20Harrow%20CCG"' in page
