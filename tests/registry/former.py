"""Rows of what stood before."""

from datetime import date

from pcnportal.people.models import FormerDetail
from registry.models import PCN, Practice


def former_name(pcn: PCN | Practice) -> FormerDetail:
    """A name that it had until somebody recorded another."""
    held: FormerDetail = FormerDetail.objects.get_or_create(
        organisation=pcn.organisation, what="name", until=date(2019, 8, 1), defaults={"value": f"Once {pcn}"}
    )[0]
    return held
