"""Where a doubt is mended: links to the pages of the verbs, by what a finding is about."""

from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from pcnportal.findings.rules import Mend
from pcnportal.people.models import Organisation
from registry.models import PCN, Practice

LEFT = ("Record that it left a PCN", "registry:leave_pcn")
JOINED = ("Record that it joined a PCN", "registry:join_pcn")
CLOSED = ("Record that it closed", "registry:close_practice")
TAKEN_ON = ("Record who took on its list", "registry:take_on_list")
MERGED = ("Record what it merged into", "registry:merge_practice")
DISPERSED = ("Record that its list was dispersed", "registry:disperse_list")

Mending = Callable[[Model, str], Iterator[Mend]]


def of_practice(*verbs: tuple[str, str]) -> Mending:
    """Links to verbs of the register, of a practice."""

    def mend(subject: Model, _key: str) -> Iterator[Mend]:
        if isinstance(subject, Practice):
            for text, name in verbs:
                yield Mend(text, reverse(name, args=[subject.organisation.code]))

    return mend


def mend_other_pcn(subject: Model, code: str) -> Iterator[Mend]:
    """Leave the PCN that was recorded, and join the one of the file."""
    if isinstance(subject, Practice):
        own = subject.organisation.code
        yield Mend("Record that it left its PCN", reverse("registry:leave_pcn", args=[own]))
        other = PCN.objects.filter(organisation__code=code).select_related("organisation").first()
        asked = f"?{urlencode({'pcn': other.organisation.slug})}" if other else ""
        yield Mend(
            f"Record that it joined {other or 'a PCN'}", reverse("registry:join_pcn", args=[own]) + asked
        )


def mend_detail(subject: Model, key: str) -> Iterator[Mend]:
    """Where another name or a closing is recorded."""
    if isinstance(subject, PCN):
        slug = subject.organisation.slug
        if key == "name":
            yield Mend("Record its new name", reverse("registry:rename_pcn", args=[slug]))
        if key == "closed_on":
            yield Mend("Record that it closed", reverse("registry:close_pcn", args=[slug]))
    elif key == "closed_on":
        yield from of_practice(CLOSED)(subject, key)


def look_at_rows(subject: Model, _key: str) -> Iterator[Mend]:
    """The rows of a commissioner that were counted."""
    if isinstance(subject, Organisation):
        asked = urlencode({"commissioner": subject.name})
        yield Mend("Look at its practices", f"{reverse('registry:practices')}?{asked}")
        yield Mend("Look at its PCNs", f"{reverse('registry:pcns')}?{asked}")
