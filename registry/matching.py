"""Practices and PCNs by what somebody typed: names, codes and postcodes of now, of before, of files."""

from datetime import date

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Concat

from pcnportal import clock
from pcnportal.pages.search import Asked, asked, code_of, coded, named, postcode
from pcnportal.people.models import FormerDetail
from registry.models import FileStatement

What = FormerDetail.What
MANY = 200


def otherwise_known(given: Asked, day: date | None = None) -> dict[int, str]:
    """By organisation, the other name, code or postcode that matches: "formerly Dr Joseph". One query.

    It had it before, or a published file states it where a commissioner recorded another. What it still has
    on `day` (today, where none is given) matches and is no former one: the words are empty.
    """
    before = Q(what=What.NAME) & named(given, "value")
    if given.codes:
        before |= Q(what__in=(What.CODE, What.POSTCODE), value__in=given.codes)
    for part in given.parts or (given,):
        if code := code_of(part.text):
            before |= Q(what=What.CODE, value__startswith=code)
            before |= Q(what=What.POSTCODE, value__startswith=postcode(part.text))
    said = {"output_field": CharField()}
    now = Q(what=What.NAME, value=F("organisation__name"))
    still = When(until__gt=day or clock.today(), then=Value("", **said))
    former = (
        FormerDetail.objects.filter(before)
        .exclude(now)
        .annotate(said=Case(still, default=Concat(Value("formerly "), F("value"), **said)))
    )
    stated = FileStatement.objects.filter(named(given, "value"), what=FileStatement.What.NAME).annotate(
        said=Concat(F("value"), Value(" in ODS"), **said)
    )
    rows = [found.order_by().values_list("organisation", "said") for found in (former, stated)]
    return dict(rows[0].union(rows[1])[:MANY])


def matching(given: str | Asked, others: dict[int, str] | None = None) -> Q:
    """Practices or PCNs by words of a name, or the beginning of a code or postcode, of now or otherwise.

    Asks one question, where `others` does not hold its answer.
    """
    given = asked(given) if isinstance(given, str) else given
    # As ids and not as a sub-query, which would keep PostgreSQL from its indexes.
    others = otherwise_known(given) if others is None else others
    codes = coded(given, "organisation__code", "organisation__postcode")
    return named(given, "organisation__name") | codes | Q(pk__in=list(others))


def of_pcn(given: str | Asked) -> Q:
    """Registrations by the name of their PCN or the beginning of its code or postcode."""
    given = asked(given) if isinstance(given, str) else given
    place = "pcn__organisation"
    return named(given, f"{place}__name") | coded(given, f"{place}__code", f"{place}__postcode")
