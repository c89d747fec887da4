"""Import list sizes (gp-reg-pat-prac-all.csv, or the plain template)."""

from registry.imports.commands import ImportCommand


class Command(ImportCommand):
    help = "Imports list sizes (gp-reg-pat-prac-all.csv, or the plain template)."
    kind = "list_sizes"
