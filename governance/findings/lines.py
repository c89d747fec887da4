"""Bodies that report to nobody."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from governance.known import held
from governance.models import Body, BodyLink
from pcnportal.findings.rules import Doubt, Rule

from .about import SEE, bodies_on, commissioner_of, said_by


def without_a_parent(day: date) -> Iterator[Doubt]:
    """Bodies that report to none, but for the system's own and for the one at the top of its organisation.

    At the top is the only body of an organisation to which others report and which itself reports to none.
    """
    bodies = {body.pk: body for body in bodies_on(day)}
    links = BodyLink.objects.filter(held(day), body__in=bodies, to__in=bodies).order_by("pk")
    lines = list(links.values_list("body", "to", "kind"))
    reporting = {body for body, _, kind in lines if kind == BodyLink.Kind.REPORTS_TO}
    reported_to = {to for _, to, kind in lines if kind == BodyLink.Kind.REPORTS_TO}
    feeding = defaultdict(list)
    for body, to, kind in lines:
        if kind == BodyLink.Kind.FEEDS_INTO:
            feeding[body].append(bodies[to].name)
    tops = defaultdict(list)
    for pk in reported_to - reporting:
        tops[bodies[pk].organisation_id].append(pk)
    for pk, body in bodies.items():
        is_top = tops[body.organisation_id] == [pk]
        if pk not in reporting and not is_top and body.tier != Body.Tier.SYSTEM:
            into = f"It feeds into {', '.join(feeding[pk])} and" if feeding[pk] else "It"
            yield Doubt(
                subject=body,
                commissioner=commissioner_of(body),
                stated=f"{body.get_kind_display()} of {body.organisation}",
                stated_by=said_by(body),
                found=f"{into} reports to no body",
                found_by="The lines of the map",
                meaning="Nobody is named to whom it answers, or to whom it takes what it can’t decide.",
            )


RULES = (
    Rule(
        slug="body-without-a-parent",
        group="boards",
        see=SEE,
        title="A body that reports to nobody",
        question="Does a body below the system report to no other, and is it not the one at the top of its "
        "organisation?",
        source="The lines of the map, with the documents that give them",
        to_do="Ask its secretary to whom it reports and draw the line, or accept it where it is the highest.",
        find=without_a_parent,
        after=("body",),
    ),
)
