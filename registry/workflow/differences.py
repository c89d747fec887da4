"""What two versions of a form say differently."""

from dataclasses import dataclass
from datetime import date

from registry.models import Submission

FIELDS = (
    "received_on",
    "received_precision",
    "received_how",
    "stated_list_size",
    "stated_as_at",
    "payee",
    "source",
)


@dataclass(frozen=True)
class Difference:
    """One thing that two versions of the form say differently, in words."""

    what: str
    before: str
    after: str


def differences(earlier: Submission, later: Submission) -> list[Difference]:
    """What `later` says differently from `earlier`, in the order of the form.

    Who compares many versions prefetches their members and directors.
    """
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
        return "the form itself" if name == "source" else "not held"
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(form.get_received_precision_display() if name == "received_precision" else value)


def _members(form: Submission) -> dict[str, str]:
    return {
        m.code: f"{m}, {f'signed {m.signed_on:%-d %B %Y}' if m.signed_on else 'signature not held'}"
        for m in form.members.all()
    }


def _directors(form: Submission) -> dict[str, str]:
    return {
        d.person.name: f"{d.person}, {d.practice or 'practice not held'}, "
        f"{f'{d.share.normalize():f} %' if d.share else 'share not held'}"
        for d in form.directors.all()
    }
