from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    name = "pcnportal.history"
    label = "history"

    def ready(self) -> None:
        from . import triggers

        # Every migrate, since SQLite drops a table's triggers when it alters the table.
        post_migrate.connect(triggers.install_after_migrate, sender=self)
        register("database")(triggers.check_installed)
