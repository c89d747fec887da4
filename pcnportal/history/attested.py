"""A source that somebody read and names: minutes, a letter, a report that the portal does not hold."""

from datetime import date

from django.utils.text import slugify

from .models import Source


def attested_source(title: str, published_on: date | None = None, reference: str = "") -> Source:
    """The source of that title, date and page, made where there is none."""
    title, reference = " ".join(title.split()), " ".join(reference.split())
    held = Source.objects.filter(
        kind=Source.Kind.ATTESTED, title__iexact=title, published_on=published_on, reference__iexact=reference
    ).first()
    if held:
        return held
    slug = stem = slugify(f"{title} {published_on or ''} {reference}")[:110] or "source"
    number = 1
    while Source.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return Source.objects.create(
        slug=slug, kind=Source.Kind.ATTESTED, title=title, published_on=published_on, reference=reference
    )
