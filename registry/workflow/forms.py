"""From a new registration to a form that is received: drafts, versions and their differences."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Person, User
from pcnportal.people.naming import forget_unused, person_called
from pcnportal.refusals import Refused
from registry.models import (
    PCN,
    Case,
    Practice,
    Round,
    Status,
    Submission,
    SubmittedDirector,
    SubmittedMember,
)

from .differences import FIELDS
from .move import advance, effect, guard

EDITABLE = (Status.DRAFT, Status.RETURNED, Status.NOT_APPROVED)


@transaction.atomic
def start_case(
    *,
    by: User,
    commissioner: Organisation,
    round: Round,  # noqa: A002
    pcn: PCN | None = None,
    name: str = "",
) -> Case:
    """Start a registration of `pcn`, or of a new PCN called `name`, with an empty first form.

    Raises `Refused` where the PCN already has a registration in this round or the name is taken.
    """
    allow(by, "registry.start_case", commissioner)
    # One at a time: the second of two who start the same registration at once finds the first.
    Organisation.objects.select_for_update().get(pk=commissioner.pk)
    if pcn is None:
        pcn = _new_pcn(name, commissioner)
        record(by, "proposed the PCN", pcn)
    if pcn.commissioner_id != commissioner.pk:
        raise Refused(f"{pcn} belongs to another commissioner.", "pcn")
    if (
        Case.objects.filter(pcn=pcn, round=round, kind=Case.Kind.REGISTRATION)
        .exclude(status=Status.WITHDRAWN)
        .exists()
    ):
        raise Refused(f"{pcn} already has a registration for {round.year}.", "pcn")
    case = Case.objects.create(pcn=pcn, round=round, commissioner=commissioner)
    case.current = Submission.objects.create(case=case, number=1, stated_as_at=round.list_size_on)
    case.save(update_fields=["current"])
    record(by, "started", case)
    return case


def _new_pcn(name: str, commissioner: Organisation) -> PCN:
    name = " ".join(name.split())
    if not any(letter.isalnum() for letter in name):
        raise Refused("Enter the name of the PCN.", "name")
    slug = stem = slugify(name)[:110] or "pcn"
    if any(letter.isalnum() and not slugify(letter) for letter in name):
        # Other names have this address too, since it leaves out the letters that are not Latin.
        number = 1
        while Organisation.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{stem}-{number}"
    if (
        Organisation.objects.filter(slug=slug).exists()
        or Organisation.objects.filter(
            kind=Organisation.Kind.PCN, name__iexact=name, pcn__commissioner=commissioner
        ).exists()
    ):
        raise Refused(f"There is already a PCN called {name}.", "name")
    organisation = Organisation.objects.create(name=name, slug=slug, kind=Organisation.Kind.PCN)
    return PCN.objects.create(organisation=organisation, commissioner=commissioner)


def form_of(case: Case) -> Submission:
    """The form that may be edited now, or the newest one that was received."""
    return case.submissions.filter(is_submitted=False).first() or case.submissions.latest("number")


@transaction.atomic
def edit_form(
    case: Case,
    *,
    by: User,
    seen: int,
    fields: Mapping[str, Any],
    members: Iterable[Mapping[str, Any]],
    directors: Iterable[Mapping[str, Any]],
) -> Submission:
    """Save the form as typed: `members` of code and signed_on, `directors` of name, practice code and share.

    A form that was received stays as it is: the first change after a return starts the next version.
    Raises `Refused` where the stage does not allow it or a code or name stands twice, `Stale` where somebody
    was first.
    """
    allow(by, "registry.submit_case", case.commissioner)
    advance(case, seen)
    if case.status not in EDITABLE:
        raise Refused(f"The form of {case} can't be changed: it is “{case.get_status_display()}”.")
    members, directors = list(members), list(directors)
    _once([m["code"].upper() for m in members], "Practice {} is listed twice.", "members")
    _once([d["name"] for d in directors], "{} is listed twice.", "directors")
    for name in ("received_on", "stated_as_at"):
        if fields.get(name) and fields[name] > clock.today():
            raise Refused("The day can't be in the future.", name)
    form = _open_version(case)
    changed = [name for name in FIELDS if name in fields and getattr(form, name) != fields[name]]
    for name in changed:
        setattr(form, name, fields[name])
    form.save()
    _replace_rows(form, members, directors)
    record(by, "filled in the form", case, form=form.number, fields=changed)
    return form


def _once(values: list[str], sentence: str, field: str) -> None:
    seen = set()
    for value in values:
        same = " ".join(value.split()).casefold()
        if same in seen:
            raise Refused(sentence.format(value), field)
        seen.add(same)


def _open_version(case: Case) -> Submission:
    form = form_of(case)
    if not form.is_submitted:
        return form
    new = Submission(case=case, number=form.number + 1)
    for name in FIELDS:
        setattr(new, name, getattr(form, name))
    new.received_on, new.received_how = None, ""
    new.save()
    return new


def _replace_rows(
    form: Submission, members: list[Mapping[str, Any]], directors: list[Mapping[str, Any]]
) -> None:
    earlier = list(Person.objects.filter(pk__in=form.directors.values("person")))
    form.members.all().delete()
    form.directors.all().delete()
    codes = {m["code"].upper() for m in members} | {(d.get("practice") or "").upper() for d in directors}
    practices = {
        p.organisation.code: p
        for p in Practice.objects.filter(organisation__code__in=codes).select_related("organisation")
    }
    SubmittedMember.objects.bulk_create(
        SubmittedMember(
            submission=form,
            code=m["code"].upper(),
            practice=practices.get(m["code"].upper()),
            signed_on=m.get("signed_on"),
        )
        for m in members
    )
    for director in directors:
        practice = practices.get((director.get("practice") or "").upper())
        SubmittedDirector.objects.create(
            submission=form,
            person=person_called(director["name"], practice.organisation if practice else None),
            practice=practice,
            share=director.get("share"),
        )
    forget_unused(earlier)


def _form_being_filled_in(case: Case) -> str:
    form = form_of(case)
    if form.is_submitted:
        return "Change the form first: the last version was received already."
    if not form.members.exists():
        return "The form names no practice yet."
    if form.received_on is None:
        return "Say when the form was received."
    return ""


guard("submit")(_form_being_filled_in)


@effect("submit")
def _submit(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    form = form_of(case)
    form.is_submitted = True
    form.save(update_fields=["is_submitted"])
    case.documents.filter(submission__isnull=True).update(submission=form)
    case.current = form
    case.review_wanted_because = ""
    case.save(update_fields=["current", "review_wanted_because"])
    return {"form": form.number}


@guard("return_form")
def _something_to_return(case: Case) -> str:
    return "" if case.current_id else "There is no form to return."


@effect("return_form")
def _return_form(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("Say what the PCN has to change or add.", "reason")
    return {"form": case.current.number if case.current else None}
