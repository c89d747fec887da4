"""A practice opens; what was said of it when it opened is corrected, or it never was and is withdrawn."""

import re
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.pages.jinja import plural, words
from pcnportal.people.access import allow
from pcnportal.people.models import FormerDetail, Organisation, User
from pcnportal.refusals import Refused
from registry.former import is_kept_by_people
from registry.imports import bulk
from registry.imports.undoing import relations_to
from registry.imports.writing import free_slug
from registry.models import Membership, Practice

from .change import PERMISSION, enter, tell, written

CODE = re.compile(r"[A-Z][0-9]{5}")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}")


@transaction.atomic
def open_practice(
    *,
    by: User,
    commissioner: Organisation,
    code: str,
    name: str,
    on: date,
    source: Source | None,
    reason: str,
    postcode: str = "",
    contract_type: str = "",
) -> Practice:
    """A practice of `commissioner` opens on `on`, with the code that ODS gave it (a letter and five digits).

    Raises `NotAllowed`, and `Refused` with a sentence for the user; nothing is written then.
    """
    source = enter(by, commissioner, commissioner, source=source, reason=reason, on=on)
    code, name, postcode = _read(code, name, postcode)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(
                code=code,
                slug=code.lower(),
                name=name,
                kind=Organisation.Kind.PRACTICE,
                postcode=postcode,
                opened_on=on,
                source=source,
            )
    except IntegrityError as exc:
        raise Refused(f"{code} is held already.", "code") from exc
    practice = Practice.objects.create(
        organisation=organisation, commissioner=commissioner, contract_type=contract_type
    )
    tell(by, "open_practice", practice, on, source, reason, code=code)
    return practice


@transaction.atomic
def correct_opening(
    practice: Practice,
    *,
    by: User,
    code: str,
    name: str,
    on: date,
    source: Source | None,
    reason: str,
    postcode: str = "",
    contract_type: str = "",
) -> Practice:
    """What should have been said of a practice that somebody, and no file, recorded as opened.

    What was said, and why it was wrong, stays in the history. Raises `NotAllowed`, and `Refused`.
    """
    organisation = practice.organisation
    source = enter(by, practice.commissioned_by, organisation, source=source, reason=reason, on=on)
    if not is_kept_by_people(organisation):
        raise Refused(f"{organisation.source} says so: a later file keeps it up.")
    code, name, postcode = _read(code, name, postcode, organisation)
    _may_open(practice, on)
    before = {
        "code": organisation.code,
        "name": organisation.name,
        "postcode": organisation.postcode,
        "opened_on": organisation.opened_on,
    }
    now = {"code": code, "name": name, "postcode": postcode, "opened_on": on}
    if now == before and contract_type == practice.contract_type:
        raise Refused("Nothing is different from what is held.")
    if FormerDetail.objects.filter(organisation=organisation, what__in=list(now)).exists():
        raise Refused("Its details changed since it opened: what stood first is not corrected here.")
    said: dict[str, Any] = {what: [before[what], now[what]] for what in now if before[what] != now[what]}
    if contract_type != practice.contract_type:
        said["contract_type"] = [practice.contract_type, contract_type]
        practice.contract_type = contract_type
        practice.save(update_fields=["contract_type"])
    for what, value in now.items():
        setattr(organisation, what, value)
    organisation.slug, organisation.source = code.lower(), source
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as exc:
        raise Refused(f"{code} is held already.", "code") from exc
    tell(by, "correct_opening", practice, on, source, reason, **said)
    return practice


@transaction.atomic
def withdraw_opening(practice: Practice, *, by: User, source: Source | None, reason: str) -> Practice:
    """There never was such a practice: it counts on no day, and its code is free again.

    What was said of it stays readable. Raises `NotAllowed`, and `Refused` where a file says so, where it is
    closed, or where something stands on it.
    """
    organisation, commissioner = practice.organisation, practice.commissioned_by
    allow(by, PERMISSION, commissioner)
    bulk.alone()
    source = enter(by, commissioner, organisation, source=source, reason=reason)
    Practice.every.select_for_update().get(pk=practice.pk)
    if not is_kept_by_people(organisation):
        raise Refused(f"{organisation.source} says so: a later file keeps it up.")
    if organisation.closed_on:
        raise Refused(f"It closed on {written(organisation.closed_on)}. Withdraw first that it closed.")
    if standing := [*_standing_on(organisation), *_standing_on(practice)]:
        stand = "stands" if sum(number for number, _ in standing) == 1 else "stand"
        said_of_them = words(text for _, text in standing)
        raise Refused(
            f"It can’t be withdrawn: {said_of_them} {stand} on it. Where it was a practice and is none any"
            " more, record that it closed."
        )
    code, organisation.code = organisation.code or "", None
    FormerDetail.objects.create(
        organisation=organisation,
        what=FormerDetail.What.CODE,
        value=code,
        until=clock.today(),
        source=source,
        is_withdrawn=True,
    )
    taken = set(Organisation.every.values_list("slug", flat=True))
    organisation.slug, organisation.is_withdrawn = free_slug(f"{code}-withdrawn", taken), True
    organisation.save(update_fields=["code", "slug", "is_withdrawn"])
    said: dict[str, Any] = {"code": code, "opened_on": organisation.opened_on, "source": str(source)}
    record(by, "withdraw_opening", practice, reason, commissioner=commissioner, **said)
    return practice


def _standing_on(row: models.Model) -> list[tuple[int, str]]:
    """How many, also in words, rows of which kind point at the row, without those that no longer stand."""
    found = []
    for relation in relations_to(type(row)):
        model = relation.related_model
        if model is Practice:
            continue
        rows = model._base_manager.filter(**{relation.field.name: row.pk})
        names = {field.name for field in model._meta.get_fields()}
        rows = rows.filter(is_withdrawn=False) if "is_withdrawn" in names else rows
        rows = rows.filter(superseded_by__isnull=True) if "superseded_by" in names else rows
        if number := rows.count():
            names_of_kind = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
            found.append((number, plural(number, *names_of_kind)))
    return found


def _read(code: str, name: str, postcode: str, own: Organisation | None = None) -> tuple[str, str, str]:
    """Code, name and postcode as they are held. Raises `Refused` where one is none, or another's code."""
    code, name = code.strip().upper(), " ".join(name.split())
    if not CODE.fullmatch(code):
        raise Refused("The code of a practice is a letter and five digits, for example E84039.", "code")
    held = Organisation.objects.filter(code=code).first()
    if held and held != own:
        raise Refused(f"{code} is the code of {held}.", "code")
    if not name:
        raise Refused("Enter the name.", "name")
    letters = "".join(postcode.upper().split())
    postcode = f"{letters[:-3]} {letters[-3:]}" if letters else ""
    if postcode and not POSTCODE.fullmatch(postcode):
        raise Refused("Enter a full postcode, for example HA1 3XG, or leave it empty.", "postcode")
    return code, name, postcode


def _may_open(practice: Practice, on: date) -> None:
    closed = practice.organisation.closed_on
    if closed and on >= closed:
        raise Refused(f"It closed on {written(closed)}, which is not after that day.", "on")
    rows = Membership.objects.standing().filter(practice=practice, starts_on__lt=on).order_by("starts_on")
    if first := rows.select_related("pcn__organisation").first():
        raise Refused(f"It is in {first.pcn} from {written(first.starts_on)}, before that day.", "on")
