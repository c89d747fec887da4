from collections.abc import Iterable

from django.apps import AppConfig

from pcnportal.findings.rules import Rule


class PortalConfig(AppConfig):
    name = "pcnportal"
    verbose_name = "PCN portal"

    def ready(self) -> None:
        from funding import words as money
        from governance import words as boards
        from pcnportal.findings.answers import VERBS as ANSWERS
        from pcnportal.findings.keeping import keep_up
        from pcnportal.findings.rules import keep
        from pcnportal.history import words
        from registry.findings import DRAFTING
        from registry.words import FIELDS, VALUES, VERBS

        keep(_rules)
        keep_up(_rules, unread=DRAFTING)
        words.learn(verbs={**VERBS, **ANSWERS}, values=VALUES, fields=FIELDS)
        words.learn(verbs=boards.VERBS, values=boards.VALUES, fields=boards.FIELDS)
        words.learn(verbs=money.VERBS, values=money.VALUES, fields=money.FIELDS)


def _rules() -> Iterable[Rule]:
    from pcnportal.findings_list import RULES

    return RULES
