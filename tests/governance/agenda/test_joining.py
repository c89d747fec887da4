"""Uploaded pages in a pack: stamped where they are read, without anything that acts."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from governance.pack.joining import Joined
from governance.pack.numbering import Run, letters, number_pages
from tests.governance.agenda.making import pdf
from tests.governance.agenda.uploads import acting, cut, filled_in


def joined(content, labels):
    made = Joined("A pack")
    made.add(content, labels)
    return made.finish()


def marks_of(pack: Any) -> list[Any]:
    return [mark.get_object() for mark in pack.pages[0]["/Annots"]]


def stamp(page):
    """Where the stamp stands on the page as it is stored."""
    found = []

    def visit(text, _cm, matrix, _font, _size):
        if text.strip() == "12a":
            found.append((matrix, _cm))

    page.extract_text(visitor_text=visit)
    (matrix, cm), *_ = found
    return matrix[4] * cm[0] + matrix[5] * cm[2] + cm[4], matrix[4] * cm[1] + matrix[5] * cm[3] + cm[5]


@pytest.mark.parametrize(
    ("rotate", "corner"), [(0, (595, 0)), (90, (842, 595)), (180, (0, 842)), (270, (0, 0))]
)
def test_the_number_stands_in_the_lower_right_corner_as_the_page_is_read(rotate, corner):
    pack = PdfReader(io.BytesIO(joined(pdf("Words", rotate=rotate), ["12a"])))
    x, y = stamp(pack.pages[0])
    assert (abs(x - corner[0]) < 45, abs(y - corner[1]) < 45) == (True, True)


def test_a_page_of_which_a_part_is_shown_is_stamped_there():
    pack = PdfReader(io.BytesIO(joined(cut(pdf("Words"), (100, 200, 400, 700)), ["12a"])))
    x, y = stamp(pack.pages[0])
    assert 350 < x < 400
    assert 200 < y < 245


def test_nothing_that_acts_comes_along_and_no_page_behind_a_link():
    content = joined(acting(pdf("One", "Two", "Hidden last page")), ["1", "2"])
    pack = PdfReader(io.BytesIO(content))
    assert len(pack.pages) == 2
    assert not pack.attachments
    for gone in (b"Boo", b"javascript", b"/AA", b"/JavaScript", b"/Names", b"remark"):
        assert gone not in content
    addresses = [mark["/A"]["/URI"] for mark in marks_of(pack)]
    assert addresses == ["https://www.england.nhs.uk"]
    objects: list[Any] = [pack.get_object(number) for number in range(1, len(pack.xref[0]) + 1)]
    pages = [one for one in objects if isinstance(one, dict) and one.get("/Type") == "/Page"]
    assert len(pages) == 2


def test_the_answers_of_a_form_stay_to_be_seen():
    pack = PdfReader(io.BytesIO(joined(filled_in(pdf("Form")), ["1"])))
    (mark,) = marks_of(pack)
    assert (mark["/Subtype"], "/FT" in mark) == ("/Stamp", False)
    assert b"0 0 1 rg" in mark["/AP"]["/N"].get_object().get_data()


def test_labels_are_as_they_were_given_whatever_their_order():
    labels = ["i", "ii", "1", "2", "2a", "2b", "3", "9", "4", "5"]
    pack = PdfReader(io.BytesIO(joined(pdf(*"abcdefghij"), labels)))
    assert pack.page_labels == labels


def test_pages_are_numbered_on_and_what_is_late_gets_letters():
    labels, held = number_pages([("a", 2), ("b", 1)])
    assert labels == {"a": ["1", "2"], "b": ["3"]}
    labels, held = number_pages([("late", 1), ("a", 3), ("x", 2), ("b", 1)], held)
    assert labels == {"late": ["0a"], "a": ["1", "2", "2a"], "x": ["2b", "2c"], "b": ["3"]}
    again, _ = number_pages([("b", 1), ("y", 1), ("a", 1), ("z", 1)], [list(run) for run in held])
    assert again == {"b": ["3"], "y": ["3a"], "a": ["1"], "z": ["2d"]}


def test_no_two_pages_are_called_alike_whatever_comes_late():
    held = number_pages([("a", 1)])[1]
    for number in range(60):
        labels, held = number_pages([("a", 1), *((f"p{n}", 2) for n in range(number))], held)
        every = [label for of_one in labels.values() for label in of_one]
        assert len(set(every)) == len(every)
    assert [letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == ["a", "z", "aa", "az", "ba", "zz", "aaa"]
    assert Run("a", 3, 0, 4).last == 6
