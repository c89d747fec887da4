"""Import ODS PCNs and their members (ePCN.xlsx)."""

from registry.imports.commands import ImportCommand


class Command(ImportCommand):
    help = "Imports ODS PCNs and their members (ePCN.xlsx)."
    kind = "epcn"
