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


def mend_other_pcn(subject: Model, code: str) -> Iterator[Mend]:
    """Leave the PCN that was recorded, and join the one of the file."""
    if isinstance(subject, Practice):
        own = subject.organisation.code
        yield from link("Record that it left its PCN", "registry:leave_pcn", own)
        other = PCN.objects.filter(organisation__code=code).select_related("organisation").first()
        for text, href in link(f"Record that it joined {other or 'a PCN'}", "registry:join_pcn", own):
            yield Mend(text, f"{href}?pcn={other.organisation.slug}" if other else href)


def mend_detail(subject: Model, key: str) -> Iterator[Mend]:
    """Where another name, closing or commissioner of a practice or PCN is recorded."""
    if isinstance(subject, PCN):
        slug = subject.organisation.slug
        if key == "name":
            yield from link("Record its new name", "registry:rename_pcn", slug)
        if key == "closed_on":
            yield from link("Record that it closed", "registry:close_pcn", slug)
    elif isinstance(subject, Practice) and key == "closed_on":
        yield from link("Record that it closed", "registry:close_practice", subject.organisation.code)
