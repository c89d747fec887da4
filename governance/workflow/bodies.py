"""What is held of a body, and its status. Each verb makes its change and the event in one transaction."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from governance.models import Body
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import Refused, Stale

PERMISSION = "governance.change_body"
FACTS = ("name", "kind", "tier", "side", "purpose", "authority", "limit", "chair_rule")


def keepers(body: Body) -> list[Organisation]:
    """Whose people keep what is held of a body: the commissioner that it belongs to, else those it serves."""
    if body.organisation.kind == Organisation.Kind.COMMISSIONER:
        return [body.organisation]
    return [body.organisation, *body.serves.all()]


def may_change(body: Body, user: User) -> bool:
    return user.can(PERMISSION) and any(user.can(PERMISSION, kept_by) for kept_by in keepers(body))


def enter(body: Body, by: User, seen: int) -> Organisation:
    """Pass where `by` may change the body and nobody has since `seen`, its version.

    Gives the organisation for which they do, which may read the event. Raises `NotAllowed` or `Stale`.
    """
    kept_by = keepers(body)
    own = next((organisation for organisation in kept_by if by.can(PERMISSION, organisation)), kept_by[0])
    allow(by, PERMISSION, own)
    won = Body.objects.filter(pk=body.pk, version=seen).update(version=F("version") + 1)
    if not won:
        raise Stale(body, events_of(body).first())
    body.version = seen + 1
    return own


@transaction.atomic
def add_body(
    *, by: User, organisation: Organisation, source: Source | None = None, name: str, **facts: Any
) -> Body:
    """A new body of an organisation, as a draft. Raises `Refused` where it has one of that name."""
    allow(by, PERMISSION, organisation)
    name = " ".join(name.split())
    _named_once(name, organisation)
    slug = stem = slugify(name)[:110] or "body"
    number = 1
    while slug == "new" or Body.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    body = Body.objects.create(
        slug=slug, name=name, organisation=organisation, source=source, status=Body.Status.DRAFT, **facts
    )
    body.serves.add(organisation)
    record(by, "added the body", body, commissioner=organisation)
    return body


@transaction.atomic
def change_body(body: Body, *, by: User, seen: int, reason: str, **facts: Any) -> None:
    """Change what is held of a body (`FACTS`), saying why. Raises `Refused` where nothing is changed."""
    own = enter(body, by, seen)
    if not reason.strip():
        raise Refused("Say why, or where you read it.", "reason")
    held = Body.objects.values(*FACTS).get(pk=body.pk)
    changes: dict[str, Any] = {
        name: [held[name], facts[name]] for name in FACTS if name in facts and facts[name] != held[name]
    }
    if not changes:
        raise Refused("Nothing is changed.")
    if "name" in changes:
        _named_once(facts["name"], body.organisation, but=body)
    for name, (_, new) in changes.items():
        setattr(body, name, new)
    body.save(update_fields=list(changes))
    record(by, "changed the body", body, reason, commissioner=own, **changes)


def _named_once(name: str, organisation: Organisation, but: Body | None = None) -> None:
    if not name.strip():
        raise Refused("Give the body’s name.", "name")
    same = Body.objects.filter(name__iexact=name, organisation=organisation)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Refused(f"{organisation} already has a body of that name.", "name")


@transaction.atomic
def change_status(body: Body, *, by: User, seen: int, status: str, reason: str) -> None:
    """Move a body to another status, with the reason.

    Raises `Refused` where it has that status, or would be closed while a meeting of it is still to come.
    """
    own = enter(body, by, seen)
    if status not in Body.Status.values:
        raise Refused("Choose the new status.", "status")
    if not reason.strip():
        raise Refused("Say why.", "reason")
    old = Body.objects.values_list("status", flat=True).get(pk=body.pk)
    if status == old:
        raise Refused(f"Its status is {Body.Status(status).label.lower()} already.", "status")
    coming = body.meetings.filter(is_cancelled=False, held_on__gt=clock.today()).order_by("held_on").first()
    if status == Body.Status.CLOSED and coming:
        raise Refused(f"It still meets on {coming.day:%-d %B %Y}: cancel that meeting first.", "status")
    body.status = status
    body.save(update_fields=["status"])
    record(by, "changed the status", body, reason, commissioner=own, status=[old, status])
