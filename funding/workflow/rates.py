"""Rates: entered by finance, confirmed by another person of each commissioner, replaced or withdrawn."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from funding.models import FinancialYear, Payment, Rate, RateConfirmation, Term
from funding.rates import has_successor, paying, predecessors
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import NotAllowed, Refused

PERMISSIONS = {
    "add_rate": "funding.change_rate",
    "replace_rate": "funding.change_rate",
    "confirm_rate": "funding.confirm_rate",
    "withdraw_rate": "funding.change_rate",
}
WITHDRAWN = "It is withdrawn."
FACTS = ("per", "pounds", "percent", "posts", "more_posts", "more_above", "page", "note")


@transaction.atomic
def add_rate(year: FinancialYear, payment: Payment, *, by: User, source: Source | None, **facts: Any) -> Rate:
    """Enter a rate of a payment in a year. It pays nothing until another person confirms it.

    `facts` are those of FACTS, with `starts_on` and `ends_on` where they differ from the payment’s period.
    Raises `Refused` where a rate for the same is held for these days: that one is replaced instead.
    """
    allow(by, PERMISSIONS["add_rate"], None)
    if source is None:
        raise Refused("Say where you read it.", "source_title")
    period = {"starts_on": year.starts_on, "ends_on": year.ends_on, "source": source}
    Term.objects.get_or_create(year=year, payment=payment, defaults=period)
    term = (
        Term.objects.select_for_update(of=["self"])
        .select_related("payment", "year")
        .get(year=year, payment=payment)
    )
    starts_on = facts.pop("starts_on", None) or term.starts_on
    ends_on = facts.pop("ends_on", None) or term.ends_on
    if not term.starts_on <= starts_on < term.ends_on:
        raise Refused(_within(term), "starts_on")
    if not starts_on < ends_on <= term.ends_on:
        raise Refused(_within(term), "ends_on")
    if starts_on.day != 1 or ends_on.day != 1:
        raise Refused(
            "A rate is for whole months: from the first of one until the first of another.", "starts_on"
        )
    found = _made(term, facts, source, starts_on=starts_on, ends_on=ends_on)
    for other in term.rates.filter(~has_successor(), is_withdrawn=False, per=found.per, at_most=False):
        if other.starts_on < ends_on and starts_on < other.ends_on:
            raise Refused(f"{other.in_words} is held for these days. Replace it if it is wrong.", "per")
    return _save(found, by, "added a rate", "")


@transaction.atomic
def replace_rate(rate: Rate, *, by: User, source: Source | None, reason: str, **facts: Any) -> Rate:
    """Enter the successor of a rate, for the same days. The old one pays until the new one is confirmed."""
    allow(by, PERMISSIONS["replace_rate"], None)
    held = Rate.objects.select_for_update(of=["self"]).select_related("term__payment").get(pk=rate.pk)
    if held.is_withdrawn:
        raise Refused(WITHDRAWN)
    if newer := held.superseded_by.filter(is_withdrawn=False).first():
        raise Refused(f"It has a successor already: {newer.in_words}. Replace that one.")
    if not reason.strip():
        raise Refused("Say why it is replaced.", "reason")
    if held.at_most:
        facts |= {"at_most": True, "role": held.role}
    found = _made(held.term, facts, source, starts_on=held.starts_on, ends_on=held.ends_on, supersedes=held)
    if all(getattr(found, name) == getattr(held, name) for name in FACTS[:6]):
        raise Refused("Nothing differs from the rate that is held.", "pounds")
    return _save(found, by, "replaced a rate", reason, replaced=held.pk)


@transaction.atomic
def confirm_rate(rate: Rate, *, by: User, commissioner: Organisation, reason: str) -> RateConfirmation:
    """Vouch for a rate: from now on it pays the commissioner’s PCNs.

    Raises `Refused` where it can’t pay at all, where `by` entered it, or where another pays for the same.
    """
    allow(by, PERMISSIONS["confirm_rate"], commissioner)
    held = Rate.objects.select_for_update(of=["self"]).select_related("term__payment").get(pk=rate.pk)
    if sentence := why_not_confirm(held, by, commissioner):
        raise Refused(sentence)
    if not reason.strip():
        raise Refused("Say how you know that the rate is right.", "reason")
    made = RateConfirmation.objects.create(
        rate=held, commissioner=commissioner, by=by, on=clock.today(), reason=reason
    )
    record(by, "confirmed a rate", held, reason, commissioner=commissioner)
    return made


@transaction.atomic
def withdraw_rate(rate: Rate, *, by: User, reason: str) -> None:
    """Take back a rate that a person entered by mistake. It stays readable, and what it replaced stands.

    Raises `Refused` where somebody has confirmed it, so that it may have paid: that one is replaced.
    """
    allow(by, PERMISSIONS["withdraw_rate"], None)
    held = Rate.objects.select_for_update(of=["self"]).select_related("term__payment").get(pk=rate.pk)
    if sentence := why_not_withdraw(held):
        raise Refused(sentence)
    if not reason.strip():
        raise Refused("Say why it is withdrawn.", "reason")
    held.is_withdrawn = True
    held.save(update_fields=["is_withdrawn"])
    _record(held, by, "withdrew a rate", reason.strip())


def why_not_withdraw(rate: Rate) -> str:
    """The sentence that says why the rate can’t be withdrawn; "" where it can."""
    if rate.is_withdrawn:
        return WITHDRAWN
    if rate.entered_by_id is None:
        return "It came with the portal’s own data and its source. Replace it if it is wrong."
    if newer := rate.superseded_by.filter(is_withdrawn=False).first():
        return f"It has a successor: {newer.in_words}. Withdraw that one first if it is wrong too."
    if one := rate.confirmations.select_related("commissioner").first():
        return f"{one.commissioner} has confirmed it, so it may have paid. Replace it if it is wrong."
    return ""


def why_not_confirm(rate: Rate, user: User, commissioner: Organisation) -> str:
    """The sentence that says why `user` may not confirm the rate for the commissioner; "" where they may."""
    if rate.is_withdrawn:
        return WITHDRAWN
    if rate.confidence == Rate.Confidence.HIGH:
        return "It is vouched for: it needs no confirmation."
    if rate.per == Rate.Per.NOT_HELD:
        return "Which list it uses is not held, so it can’t be confirmed. Replace it by one that says which."
    if rate.at_most:
        return "It is a maximum and pays nothing by itself, so there is nothing to confirm."
    if rate.entered_by_id == user.pk:
        return "You entered this rate, so another person confirms it."
    others = list(rate.term.rates.exclude(pk=rate.pk))
    confirmed = set(
        RateConfirmation.objects.filter(rate__term=rate.term_id, commissioner=commissioner).values_list(
            "rate", flat=True
        )
    )
    if rate.pk in confirmed:
        return f"{commissioner} has confirmed it already."
    replaced = {before.pk for before in predecessors(rate, {other.pk: other for other in others})}
    for other in paying(others, confirmed):
        overlap = other.starts_on < rate.ends_on and rate.starts_on < other.ends_on
        if other.pk not in replaced and overlap and (other.per == rate.per or rate.pk in _before(other)):
            return f"{other.in_words} pays for the same days already."
    return ""


def _before(rate: Rate) -> set[int]:
    found, before = set(), rate.supersedes
    while before:
        found.add(before.pk)
        before = before.supersedes
    return found


def _within(term: Term) -> str:
    return (
        f"Choose days from {term.starts_on:%-d %B %Y} until {term.ends_on:%-d %B %Y}, the payment’s period."
    )


def _made(term: Term, facts: dict[str, Any], source: Source | None, **more: Any) -> Rate:
    if facts.get("per") not in set(Rate.Per.values) - {Rate.Per.NOT_HELD}:
        raise Refused("Choose what it is counted by.", "per")
    pounds = facts.get("pounds")
    if not isinstance(pounds, Decimal) or pounds <= 0:
        raise Refused("Enter an amount above nothing.", "pounds")
    if source is None:
        raise Refused("Say where you read it.", "source_title")
    is_post = facts["per"] == Rate.Per.POST
    if is_post != term.payment.is_staff and not facts.get("at_most"):
        raise Refused("A reimbursement of staff is for a post; other payments are not.", "per")
    for name, sentence in (
        ("percent", "Enter which part of the cost is reimbursed."),
        ("posts", "Enter how many posts a PCN may have."),
    ):
        if is_post and facts.get(name) is None and not facts.get("at_most"):
            raise Refused(sentence, name)
        if not is_post:
            facts[name] = None
    if bool(facts.get("more_posts")) != bool(facts.get("more_above")):
        raise Refused(
            "Enter both: how many posts a large PCN may have, and above how many patients.", "more_posts"
        )
    return Rate(term=term, source=source, confidence=Rate.Confidence.MEDIUM, **facts, **more)


def _save(rate: Rate, by: User, verb: str, reason: str, **changes: Any) -> Rate:
    rate.entered_by = by
    rate.save()
    _record(rate, by, verb, reason, **changes)
    return rate


def _record(rate: Rate, by: User, verb: str, reason: str, **changes: Any) -> None:
    own = next(
        (
            role.organisation
            for role in by.roles_in_force
            if by.can(PERMISSIONS["add_rate"], role.organisation)
        ),
        None,
    )
    if own is None:
        raise NotAllowed("Your role does not allow this.")
    record(by, verb, rate, reason, commissioner=own, pounds=rate.in_pounds, per=rate.per, **changes)
