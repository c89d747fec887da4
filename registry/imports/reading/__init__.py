"""The reading stage: bytes in, rows or a refusal out. No database, no models."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import BinaryIO

from . import limits
from .delimited import AGAIN, decoded, split
from .epcn import read_epcn
from .lines import Line, refused
from .list_sizes import read_sizes
from .ods import read_ods
from .rows import Kind, MemberRow, OdsRow, PCNRow, Read, Rejected, SizeRow
from .sniffing import not_another
from .workbook import Workbook

Progress = Callable[[int, int], None]
STEP = 500  # lines between two reports of progress


def read(kind: Kind, content: BinaryIO, name: str, *, progress: Progress | None = None) -> Read:
    """The rows of a published file and what had to be rejected of it.

    `kind` is ods for epraccur.csv, epcn for ePCN.xlsx, list_sizes for gp-reg-pat-prac-all.csv or the
    template; `name` what its sender calls the file. `progress` is told how many lines of about how many are
    read.
    Raises `Refused` with a sentence for the user, and nothing else whatever the bytes are, where the file is
    refused whole.
    """
    limit = limits.WORKBOOK_BYTES if kind == "epcn" else limits.CSV_BYTES
    content.seek(0)
    data = content.read(limit + 1)
    if len(data) > limit:
        raise refused(
            f"The file is larger than {limit // 1_000_000} MB, far more than the published one. {AGAIN}"
        )
    if not data.strip():
        raise refused(f"The file is empty. {AGAIN}")
    not_another(kind, data, name)
    practices: list[OdsRow] = []
    pcns: list[PCNRow] = []
    members: list[MemberRow] = []
    sizes: list[SizeRow] = []
    rejected: list[Rejected] = []
    stated_on: date | None = None
    if kind == "epcn":
        book = Workbook(data)
        tell = told(progress, book.rows)
        pcns, members, rejected = read_epcn(book, tell)
    else:
        text = decoded(data)
        lines = told(progress, text.count("\n"))(split(text))
        if kind == "ods":
            practices, rejected = read_ods(lines)
        else:
            sizes, rejected, stated_on = read_sizes(lines)
    if not (practices or members or sizes):
        raise refused(f"The file holds no rows that can be taken. {AGAIN}")
    sha256 = hashlib.sha256(data).hexdigest()
    return Read(kind, sha256, len(data), stated_on, practices, pcns, members, sizes, rejected)


def told(progress: Progress | None, total: int) -> Callable[[Iterable[Line]], Iterator[Line]]:
    """Lets lines through and tells `progress` how many have passed."""
    if progress is None:
        return iter
    done = 0

    def through(lines: Iterable[Line]) -> Iterator[Line]:
        nonlocal done
        for line in lines:
            yield line
            done += 1
            if done % STEP == 0:
                progress(min(done, total), total)
        progress(min(done, total), total)

    return through
