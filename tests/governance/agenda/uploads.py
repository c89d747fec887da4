"""PDFs as strangers send them."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)


def written(writer):
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def encrypted(content, password="closed"):  # noqa: S107
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    return written(writer)


def pageless():
    return written(PdfWriter())


def acting(content):
    """With a script, an attachment, an action of a page, a link to its last page, and an address."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("Boo()")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_attachment("secret.txt", b"Boo attached")
    page = writer.pages[0]
    page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): TextStringObject("Boo")})
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), target_page_index=len(writer.pages) - 1))
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), url="https://www.england.nhs.uk"))
    writer.add_annotation(0, Link(rect=(0, 0, 50, 50), url="javascript:alert(1)"))
    writer.add_annotation(0, FreeText(text="A remark without a look", rect=(0, 0, 50, 50)))
    return written(writer)


def filled_in(content):
    """With a form field whose answer is drawn by the field alone."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    look = DecodedStreamObject()
    look.set_data(b"0 0 1 rg 0 0 90 20 re f")
    look[NameObject("/Type")] = NameObject("/XObject")
    look[NameObject("/Subtype")] = NameObject("/Form")
    look[NameObject("/BBox")] = RectangleObject((0, 0, 90, 20))
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): RectangleObject((100, 100, 190, 120)),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(field)])
    return written(writer)


def cut(content, box):
    """With pages of which the box alone is shown."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        page.cropbox = RectangleObject(box)
    return written(writer)
