"""Terms of reference of a body: versions, each replacing the one before."""

from datetime import date

from django.core.files.base import File
from django.db import transaction

from governance.models import Body, Terms
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.models import User
from pcnportal.refusals import Refused

from .bodies import enter
from .files import keep_file


@transaction.atomic
def add_terms(
    body: Body,
    *,
    by: User,
    seen: int,
    number: str,
    text: str = "",
    upload: File | None = None,
    adopted_on: date | None = None,
    review_on: date | None = None,
    source: Source | None = None,
) -> Terms:
    """Add a version, as words or as a file; it replaces the newest that is held, which stays readable.

    Raises `Refused` where it says nothing, where there is that version, or where the file isn't taken.
    """
    own = enter(body, by, seen)
    number = " ".join(number.split())
    if not number:
        raise Refused("Give the version its number.", "number")
    if not text.strip() and upload is None:
        raise Refused("Enter the terms of reference or choose a file.", "text")
    if body.terms.filter(number__iexact=number).exists():
        raise Refused(f"Version {number} is held already.", "number")
    if adopted_on and review_on and review_on <= adopted_on:
        raise Refused(f"Choose a day after {adopted_on:%-d %B %Y}.", "review_on")
    newest = body.terms.filter(superseded_by__isnull=True).first()
    terms = Terms.objects.create(
        body=body,
        number=number,
        text=text,
        adopted_on=adopted_on,
        review_on=review_on,
        supersedes=newest,
        file=keep_file(upload, by=by, commissioner=own) if upload else None,
        source=source,
    )
    record(by, "added terms of reference", body, commissioner=own, terms=terms.pk, version=number)
    return terms
