"""A migration that alters the table leaves it protected: migrate puts the triggers back."""

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from pcnportal.history import triggers
from pcnportal.history.models import Event
from pcnportal.history.record import is_genuine, record
from tests import factories as make


def alter(old: models.Field, new: models.Field) -> None:
    new.set_attributes_from_name("reason")
    with connection.schema_editor() as editor:
        editor.alter_field(Event, old, new)


def warnings() -> list[str]:
    found = checks.run_checks(tags=["database"], databases=["default"])
    return [message.id or "" for message in found if (message.id or "").startswith("history.")]


@pytest.mark.django_db(transaction=True)
def test_history_stays_append_only_after_its_table_was_altered():
    with transaction.atomic():
        event = record(None, "approved", make.OrganisationFactory.create(code="08E"), "As minuted.")
    held, wider = Event._meta.get_field("reason"), models.TextField(null=True)
    wider.model = Event
    alter(held, wider)
    try:
        if connection.vendor == "sqlite":
            assert not triggers.installed(), "SQLite keeps triggers by now: post_migrate is no longer needed"
            assert warnings() == ["history.W001"]
        call_command("migrate", verbosity=0, interactive=False)
        assert triggers.installed()
        assert warnings() == []
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.update(reason="Something else.")
        with pytest.raises(IntegrityError), transaction.atomic():
            event.delete()
        assert is_genuine(Event.objects.get())
    finally:
        alter(wider, held)


@pytest.mark.django_db(transaction=True)
def test_missing_triggers_warn_and_do_not_stop_the_migrate_that_puts_them_back():
    triggers.remove()
    assert warnings() == ["history.W001"]
    call_command("check", databases=["default"], fail_level="ERROR", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    assert triggers.installed()
