"""What a run holds never changes: the database itself refuses it, on both kinds."""

import pytest
from django.db import IntegrityError, connection, transaction

from funding.models import Payment, PaymentRun, RunInstalment, RunLine, RunShare
from pcnportal.history import triggers
from tests.funding.runs.paying import JULY

ROWS = [RunLine, RunInstalment, RunShare]


@pytest.fixture
def run(paying):
    paying.pcn("GP Direct PCN", north=(20_000, 19_000))
    return paying.calculated(JULY)


def attempt(do, said):
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        do()


@pytest.mark.parametrize("model", ROWS)
def test_the_rows_of_a_run_are_never_changed_even_while_it_waits(run, model):
    said = "a payment run is never changed"
    assert model.objects.exists()
    attempt(lambda: model.objects.update(to_pay=0), said)
    attempt(lambda: model.objects.all()._raw_delete("default"), said)


@pytest.mark.parametrize("model", ROWS)
def test_nothing_is_added_to_a_run_that_was_decided(run, paying, model):
    def add():
        row = model.objects.first()
        row.pk = None
        if model is RunLine:
            row.payment = Payment.objects.create(slug="else", name="Else", payee="nominated", position=99)
        row.save(force_insert=True)

    with transaction.atomic():
        add()
        transaction.set_rollback(True)
    actor = {"approved_by": paying.user("approver"), "approved_at": run.calculated_at}
    PaymentRun.objects.update(status="approved", **actor)
    attempt(add, "a payment run is never changed")


@pytest.mark.parametrize("status", ["approved", "discarded"])
def test_a_run_that_was_decided_is_never_changed(run, paying, status):
    actor = {f"{status}_by": paying.user("approver"), f"{status}_at": run.calculated_at}
    PaymentRun.objects.update(status=status, **actor)
    said = "an approved or discarded payment run is never changed"
    attempt(lambda: PaymentRun.objects.update(reason="Else."), said)
    attempt(lambda: PaymentRun.objects.all()._raw_delete("default"), said)


def test_a_second_person_approves_says_the_database(run):
    changes = {"status": "approved", "approved_by": run.calculated_by, "approved_at": run.calculated_at}
    attempt(lambda: PaymentRun.objects.update(**changes), "run_is_approved_by_a_second_person")


@pytest.mark.parametrize("model", ROWS)
def test_nothing_is_emptied_at_once(run, model):
    def empty():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
            else:  # SQLite empties a table by a DELETE of all its rows
                cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608

    attempt(empty, "never changed")


def test_a_missing_trigger_is_noticed(db):
    name = "funding_runline_no_delete" if connection.vendor == "sqlite" else "funding_runline_no_change"
    on = "" if connection.vendor == "sqlite" else " ON funding_runline"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert not triggers.installed()
