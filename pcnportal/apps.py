from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "pcnportal"
    verbose_name = "PCN portal"

    def ready(self) -> None:
        from pcnportal.findings.answers import VERBS as ANSWERS
        from pcnportal.history import words
        from registry.words import FIELDS, VALUES, VERBS

        words.learn(verbs={**VERBS, **ANSWERS}, values=VALUES, fields=FIELDS)
