"""From a new registration to a form that is received: drafts, versions and their differences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User
from pcnportal.people.naming import person_called
from pcnportal.refusals import Refused
from registry.models import (
    PCN,
    Case,
    Commissioner,
    PCNPeriod,
    Practice,
    Round,
    Status,
    Submission,
    SubmittedDirector,
    SubmittedMember,
)

from .move import advance, effect, guard
from .periods import begin

FIELDS = (
    "received_on",
    "received_precision",
    "received_how",
    "stated_list_size",
    "stated_as_at",
    "payee",
    "source",
)
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
    if not name:
        raise Refused("Enter the name of the PCN.", "name")
    slug = slugify(name)[:120]
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
    form = _open_version(case)
    changed = [name for name in FIELDS if name in fields and getattr(form, name) != fields[name]]
    for name in changed:
        setattr(form, name, fields[name])
    form.save()
    _replace_rows(form, members, directors)
    record(by, "filled in the form", case, form=form.number, fields=changed)
    return form


def _once(values: list[str], sentence: str, field: str) -> None:
    for value in values:
        if values.count(value) > 1:
            raise Refused(sentence.format(value), field)


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


@guard("member_withdraws")
def _somebody_left_to_withdraw(case: Case) -> str:
    left = SubmittedMember.objects.filter(submission=case.current_id, has_withdrawn=False)
    return "" if left.exists() else "No member is left on this form."


@effect("member_withdraws")
def _member_withdraws(
    case: Case, *, by: User, reason: str, practice: Practice, withdrew_on: date | None = None
) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("Say why the practice withdrew, and how you know.", "reason")
    gone = SubmittedMember.objects.filter(
        submission=case.current_id, practice=practice, has_withdrawn=False
    ).update(has_withdrawn=True, withdrew_on=withdrew_on, withdrew_because=reason)
    if not gone:
        raise Refused(f"{practice} is not a member on this form.", "practice")
    decided = (Status.APPROVED, Status.ENDORSED, Status.CONFIRMED)
    if case.status in decided:
        case.review_wanted_because = f"{practice} withdrew after the approval and is no longer placed."
        case.save(update_fields=["review_wanted_because"])
    return {"practice": practice.pk}


@effect("withdraw")
def _withdraw(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("Say why the registration is withdrawn.", "reason")
    begin(case, PCNPeriod.Status.PROPOSED, clock.today())
    return {}


@dataclass(frozen=True)
class Difference:
    """One thing that two versions of the form say differently, in words."""

    what: str
    before: str
    after: str


def differences(earlier: Submission, later: Submission) -> list[Difference]:
    """What `later` says differently from `earlier`, in the order of the form."""
    found = []
    for name in FIELDS:
        old, new = (_shown(form, name) for form in (earlier, later))
        if old != new:
            label = str(getattr(Submission._meta.get_field(name), "verbose_name", name))
            found.append(Difference(label[0].upper() + label[1:], old, new))
    for what, rows in (("Member", _members), ("Clinical director", _directors)):
        old_rows, new_rows = rows(earlier), rows(later)
        for key in sorted(old_rows.keys() | new_rows.keys()):
            if old_rows.get(key) != new_rows.get(key):
                found.append(Difference(what, old_rows.get(key, "not named"), new_rows.get(key, "not named")))
    return found


def _shown(form: Submission, name: str) -> str:
    value = getattr(form, name)
    if value in (None, ""):
        return "not held"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(form.get_received_precision_display() if name == "received_precision" else value)


def _members(form: Submission) -> dict[str, str]:
    rows = form.members.select_related("practice__organisation")
    return {
        m.code: f"{m}, {f'signed {m.signed_on:%-d %B %Y}' if m.signed_on else 'signature not held'}"
        for m in rows
    }


def _directors(form: Submission) -> dict[str, str]:
    rows = form.directors.select_related("person", "practice__organisation")
    return {
        d.person.name: f"{d.person}, {d.practice or 'practice not held'}, "
        f"{f'{d.share.normalize():f} %' if d.share else 'share not held'}"
        for d in rows
    }


def commissioner_of(case: Case) -> Commissioner | None:
    """The commissioner's own settings: who decides for it."""
    return (
        Commissioner.objects.select_related("deciding_body", "endorsing_body", "region")
        .filter(organisation=case.commissioner_id)
        .first()
    )
