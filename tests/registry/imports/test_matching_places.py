"""PCNs that are held by a short name, and that ODS names with the place of their commissioner."""

import pytest

from pcnportal.people.models import Organisation, Succession
from registry.models import PCNMatch
from tests import factories as make
from tests.harrow import Harrow
from tests.registry.imports.files import epcn, rows
from tests.registry.imports.importing import february

pytestmark = pytest.mark.django_db
BARKING = {
    "U92874": "BARKING & DAGENHAM NORTH WEST PCN",
    "U55387": "BARKING & DAGENHAM NORTH PCN",
    "U94747": "NEWHAM NORTH WEST 2 PCN",
}


@pytest.mark.parametrize("succeeds", [True, False])
def test_a_pcn_that_a_merged_commissioner_names_with_the_place_is_proposed_and_not_doubled(harrow, succeeds):
    of_barking(harrow, ("North West PCN", "North PCN"), succeeds=succeeds)
    february(barking(BARKING))
    proposed = set(PCNMatch.objects.values_list("pcn__organisation__name", "code"))
    assert proposed == {("North West PCN", "U92874"), ("North PCN", "U55387")}
    assert not Organisation.objects.filter(code__in=("U92874", "U55387")).exists()
    assert Organisation.objects.filter(code="U94747").exists()


def test_of_several_that_it_may_be_a_person_chooses_and_none_is_made_meanwhile(harrow):
    of_barking(harrow, ("West PCN",))
    rows = {"U26744": "BARKING & DAGENHAM NEW WEST PCN", "U92874": BARKING["U92874"]}
    february(barking(rows | {"U94747": "NEWHAM WEST PCN"}))
    assert set(PCNMatch.objects.values_list("code", flat=True)) == set(rows)
    assert not Organisation.objects.filter(code__in=rows).exists()


def of_barking(harrow: Harrow, names: tuple[str, ...], *, succeeds: bool = True) -> None:
    before = make.OrganisationFactory.create(name="NHS Barking and Dagenham CCG", code="07L")
    after = make.OrganisationFactory.create(name="NHS North East London CCG", code="A3A8R")
    if succeeds:
        Succession.objects.create(predecessor=before, successor=after, kind="succeeded")
    for name in names:
        make.PCNFactory.create(name=name, commissioner=before)


def barking(names: dict[str, str]) -> bytes:
    """An ePCN with these PCNs of the merged commissioner, each with a member that is not held."""
    found, placed = rows("epcn_2022_pcns.csv"), rows("epcn_2022_members.csv")
    of = ["A3A8R", "NHS NORTH EAST LONDON CCG"]
    pcns = [[code, name, *of, "20191001", "", *found[0][6:]] for code, name in names.items()]
    members = [
        [f"F8200{at}", f"PRACTICE {at}", *of, code, *of, "20191001", ""] for at, code in enumerate(names)
    ]
    return epcn("2022", pcns=found + pcns, members=placed + members)
