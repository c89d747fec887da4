"""What the README shows is what the portal does: its diagram, its example, the variables that it names."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.serializers.base import DeserializationError

from pcnportal import story
from pcnportal.people.models import User
from registry.models import ListSize
from registry.workflow.transitions import diagram
from tests.demo import load
from tests.reading import rows, signed_in

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text()
ZAIN = {"organisation__code": "E84653", "kind": "registered"}


def block(language: str) -> str:
    """The one block of that language."""
    (found,) = re.findall(rf"```{language}\n(.*?)\n```", README, flags=re.DOTALL)
    return str(found)


def test_the_diagram_is_made_from_the_transitions():
    assert block("mermaid") == diagram()


def test_the_picture_is_there_and_small():
    (path,) = re.findall(r"\]\((docs/\S+\.png)\)", README)
    assert 0 < (ROOT / path).stat().st_size < 200_000


def test_every_variable_that_the_settings_read_is_named():
    read = set(re.findall(r'os\.environ\.get\("(\w+)"', (ROOT / "pcnportal" / "settings.py").read_text()))
    assert read - {"PORTAL_TESTING"} <= set(re.findall(r"`(\w+)(?:=1)?`", README))


def test_every_folder_that_the_readme_arranges_is_there():
    (arranged,) = re.findall(r"## How it is arranged\n\n```\n(.*?)```", README, flags=re.DOTALL)
    folders = re.findall(r"^( *)(\w+)/ ", arranged, flags=re.MULTILINE)
    assert len(folders) > 10
    above = Path()
    for indent, name in folders:
        above = above if indent else Path(name)
        assert (ROOT / above / (name if indent else "")).is_dir(), name


@pytest.fixture
def example(db, tmp_path: Path) -> Path:
    """The README's file of list sizes, beside the register of the demo."""
    load()
    path = tmp_path / "list_sizes.json"
    path.write_text(block("json"))
    return path


def standing(day: str) -> Decimal:
    """The list size that the list of practices shows on a day."""
    client = signed_in(User.objects.get(email="member@harrow.example"))
    (row,) = rows(client.get("/practices/", {"as_at": day, "q": "E84653", "_export": "csv"}))
    return Decimal(row["registered"])


def test_the_example_adds_a_list_size_and_corrects_one(example):
    story.open_accounts()
    wrong = ListSize.objects.get(**ZAIN)
    assert standing("2019-03-31") == wrong.patients
    call_command("loaddata", str(example), verbosity=0)
    assert standing("2019-03-31") == Decimal("3999.50")
    assert standing("2019-04-01") == 4001
    wrong.refresh_from_db()
    assert wrong.superseded_by.source.slug == "count-2019-04"


def test_loading_the_example_again_changes_nothing(example):
    call_command("loaddata", str(example), verbosity=0)
    before = list(ListSize.objects.order_by("pk").values())
    call_command("loaddata", str(example), verbosity=0)
    assert list(ListSize.objects.order_by("pk").values()) == before


def test_a_file_that_names_an_unknown_practice_is_loaded_not_at_all(example):
    sent = json.loads(example.read_text())
    sent[-1]["fields"]["organisation"] = ["E99999"]
    example.write_text(json.dumps(sent))
    before = ListSize.objects.count()
    with pytest.raises(DeserializationError):
        call_command("loaddata", str(example), verbosity=0)
    assert ListSize.objects.count() == before
