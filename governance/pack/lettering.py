"""Words as the fonts of a pack can show them. reportlab brings Bitstream Vera: Latin letters, few others."""

import unicodedata
from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "PackPlain", "PackBold"
FILES = {PLAIN: "Vera.ttf", BOLD: "VeraBd.ttf"}
SAME = {"\u2010": "-", "\u2011": "-", "\u2212": "-", "\u202f": "\xa0", "\u2009": "\xa0", "\t": " "}
UNKNOWN = "?"

for _name, _file in FILES.items():
    pdfmetrics.registerFont(TTFont(_name, _file))


@cache
def has_glyph(letter: str) -> bool:
    return all(ord(letter) in pdfmetrics.getFont(name).face.charToGlyph for name in FILES)


class Lettering:
    """Text for the pages of a pack; remembers the letters that had to be written another way."""

    def __init__(self) -> None:
        self.lacking: dict[str, str] = {}

    def plain(self, text: str) -> str:
        """The text in letters that the fonts have: ő as o, what has no base letter as a question mark."""
        return "".join(self._written(letter) for letter in unicodedata.normalize("NFC", str(text)))

    def shown(self, text: str) -> str:
        """The same for a paragraph of reportlab, where < and & are marks. Lines stay lines."""
        return escape(self.plain(text)).replace("\n", "<br/>")

    def _written(self, letter: str) -> str:
        letter = SAME.get(letter, letter)
        if letter == "\n" or has_glyph(letter):
            return letter
        if unicodedata.category(letter) in ("Cc", "Cf", "Mn", "Me"):
            return ""
        base = unicodedata.normalize("NFKD", letter)[0]
        self.lacking[letter] = base if has_glyph(base) else UNKNOWN
        return self.lacking[letter]

    def note(self) -> str:
        """A sentence about what was written another way; nothing where all was there."""
        if not self.lacking:
            return ""
        named = sorted(
            (unicodedata.name(letter, f"U+{ord(letter):04X}").lower(), written)
            for letter, written in self.lacking.items()
        )
        shown = ", ".join(f"{name} (here {written})" for name, written in named[:12])
        more = f" and {len(named) - 12} others" if len(named) > 12 else ""
        return (
            f"The fonts of this file lack some letters, so names may be misspelt here: {shown}{more}. "
            "The portal's own pages show them."
        )
