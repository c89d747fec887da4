"""Where a doubt is mended: links to the pages of the verbs, by what a finding is about."""

from collections.abc import Iterator

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from pcnportal.findings.rules import Mend
from registry.models import PCN, Practice


def link(text: str, name: str, *args: object) -> Iterator[Mend]:
    try:
        yield Mend(text, reverse(name, args=args))
    except NoReverseMatch:
        return


def mend_membership(subject: Model, _key: str) -> Iterator[Mend]:
    """Leave or join a PCN, of a practice."""
    if isinstance(subject, Practice):
        code = subject.organisation.code
        yield from link("Record that it left a PCN", "registry:leave_pcn", code)
        yield from link("Record that it joined a PCN", "registry:join_pcn", code)


def mend_pcn(subject: Model, _key: str) -> Iterator[Mend]:
    if isinstance(subject, PCN):
        yield from link("Open the PCN", "registry:pcn", subject.organisation.slug)
