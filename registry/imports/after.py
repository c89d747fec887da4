"""What is done once an import was written or taken back."""

from pcnportal.findings.refresh import refresh


def after_import() -> None:
    """What the registry doubts is worked out anew, in a transaction of its own."""
    from registry.findings import RULES  # the rules read rows that this package writes

    refresh(RULES)
