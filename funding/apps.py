from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "funding"

    def ready(self) -> None:
        from pcnportal.history import triggers

        from .models import PaymentRun, RunInstalment, RunLine, RunShare

        run, line = PaymentRun._meta.db_table, RunLine._meta.db_table
        waits = f"status = '{PaymentRun.Status.CALCULATED}'"
        of_run = f"SELECT 1 FROM {run} WHERE id = NEW.run_id AND NOT {waits}"  # noqa: S608
        of_line = (
            f"SELECT 1 FROM {line} JOIN {run} ON {run}.id = {line}.run_id"  # noqa: S608
            f" WHERE {line}.id = NEW.line_id AND NOT {waits}"
        )
        for model, closed in ((RunLine, of_run), (RunInstalment, of_line), (RunShare, of_line)):
            triggers.protect(model._meta.db_table, "a payment run is never changed", closed=closed)
        decided = f"OLD.status <> '{PaymentRun.Status.CALCULATED}'"
        triggers.protect(
            PaymentRun._meta.db_table, "an approved or discarded payment run is never changed", decided
        )
