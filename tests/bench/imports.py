"""Run in a process of its own: how many times the database's own bulk load of the same rows an import takes.

Both from the same state, in turns, each taken back at its end. Prints a ratio for each kind of file.
"""

import csv
import io
import json
import random
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import models  # noqa: E402

from pcnportal.history.models import Source  # noqa: E402
from pcnportal.people.models import Organisation  # noqa: E402
from registry.models import ListSize, Practice  # noqa: E402
from registry.workflow.importing import Asked, write_file  # noqa: E402
from tests.bench.bulk import load  # noqa: E402
from tests.bench.register import code, named, postcode  # noqa: E402
from tests.bench.timing import timed  # noqa: E402

ROUNDS = 5


def epraccur(practices: int) -> bytes:
    """A file of ODS with that many practices, of commissioners of the usual size."""
    chance, text = random.Random(3), io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    for number in range(practices):
        row = [""] * 27
        row[0], row[1], row[9] = code(number), named(chance).upper(), postcode(chance)
        row[10], row[12], row[25] = f"{1974 + number % 40}0401", "A", "4"
        row[14], row[15] = f"{number // 35 % 100:02}{chr(65 + number // 3500)}", "20130401"
        writer.writerow(row)
    return text.getvalue().encode()


def list_sizes(practices: int) -> bytes:
    """A file of list sizes of the same practices."""
    chance = random.Random(4)
    head = "PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS"
    lines = (
        f"GP_PRAC_PAT_LIST,01JAN2021,GP,00L,E38000130,{code(number)},,ALL,ALL,{chance.randrange(1500, 18000)}"
        for number in range(practices)
    )
    return "\n".join([head, *lines, ""]).encode()


def rows_of(model: type[models.Model], known: set[int]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    names = tuple(column.attname for column in model._meta.concrete_fields)
    return names, list(model._default_manager.exclude(pk__in=known).order_by("pk").values_list(*names))


def ratio(kind: str, content: bytes, name: str, written: tuple[type[models.Model], ...]) -> float:
    known = {model: set(model._default_manager.values_list("pk", flat=True)) for model in written}
    held: dict[type[models.Model], tuple[tuple[str, ...], list[tuple[object, ...]]]] = {}

    def take() -> None:
        _, plan = write_file(Asked(kind, io.BytesIO(content), name))
        assert not plan.is_empty

    def keep() -> None:
        held.update({model: rows_of(model, known[model]) for model in written})

    def bare() -> None:
        for model, (names, rows) in held.items():
            load(model, names, rows)

    timed(take, keep)
    return median(timed(take) / timed(bare) for _ in range(ROUNDS))


call_command("migrate", verbosity=0)
many = int(sys.argv[1])
found = {"import_ods": ratio("ods", epraccur(many), "epraccur_2019-10.csv", (Source, Organisation, Practice))}
write_file(Asked("ods", io.BytesIO(epraccur(many)), "epraccur_2019-10.csv"))
found["import_list_sizes"] = ratio(
    "list_sizes", list_sizes(many), "gp-reg-pat-prac-all_2021-01.csv", (Source, ListSize)
)
print(json.dumps(found))
