"""Decisions that were recorded before there were resolutions get theirs, in the order they were made."""

from typing import Any

from django.db import migrations

from registry.resolutions import resolved


def write_resolutions(apps: Any, _schema: Any) -> None:
    Decision = apps.get_model("registry", "Decision")
    Condition = apps.get_model("registry", "Condition")
    Evidence = apps.get_model("registry", "Evidence")
    Resolution = apps.get_model("governance", "Resolution")
    numbers = dict(
        Evidence.objects.filter(decision__isnull=False).values_list("decision", "condition__number")
    ) | dict(
        Condition.objects.filter(closing_decision__isnull=False).values_list("closing_decision", "number")
    )
    held: dict[int, Any] = dict(
        Decision.objects.filter(resolution__isnull=False).values_list("pk", "resolution")
    )
    waiting = Decision.objects.filter(resolution__isnull=True)
    for decision in waiting.select_related("case__pcn__organisation").order_by("pk"):
        outcome, text = resolved(
            decision.outcome,
            decision.case.pcn.organisation.name,
            conditions=Condition.objects.filter(decision=decision).count(),
            number=numbers.get(decision.pk),
        )
        made = Resolution.objects.create(
            item_id=decision.item_id,
            outcome=outcome,
            text=text,
            quorum_basis=decision.quorum_basis,
            quorum_note=decision.quorum_note,
            source_id=decision.source_id or decision.quorum_source_id,
            supersedes_id=held.get(decision.supersedes_id),
            reason=decision.replaced_because,
        )
        held[decision.pk] = made.pk
        Decision.objects.filter(pk=decision.pk).update(resolution=made)


def take_away(apps: Any, _schema: Any) -> None:
    """Going back, the resolutions of decisions go, the newest first."""
    Decision = apps.get_model("registry", "Decision")
    Resolution = apps.get_model("governance", "Resolution")
    found = list(Decision.objects.filter(resolution__isnull=False).values_list("resolution", flat=True))
    Decision.objects.update(resolution=None)
    for pk in sorted(found, reverse=True):
        Resolution.objects.filter(pk=pk).delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_resolutions")]

    operations = [migrations.RunPython(write_resolutions, take_away)]
