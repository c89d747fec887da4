"""A register of any size, made up: plausible practices, PCNs and list sizes. The same ones each time."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Role, User
from pcnportal.people.roles import RoleName
from registry.models import PCN, ListSize, Membership, PCNPeriod, Practice

from .bulk import analyse, load
from .serving import OFFICER, PASSWORD

SOURCE, FIRST = 1, 1000  # ids; the organisations begin at FIRST
STARTED, COUNTED = date(2019, 7, 1), (date(2021, 1, 1), date(2021, 6, 1))

FRONT = "Ash Beech Brook Castle Chapel Church Elm Forest Green Hill King Long Manor Marsh Mill New".split()
FRONT += "North Oak Old Park Queen Red River Rose Sand Silver South Spring Stone West White Wood".split()
BACK = (
    "borough bourne bridge brook bury combe cote dale field ford gate ham hurst land leigh ley mere".split()
)
BACK += "minster mouth port shaw side stead stoke ton vale wall water well wick worth".split()
KINDS = ["Surgery", "Medical Centre", "Health Centre", "Family Practice", "Group Practice", "Practice"]
AREAS = "AL B BA BD CB DE EX GL HA HX IG LE LS ME NE NG OX PE RM SA TN WF".split()


@dataclass(frozen=True)
class Size:
    """How many there are of each kind in a register of that many practices, in England's proportions."""

    practices: int
    pcns: int = field(init=False)
    commissioners: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pcns", max(1, round(self.practices / 5.3)))
        object.__setattr__(self, "commissioners", max(1, self.practices // 35))

    def commissioner(self, number: int, of: int) -> int:
        """The id of the commissioner of one of the `of` practices or PCNs, in their order."""
        return FIRST + number * self.commissioners // of

    def pcn(self, number: int) -> int:
        return FIRST + self.commissioners + number * self.pcns // self.practices

    def practice(self, number: int) -> int:
        return FIRST + self.commissioners + self.pcns + number


def named(chance: random.Random) -> str:
    """Honeypot Medical Centre, Dr Smith's; a hundred thousand of them and more."""
    place = chance.choice(FRONT) + chance.choice(BACK)
    kind = chance.choice(KINDS)
    match chance.randrange(10):
        case 0:
            return f"The {place} {kind}"
        case 1:
            return f"St. {chance.choice(FRONT)}'s {kind}, {place}"
        case 2:
            return f"Dr {place} & Partners"
        case 3:
            return f"{place} {chance.choice(FRONT)} Road {kind}"
    return f"{place} {kind}"


def code(number: int) -> str:
    """A letter and five digits, as ODS gives to practices."""
    return f"{chr(ord('A') + number // 100_000 % 26)}{number % 100_000:05}"


def postcode(chance: random.Random) -> str:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    end = chance.choice(letters) + chance.choice(letters)
    return f"{chance.choice(AREAS)}{chance.randrange(1, 20)} {chance.randrange(1, 10)}{end}"


ORGANISATION = ("id", "code", "slug", "name", "kind", "postcode", "opened_on", "closed_on", "source_id")


def organisations(size: Size) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(1)
    kinds = Organisation.Kind
    for number in range(size.commissioners):
        name = f"NHS {chance.choice(FRONT)}{chance.choice(BACK)} CCG {number}"
        yield (
            FIRST + number,
            f"Q{number:06}",
            f"ccg-{number}",
            name,
            kinds.COMMISSIONER,
            "",
            None,
            None,
            SOURCE,
        )
    for number in range(size.pcns):
        key, name = FIRST + size.commissioners + number, f"{chance.choice(FRONT)}{chance.choice(BACK)} PCN"
        yield (key, f"U{number:06}", f"pcn-{number}", name, kinds.PCN, "", STARTED, None, SOURCE)
    for number in range(size.practices):
        opened = date(1974 + number % 40, 4, 1)
        closed = date(2020, 4, 1) if number % 50 == 49 else None
        key, ods = size.practice(number), code(number)
        yield (key, ods, ods.lower(), named(chance), kinds.PRACTICE, postcode(chance), opened, closed, SOURCE)


def list_sizes(size: Size) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(2)
    for number in range(size.practices):
        patients = chance.randrange(1500, 18000)
        for months, day in enumerate(COUNTED):
            yield (size.practice(number), ListSize.Kind.REGISTERED, day, patients + 31 * months, SOURCE)


def fill(practices: int) -> None:
    """Write the register and one user, who is officer and administrator of its first commissioner."""
    size = Size(practices)
    every = range(practices)
    contracts = Practice.Contract.values
    with transaction.atomic():
        Source.objects.create(pk=SOURCE, slug="bench", kind=Source.Kind.FILE, title="Made up for the bench")
        load(Organisation, ORGANISATION, organisations(size))
        load(
            Practice,
            ("organisation_id", "commissioner_id", "contract_type"),
            ((size.practice(n), size.commissioner(n, practices), contracts[n % 3]) for n in every),
        )
        pcns = [FIRST + size.commissioners + number for number in range(size.pcns)]
        load(
            PCN,
            ("organisation_id", "commissioner_id"),
            ((pcn, size.commissioner(number, size.pcns)) for number, pcn in enumerate(pcns)),
        )
        dated = ("starts_on", "ends_on", "source_id")
        load(
            PCNPeriod,
            ("pcn_id", "status", *dated),
            ((pcn, PCNPeriod.Status.LIVE, STARTED, None, SOURCE) for pcn in pcns),
        )
        load(
            Membership,
            ("practice_id", "pcn_id", *dated),
            ((size.practice(n), size.pcn(n), STARTED, None, SOURCE) for n in every),
        )
        load(ListSize, ("organisation_id", "kind", "as_at", "patients", "source_id"), list_sizes(size))
        user = User.objects.create(
            email=OFFICER, name="Officer of the bench", password=make_password(PASSWORD)
        )
        for role in (RoleName.OFFICER, RoleName.ADMIN):
            Role.objects.create(
                user=user,
                organisation_id=FIRST,
                role=role,
                starts_on=timezone.localdate().replace(month=1, day=1),
            )
    analyse()
