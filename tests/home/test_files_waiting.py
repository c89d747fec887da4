"""What files leave to be done stands on the first page of who may do it."""

import pytest

from registry.models import ImportRun, Membership, PCNMatch
from tests import factories as make
from tests.reading import signed_in
from tests.registry.imports.importing import december, epraccur, proposed
from tests.registry.pages.reading import words


@pytest.fixture(autouse=True)
def kept_elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def home(harrow, name):
    return words(signed_in(harrow.user(name)).get("/"))


def test_a_pcn_that_waits_to_be_matched_waits_for_its_own_commissioner(harrow):
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    Membership.objects.create(practice=harrow.practice("E84039"), pcn=pcn, source=harrow.report)
    december()
    assert PCNMatch.objects.count() == 1
    assert "1 PCN waits to be matched to its ODS code" in home(harrow, "officer")
    for other in ("member", "officer@havering.example"):
        assert "to be matched" not in home(harrow, other)


def test_a_file_that_was_read_waits_for_the_administrator(harrow):
    proposed("ods", epraccur(), "epraccur_2019-10.csv", by=harrow.user("admin"))
    assert ImportRun.objects.count() == 1
    assert "1 file is read and not applied yet" in home(harrow, "admin")
    assert "not applied yet" not in home(harrow, "officer")
