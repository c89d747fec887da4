"""Whatever bytes come in: rows that can be trusted, or a sentence. Two thousand damaged files in all."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from pcnportal.refusals import Refused
from registry.imports.reading import read
from registry.imports.reading.rows import Kind, Read
from tests.registry.imports.damage import damaged_books, damaged_texts


def can_be_trusted(found: Read) -> None:
    codes = [row.code for row in found.practices]
    assert len(codes) == len(set(codes))
    pcns = {row.code for row in found.pcns}
    assert len(pcns) == len(found.pcns)
    assert {row.pcn for row in found.members} <= pcns
    assert all(row.status in "ACDP" and row.name.isprintable() for row in found.practices)
    assert all(row.name.isprintable() and len(row.name) <= 200 for row in found.pcns)
    assert all(not row.ends_on or row.starts_on <= row.ends_on for row in found.members if row.starts_on)
    assert all(0 <= row.patients <= 10_000_000 and 1900 <= row.as_at.year <= 2100 for row in found.sizes)
    assert all(row.reason.endswith(".") and row.value.isprintable() for row in found.rejected)
    assert found.practices or found.members or found.sizes


def reads_or_refuses(kind: Kind, content: bytes) -> None:
    try:
        can_be_trusted(read(kind, io.BytesIO(content), "file"))
    except Refused as refusal:
        said = refusal
    else:
        return
    assert said.sentence.endswith(".")
    assert said.sentence.isprintable()
    assert said.field == "file"


@settings(max_examples=1000)
@given(damaged_texts())
def test_a_damaged_text_is_read_or_refused(file):
    reads_or_refuses(*file)


@settings(max_examples=900)
@given(damaged_books())
def test_a_damaged_workbook_is_read_or_refused(file):
    reads_or_refuses(*file)


@settings(max_examples=100)
@given(st.sampled_from(["ods", "epcn", "list_sizes"]), st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(kind, content):
    reads_or_refuses(kind, content)
