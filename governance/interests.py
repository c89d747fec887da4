"""How long an interest is published and kept, what is late, and what of an entry a reader may see.

Source of the periods: NHS England's statutory guidance for CCGs, Managing conflicts of interest (June 2017),
as CCGs give it in their registers: declared within 28 days, published for six months after the interest
ended, kept for six years.
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q

from governance.models import Interest
from pcnportal.people.models import User

DECLARE_WITHIN = timedelta(days=28)
PUBLISHED_FOR = relativedelta(months=6)
KEPT_FOR = relativedelta(years=6)
ANYBODY, KEPT = "governance.view_interest", "governance.read_kept_interest"


def is_late(interest: Interest) -> bool | None:
    """Whether it was declared more than 28 days after it began; None where one of the days is not held."""
    if interest.declared_on is None or interest.starts_on is None:
        return None
    return interest.declared_on - interest.starts_on > DECLARE_WITHIN


LATE = Q(declared_on__gt=F("starts_on") + DECLARE_WITHIN)
ON_TIME = Q(declared_on__lte=F("starts_on") + DECLARE_WITHIN)


def until(ends_on: date, period: relativedelta) -> date:
    """The first day after `period` has passed; where the month has no such day, the first of the next."""
    day = ends_on + period
    return day + timedelta(days=1) if day.day < ends_on.day else day


def standing() -> Q:
    """Entries that nobody took back and no later one corrects."""
    return Q(withdrawn_on__isnull=True, superseded_by__isnull=True)


def in_force(day: date) -> Q:
    """Standing entries of interests that are held on `day`; one whose start is not held counts."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    return standing() & begun & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def published(day: date) -> Q:
    """Standing entries until six months after the interest ended."""
    return standing() & (Q(ends_on__isnull=True) | Q(ends_on__gt=day - PUBLISHED_FOR))


def is_published(interest: Interest, day: date) -> bool:
    if interest.withdrawn_on or hasattr(interest, "superseded_by"):
        return False
    return interest.ends_on is None or day < until(interest.ends_on, PUBLISHED_FOR)


def to_forget(day: date) -> Q:
    """Entries whose six years are over: of the interest since it ended, of one taken back since then."""
    limit = day - KEPT_FOR
    return Q(withdrawn_on__isnull=True, ends_on__lte=limit) | Q(withdrawn_on__lte=limit)


def readable_to(user: User, day: date) -> Q:
    """What `user` reads of the register: what is published, their own, all where their role says so."""
    own = Q(commissioner__in=user.scope(ANYBODY)) & published(day)
    kept = Q(commissioner__in=user.scope(KEPT))
    mine = Q(person=user.person_id) if user.person_id else Q(pk__in=[])
    return own | kept | mine


def may_read_nature(user: User, interest: Interest) -> bool:
    """Whether `user` reads what the interest is and as what it is held: of an indirect one not published."""
    if interest.kind != Interest.Kind.INDIRECT:
        return True
    is_own = user.person_id is not None and user.person_id == interest.person_id
    return is_own or user.can(KEPT, interest.commissioner_id)


def chain_of(interest: Interest) -> list[Interest]:
    """The entries that it corrected, one after another, the newest first."""
    found: list[Interest] = []
    earlier = interest.supersedes
    while earlier:
        found.append(earlier)
        earlier = earlier.supersedes
    return found


def late_in_words(interest: Interest) -> str:
    return {True: "Late", False: "In time", None: "not known"}[is_late(interest)]


def stage_of(interest: Interest, day: date) -> str:
    """How an entry stands on `day`, in a word."""
    if interest.withdrawn_on:
        return "Withdrawn"
    if hasattr(interest, "superseded_by"):
        return "Replaced"
    if interest.ends_on and interest.ends_on <= day:
        return "Ended" if is_published(interest, day) else "No longer published"
    if interest.starts_on and interest.starts_on > day:
        return "To come"
    return "In force"
