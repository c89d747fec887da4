"""Names that are easily taken for each other, and practices in another commissioner's district."""

from datetime import date
from itertools import combinations

import pytest

from registry.findings.names import alike
from registry.findings.places import district
from tests.findings.making import commissioner, doubts, pcn, practice, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Streatfield Health Centre", "Streatfield Medical Centre"),
        ("The Enterprise Practice", "Enterprise Surgery"),
        ("Kenton Bridge Medical Centre", "KENTON BRIDGE MEDICAL CENTER"),
        ("Honeypot Medical Centre", "Honneypot Medical Centre"),
    ],
)
def test_names_that_are_nearly_the_same(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pinner Road Surgery", "Pinner View Medical Centre"),
        ("Headstone Road Surgery", "Headstone Lane Medical Centre"),
        ("North PCN", "South PCN"),
        ("The Surgery", "Medical Centre"),
        ("Halliwell Surgery 1", "Halliwell Surgery 2"),
        ("St James Medical Practice1", "St James Medical Practice2"),
        ("North Norfolk PCN", "South Norfolk PCN"),
        ("Barking & Dagenham West PCN", "Barking & Dagenham New West PCN"),
        ("Dr V M Patel", "Dr P Patel"),
    ],
)
def test_names_that_differ(one, other):
    assert not alike(one, other)


class TestNearIdenticalNames:
    RULE = "near-identical-names"

    def test_two_practices_of_a_commissioner_are_doubted_once(self, harrow):
        practice("Streatfield Medical Centre", "E84646", of=harrow.ccg)
        practice("Streatfield Health Centre", "E84018", of=harrow.ccg)
        assert said(self.RULE) == [
            (
                "Streatfield Health Centre",
                "Streatfield Health Centre (E84018)",
                "Streatfield Medical Centre (E84646)",
            )
        ]

    def test_those_of_two_commissioners_are_not(self, harrow):
        practice("Streatfield Medical Centre", of=harrow.ccg)
        practice("Streatfield Health Centre", of=harrow.havering)
        assert said(self.RULE) == []

    def test_one_that_has_closed_is_no_longer_taken_for_another(self, harrow):
        practice("Streatfield Medical Centre", of=harrow.ccg)
        practice("Streatfield Health Centre", of=harrow.ccg, closed_on=date(2019, 1, 1))
        assert said(self.RULE) == []

    def test_pcns_are_compared_too(self, harrow):
        pcn("Harrow East PCN", of=harrow.ccg)
        pcn("Harrow East Primary Care Network", of=harrow.ccg)
        assert [doubt.difference for doubt in doubts(self.RULE)] == ["Nearly the same name"]


@pytest.mark.parametrize(
    ("postcode", "part"), [("HA8 5QL", "HA8"), ("ha85ql", "HA8"), ("RM14 1AB", "RM14"), ("", "")]
)
def test_the_district_of_a_postcode(postcode, part):
    assert district(postcode) == part


class TestPostcodeOutside:
    RULE = "postcode-outside"

    @pytest.fixture
    def barnet(self, db):
        made = commissioner("07M", "NHS Barnet CCG")
        for number in range(3):
            practice(f"Barnet Surgery {number}", of=made, postcode=f"HA8 {number}AA")
        return made

    def settled(self, harrow):
        practice("Civic Medical Centre", of=harrow.ccg, postcode="HA1 1SE")

    def test_the_only_one_of_its_commissioner_in_anothers_district_is_doubted(self, harrow, barnet):
        self.settled(harrow)
        practice("Mollison Way Surgery", of=harrow.ccg, postcode="HA8 5QL")
        assert said(self.RULE) == [
            (
                "Mollison Way Surgery",
                "Postcode HA8 5QL",
                "None of its commissioner’s other practices is in HA8; some of NHS Barnet CCG are",
            )
        ]

    def test_two_of_them_are_at_home_there(self, harrow, barnet):
        self.settled(harrow)
        for name in ("Mollison Way Surgery", "Bacon Lane Surgery"):
            practice(name, of=harrow.ccg, postcode="HA8 5QL")
        assert said(self.RULE) == []

    def test_a_district_that_nobody_else_has_is_ones_own(self, harrow, barnet):
        self.settled(harrow)
        practice("Pinn Medical Centre", of=harrow.ccg, postcode="HA5 3EE")
        assert said(self.RULE) == []

    def test_a_single_practice_of_another_is_no_district_of_theirs(self, harrow):
        self.settled(harrow)
        practice("Lonely Surgery", of=harrow.havering, postcode="HA8 1AA")
        practice("Mollison Way Surgery", of=harrow.ccg, postcode="HA8 5QL")
        assert said(self.RULE) == []

    def test_a_postcode_that_is_not_held_is_not_doubted(self, harrow, barnet):
        self.settled(harrow)
        practice("Mollison Way Surgery", of=harrow.ccg)
        assert said(self.RULE) == []


def test_no_two_names_that_are_alike_are_missed(harrow):
    words = (
        "Kenton",
        "Kentonn",
        "Northern",
        "Northen",
        "North",
        "Elm",
        "Elms",
        "Pinner",
        "Pinners",
        "2",
        "3",
    )
    names = [f"{one} {other} Surgery" for one in words for other in words] + ["The Surgery", "Kenton Surgery"]
    rows = [practice(name, of=harrow.ccg) for name in names]
    named = {row.organisation.slug: row.pk for row in rows}
    found = {(d.subject.pk, named[d.key]) for d in doubts("near-identical-names")}
    ordered = sorted((row.organisation for row in rows), key=lambda o: (o.name.casefold(), o.code, o.pk))
    pairs = {(a.pk, b.pk) for a, b in combinations(ordered, 2) if alike(a.name, b.name)}
    assert found == pairs
    assert len(pairs) > 50
