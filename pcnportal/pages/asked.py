"""What an address asks of a list and no list has: said in a sentence, never silently something else."""

from collections.abc import Collection, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from .exports import WRITERS
from .jinja import plural
from .tables import Table

Errors = list[dict[str, str]]


def no_such_file(request: HttpRequest) -> HttpResponse | None:
    """The answer (400) where a file is asked for of a kind that there is not."""
    asked = request.GET.get("_export", "")
    if not asked or asked in WRITERS:
        return None
    said = f"There is no file of the kind “{asked}”: ask for {' or '.join(WRITERS)}."
    return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")


def no_such_order(request: HttpRequest, table: Table, sizes: Sequence[int]) -> Errors:
    """For a column by which the list can't be ordered, or a length that its pages don't have."""
    errors = []
    columns = {column.name for column in table.columns if column.orderable}
    for name in filter(None, request.GET.get("sort", "").split(",")):
        if name.removeprefix("-") not in columns:
            errors.append(_error(f"The list can’t be ordered by “{name}”: choose one of its headings."))
    length = request.GET.get("per_page", "")
    if length and length not in map(str, sizes):
        most = ", ".join(map(str, sizes[:-1]))
        errors.append(_error(f"A page has {most} or {sizes[-1]} rows, not “{length}”."))
    return errors


def no_such_page(request: HttpRequest, paginator: Paginator) -> Errors:
    asked: Any = request.GET.get("page", "")
    if not asked or (asked.isdecimal() and 1 <= int(asked[:9]) <= paginator.num_pages):
        return []
    return [_error(f"There is no page “{asked}”: the list has {plural(paginator.num_pages, 'page')}.")]


def no_such_kind(asked: str, known: Collection[str]) -> Errors:
    """For a kind of lines that there is not."""
    if not asked or asked in known:
        return []
    there = f"choose one of {', '.join(known)}" if known else "there are none"
    return [_error(f"There are no lines of the kind “{asked}”: {there}.")]


def _error(text: str) -> dict[str, str]:
    return {"text": text, "href": ""}
