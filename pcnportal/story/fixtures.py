"""The reference data of the demo, in the order in which one needs the other."""

from django.core.management import call_command

from pcnportal.people.models import Organisation, User

FIXTURES = (
    "sources",
    "organisations",
    "bodies",
    "harrow_boards",
    "harrow_practices",
    "harrow_list_sizes",
    "harrow_pcns",
    "harrow_people",
    "havering_practices",
    "havering_list_sizes",
    "havering_pcns",
    "havering_people",
    "neighbours",
    "successions",
    "rounds",
    "checklists",
    "statements",
    "funding_sources",
    "funding_years",
    "funding_published",
    "funding_budgets",
)


def load() -> None:
    """Load every fixture; loading again changes nothing."""
    call_command("loaddata", *FIXTURES, verbosity=0)


def has_data() -> bool:
    """Whether the database holds anything that a demo would mix with."""
    return Organisation.objects.exists() or User.objects.exists()
