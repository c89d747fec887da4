"""Run in a process of its own: makes the tables and fills them with that many practices."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.bench.register import fill  # noqa: E402

call_command("migrate", verbosity=0)
fill(int(sys.argv[1]))
