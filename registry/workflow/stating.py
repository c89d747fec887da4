"""The list size that a live PCN was registered with becomes a row of the register."""

from pcnportal.history.models import Source
from registry.models import ListSize, Submission


def source_of(form: Submission) -> Source:
    """Where what the form states was read: the source it names, else the form itself."""
    if form.source:
        return form.source
    received = f"{form.received_precision} {form.received_on:%-d %B %Y}" if form.received_on else ""
    source, _ = Source.objects.get_or_create(
        slug=f"registration-form-{form.case_id}-{form.number}",
        defaults={
            "kind": Source.Kind.DOCUMENT,
            "title": f"Registration form of {form.case}, version {form.number}",
            "published_on": None,
            "note": f"Received {received}." if received else "",
        },
    )
    return source


def state_list_size(form: Submission) -> None:
    """Write the stated list size of the form's PCN; a figure held for that day before gets a successor."""
    if form.stated_list_size is None or form.stated_as_at is None:
        return
    wanted = {
        "organisation_id": form.case.pcn_id,
        "kind": ListSize.Kind.REGISTERED,
        "as_at": form.stated_as_at,
    }
    held = ListSize.objects.standing().filter(**wanted, averaged_from__isnull=True).first()
    if held and held.patients == form.stated_list_size:
        return
    source = source_of(form)
    if ListSize.objects.filter(**wanted, source=source).exists():
        form.source = None
        source = source_of(form)
    ListSize.objects.create(**wanted, patients=form.stated_list_size, source=source, supersedes=held)
