"""Import ODS practices (epraccur.csv)."""

from registry.imports.commands import ImportCommand


class Command(ImportCommand):
    help = "Imports ODS practices (epraccur.csv)."
    kind = "ods"
