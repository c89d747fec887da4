"""What is refused whole: each file with a sentence of its own, and never with anything but a sentence."""

import io
import zipfile

import pytest

from pcnportal.refusals import Refused
from registry.imports.reading import limits, read
from tests.registry.imports.files import epcn, extract, told
from tests.registry.imports.malformed import Malformed, malformed_files


@pytest.mark.parametrize("file", malformed_files(), ids=lambda file: file.title)
def test_a_malformed_file_is_refused_whole_with_a_sentence(file: Malformed):
    with pytest.raises(Refused, match=file.sentence) as refusal:
        read(file.kind, io.BytesIO(file.content), file.name)
    sentence = refusal.value.sentence
    assert refusal.value.field == "file"
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert len(sentence) < 400


def test_a_file_that_is_too_large_is_refused_before_it_is_read_to_its_end():
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert 0 < size <= limits.CSV_BYTES + 1
            return bytes(size)

    with pytest.raises(Refused, match="larger than 60 MB"):
        read("ods", Endless(), "large")
    with pytest.raises(Refused, match="larger than 30 MB"):
        read("epcn", Endless(), "large")


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "ROWS", 50)
    with pytest.raises(Refused, match="more than 50 lines"):
        told("ods", extract("epraccur.csv"))


def test_a_sheet_of_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MARKS", 500)
    with pytest.raises(Refused, match="far too large"):
        told("epcn", epcn())


def test_a_workbook_that_lies_of_its_size_is_refused():
    """A part that unpacks to more than its entry declares fails its check sum, and nothing more is read."""
    content = bytearray(epcn())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        declared = archive.getinfo("xl/worksheets/sheet2.xml").file_size.to_bytes(4, "little")
    with pytest.raises(Refused, match="damaged or cut short"):
        told("epcn", bytes(content).replace(declared, (1000).to_bytes(4, "little")))


def test_a_refusal_names_the_file_as_its_sender_did():
    with pytest.raises(Refused, match=r"^“ePCN specification.pdf” is a PDF document. Choose ePCN.xlsx.$"):
        read("epcn", io.BytesIO(b"%PDF-1.4"), "ePCN specification.pdf")
