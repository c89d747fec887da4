"""A file of comma separated values: from bytes to lines of cells, or the reason why it is none."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from . import limits
from .lines import Cells, refused

AGAIN = "Fetch it again from where it is published."
UNFIT_CHARACTERS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]"
)
CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
UTF_8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
# UTF-8 that was read as Windows' alphabet and saved again: what follows were the bytes from 80 to BF.
FOLLOWING = bytes(range(0x80, 0xC0)).decode("cp1252", errors="ignore")
GARBLED = re.compile(f"[ÂÃ][{re.escape(FOLLOWING)}]|â€")
TYPED_BY_HAND = re.compile(r'"?ods_code"?,', re.IGNORECASE)  # its last cell is words; an editor ends no line
FORMULA = re.compile(r'(?:^|,) *(?:" *)?=', re.MULTILINE)


def decoded(content: bytes) -> str:
    """The text of the file: UTF-8, with or without a byte order mark, or the Windows alphabet.

    Raises `Refused` where the text is damaged, holds a formula, or does not end as a whole file does.
    """
    text = letters(content)
    if not text.strip():
        raise refused(f"The file is empty. {AGAIN}")
    is_plain = text.isascii() and len(content) == len(content.translate(None, CONTROLS))
    for unfit, may_be, what in (
        (UNFIT_CHARACTERS, not is_plain, "characters that cannot be printed: the file is damaged"),
        (GARBLED, not is_plain, "letters that were garbled when the file was saved"),
        (FORMULA, "=" in text, "a formula, where only facts are expected"),
    ):
        if may_be and (found := unfit.search(text)):
            line = text.count("\n", 0, found.start()) + 1
            raise refused(f"Line {line:,} holds {what}. {AGAIN}")
    if text[-1] not in "\r\n" and not (text.endswith('"') or TYPED_BY_HAND.match(text)):
        raise refused(f"The last line of the file has no end, so part of it may be missing. {AGAIN}")
    return text


def not_too_long(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if number > limits.ROWS:
            raise refused(f"The file has more than {limits.ROWS:,} lines. Split it into smaller files.")
        if len(line) > limits.LINE:
            raise refused(f"Line {number:,} is far too long: the file is not one of those read here. {AGAIN}")
        yield line


def letters(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
        raise refused(
            "The file is not encoded as UTF-8 (perhaps UTF-16). Save it as “CSV UTF-8” and try again."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        if not content.startswith(codecs.BOM_UTF8) and not UTF_8_LETTER.search(content):
            return content.decode("cp1252")
    except UnicodeDecodeError:
        pass
    raise refused("The file holds letters in an unknown encoding. Save it as “CSV UTF-8” and try again.")


def split(text: str) -> Iterator[tuple[int, Cells]]:
    """Each line that is not blank with its number.

    Raises `Refused` where quotes do not pair, a cell runs over lines, or the last line is cut short.
    """
    reader = csv.reader(not_too_long(io.StringIO(text, newline="")), strict=True)
    expected = last = line = passed = 0
    try:
        for cells in reader:
            begun, passed = passed + 1, reader.line_num
            if not any(cells):
                continue
            if passed != begun:
                raise refused(f"Line {begun:,}: a cell runs over several lines. {AGAIN}")
            line, last = begun, len(cells)
            if last > limits.COLUMNS:
                raise refused(
                    f"Line {line:,} has {last:,} columns: the file is not one of those read here. {AGAIN}"
                )
            expected = expected or last
            yield line, cells
    except csv.Error:
        raise refused(
            f"Line {passed + 1:,}: its quotes do not pair, so part of the file may be missing. {AGAIN}"
        ) from None
    if last < expected:
        raise refused(f"The last line, {line:,}, is cut short: part of the file is missing. {AGAIN}")
