"""A practice opens; what was said of it when it opened is corrected."""

import re
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from pcnportal.history.models import Source
from pcnportal.people.models import FormerDetail, Organisation, User
from pcnportal.refusals import Refused
from registry.former import is_kept_by_people
from registry.models import Membership, Practice

from .change import enter, tell, written

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
