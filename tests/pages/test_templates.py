"""Every template compiles, and the layouts and components render with nothing undefined."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from markupsafe import Markup

from pcnportal.pages.jinja import pounds

ENVIRONMENT = engines["jinja2"].env  # type: ignore[attr-defined]
ROOT = Path(settings.BASE_DIR, "templates")
NAMES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.jinja"))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(name):
    ENVIRONMENT.get_template(name)


def rendered(imports: str, text: str, **context: object) -> str:
    template = ENVIRONMENT.from_string(f'{{% from "components/{imports} %}}{text}')
    return " ".join(template.render(**context).split())


def test_steps_show_a_date_only_where_one_is_held():
    steps = [
        {"text": "Received", "state": "done", "note": "by 15 May"},
        {"text": "Committee", "state": "now", "day": date(2019, 5, 20)},
    ]
    page = rendered('steps.jinja" import steps_of', "{{ steps_of(steps) }}", steps=steps)
    assert 'aria-current="step"' in page
    assert "20 May 2019" in page
    assert page.count("portal-steps__day") == 2


def test_a_summary_says_what_is_not_held_and_names_sources():
    rows = [("Payee", None, None), ("List size", "32,716", "Stated on the form")]
    page = rendered('summary.jinja" import summary_of', "{{ summary_of(rows) }}", rows=rows)
    assert '<span class="portal-not-held">not held</span>' in page
    assert '<span class="portal-source">Stated on the form</span>' in page


def test_a_table_writes_numbers_and_a_total():
    text = (
        '{{ table_of("Lists", ["Practice", {"text": "Patients", "numeric": true}], rows, ["Total", 36000]) }}'
    )
    page = rendered('table.jinja" import table_of', text, rows=[["Zain", None], ["Savita", 3500]])
    assert "not held" in page
    assert "3,500" in page
    assert "<tfoot" in page
    assert "36,000" in page


def test_a_long_word_of_a_table_may_break_and_its_markup_stays_whole():
    word = "Llanfairpwllgwyngyllgogerychwyrndrobwll&amp;"
    link = Markup(f'<a href="/pcns/{"l" * 40}/">Harrow {word}</a>')  # noqa: S704
    page = rendered(
        'table.jinja" import table_of', "{{ table_of('PCNs', ['PCN'], rows) }}", rows=[[link], ["a < b"]]
    )
    assert f'<a href="/pcns/{"l" * 40}/">Harrow <span class="portal-long">{word}</span></a>' in page
    assert "<span>a &lt; b</span>" in page


def test_a_negative_sum_never_breaks_after_its_sign():
    assert pounds(Decimal("-1.02")) == "−\N{WORD JOINER}£1.02"
