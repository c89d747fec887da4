"""What is done once an import was written or taken back."""

from pcnportal.findings.refresh import refresh


def after_import() -> None:
    """In the transaction of the import: what the registry doubts is worked out anew."""
    from registry.findings import RULES  # the rules read rows that this package writes

    refresh(RULES)
