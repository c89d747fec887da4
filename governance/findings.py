"""What the governance floor doubts from what it holds."""

from pcnportal.findings.rules import Rule

RULES: tuple[Rule, ...] = ()
