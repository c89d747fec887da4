from datetime import UTC, date, datetime
from decimal import Decimal

import jinja2
import pytest
from django.template import engines

from pcnportal.pages import jinja
from pcnportal.pages.status import tag

ENVIRONMENT = engines["jinja2"].env  # type: ignore[attr-defined]


def test_a_day_reads_in_full_and_none_is_not_held():
    assert jinja.day(date(2019, 5, 20)) == "20 May 2019"
    assert jinja.day(None) == "not held"


def test_a_moment_is_told_in_london_time():
    assert jinja.moment(datetime(2019, 5, 20, 13, 5, tzinfo=UTC)) == "20 May 2019, 2:05pm"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (269801, "269,801"),
        (Decimal("269801.00"), "269,801"),
        (Decimal("32244.25"), "32,244.25"),
        (Decimal("1E+3"), "1,000"),
        (-1381, "−1,381"),
        (0, "0"),
        (None, "not held"),
    ],
)
def test_a_number_has_thousands_and_fractions_only_where_there_are_any(value, shown):
    assert jinja.number(value) == shown


def test_a_ratio_reads_as_percent():
    assert jinja.percent(Decimal("-0.01443")) == "−1.4%"
    assert jinja.percent(None) == "not held"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2019, 5, 20), "today"),
        (date(2019, 5, 21), "tomorrow"),
        (date(2019, 6, 1), "in 12 days"),
        (date(2019, 5, 17), "3 days ago"),
        (None, ""),
    ],
)
def test_how_far_a_day_is(value, shown):
    assert jinja.in_days(value) == shown


def test_plurals_and_lists_in_words():
    assert jinja.plural(1, "practice") == "1 practice"
    assert jinja.plural(1200, "body", "bodies") == "1,200 bodies"
    assert jinja.words(["A", "B", "C"]) == "A, B and C"
    assert jinja.words(["A"]) == "A"
    assert jinja.words([]) == ""


def test_a_status_is_a_word_with_a_colour_and_its_text_is_escaped():
    assert tag("Live") == '<strong class="nhsuk-tag nhsuk-tag--green">Live</strong>'
    assert (
        tag("Not met: contiguity")
        == '<strong class="nhsuk-tag nhsuk-tag--orange">Not met: contiguity</strong>'
    )
    assert "&lt;b&gt;" in tag("<b>")
    assert tag("") == ""


def test_a_misspelt_figure_in_our_own_templates_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(jinja, "OWN", str(tmp_path))
    (tmp_path / "figure.jinja").write_text("{{ case.list_sise }}")
    environment = ENVIRONMENT.overlay(loader=jinja2.FileSystemLoader(tmp_path))
    with pytest.raises(jinja2.UndefinedError, match="list_sise"):
        environment.get_template("figure.jinja").render(case={"list_size": 1})


def test_the_nhs_macros_may_ask_after_what_nobody_passed():
    text = '{% from "nhsuk/components/button/macro.jinja" import button %}{{ button({"text": "Save"}) }}'
    assert "Save" in ENVIRONMENT.from_string(text).render()
