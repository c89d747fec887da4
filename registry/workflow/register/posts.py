"""Who leads a PCN, and who receives its money."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User
from pcnportal.people.naming import person_called, spell
from pcnportal.refusals import Refused
from registry.models import PCN, ClinicalDirector, Membership, NominatedPayee, Practice

from .change import end, enter, is_open, tell, written
from .members import not_closed


@transaction.atomic
def appoint_director(
    pcn: PCN,
    *,
    by: User,
    name: str,
    on: date,
    source: Source | None,
    reason: str,
    practice: Practice | None = None,
    share: Decimal | None = None,
) -> ClinicalDirector:
    """Somebody is clinical director of the PCN from `on`, with a share of the post in % where it is held.

    A director comes from a member practice (Network Contract DES 2019/20), where the practice is held.
    """
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason, on=on)
    not_closed(pcn, on)
    if not name.strip():
        raise Refused("Enter the name.", "name")
    if practice and not Membership.objects.on(on).filter(practice=practice, pcn=pcn).exists():
        raise Refused(f"{practice} is not a member of {pcn} on {written(on)}.", "practice")
    in_post = list(
        ClinicalDirector.objects.standing()
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), pcn=pcn)
        .select_related("person")
    )
    if any(held.person.name.casefold() == " ".join(name.split()).casefold() for held in in_post):
        raise Refused(f"{name} holds the post already.", "name")
    if share is not None and share + sum((held.share or 0 for held in in_post), Decimal(0)) > 100:
        raise Refused("The shares of the post would add up to more than 100 %.", "share")
    person = person_called(name, practice.organisation if practice else None)
    # Whose rows were all withdrawn was perhaps never so written.
    if person.source is None and not ClinicalDirector.objects.standing().filter(person=person).exists():
        spell(person, name)
    director = ClinicalDirector.objects.create(
        pcn=pcn,
        person=person,
        practice=practice,
        share=share,
        starts_on=on,
        source=source,
    )
    tell(by, "appoint_director", pcn, on, source, reason, director=director.pk)
    return director


@transaction.atomic
def end_director(
    director: ClinicalDirector, *, by: User, on: date, source: Source | None, reason: str
) -> ClinicalDirector:
    """The person is clinical director until `on`."""
    pcn = director.pcn
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason, on=on)
    director = ClinicalDirector.objects.select_related("source", "person").get(pk=director.pk)
    if hasattr(director, "superseded_by"):
        raise Refused("This row was corrected by another one.")
    if director.ends_on and director.ends_on <= on:
        raise Refused(f"{director} held the post until {written(director.ends_on)}.", "on")
    if director.starts_on and director.starts_on >= on:
        raise Refused(f"{director} holds the post from {written(director.starts_on)}.", "on")
    end(director, on, source)
    tell(by, "end_director", pcn, on, source, reason, director=director.pk)
    return director


@transaction.atomic
def change_payee(
    pcn: PCN, *, by: User, payee: Organisation, on: date, source: Source | None, reason: str
) -> NominatedPayee:
    """One practice or provider receives the PCN's money from `on`; the one before does until then."""
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason, on=on)
    not_closed(pcn, on)
    is_open(payee, on, "payee")
    rows = NominatedPayee.objects.standing().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), pcn=pcn)
    for held in rows.select_related("organisation", "source"):
        if held.starts_on and held.starts_on >= on:
            raise Refused(f"{held} is payee from {written(held.starts_on)}. Choose a later day.", "on")
        if held.organisation_id == payee.pk:
            raise Refused(f"{payee} is payee already.", "payee")
        end(held, on, source)
    made = NominatedPayee.objects.create(pcn=pcn, organisation=payee, starts_on=on, source=source)
    tell(by, "change_payee", pcn, on, source, reason, payee=str(payee))
    return made
