from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "pcnportal"
    verbose_name = "PCN portal"

    def ready(self) -> None:
        from funding import words as money
        from pcnportal.findings.answers import VERBS as ANSWERS
        from pcnportal.history import words
        from registry.words import FIELDS, VALUES, VERBS

        words.learn(verbs={**VERBS, **ANSWERS}, values=VALUES, fields=FIELDS)
        words.learn(verbs=money.VERBS, values=money.VALUES, fields=money.FIELDS)
