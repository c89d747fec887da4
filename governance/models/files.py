"""Files of meetings and bodies: checked by content, stored under our own name."""

from __future__ import annotations

from django.db import models

from pcnportal.people.models import Organisation, User


def stored_name(file: StoredFile, _name: str) -> str:
    """Under our own name: what the sender called the file never reaches the disk."""
    return f"{file.commissioner.slug}/{file.token}"


class StoredFile(models.Model):
    """A file as it was uploaded. `pages` is held of a PDF alone."""

    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField("file name", max_length=200)
    token = models.CharField(max_length=64, unique=True)
    file = models.FileField(upload_to=stored_name, max_length=250)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField("size in bytes")
    pages = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
