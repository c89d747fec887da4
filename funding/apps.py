from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        from pcnportal.history import triggers

        from .models import PaymentRun, RunInstalment, RunLine, RunShare

        for model in (RunLine, RunInstalment, RunShare):
            triggers.protect(model._meta.db_table, "a payment run is never changed")
        decided = f"OLD.status <> '{PaymentRun.Status.CALCULATED}'"
        triggers.protect(
            PaymentRun._meta.db_table, "an approved or discarded payment run is never changed", decided
        )
