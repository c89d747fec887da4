from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "pcnportal"
    verbose_name = "PCN portal"

    def ready(self) -> None:
        from pcnportal.history import words
        from registry.words import FIELDS, VALUES, VERBS

        words.learn(verbs=VERBS, values=VALUES, fields=FIELDS)
