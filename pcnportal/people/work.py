"""What users and roles give the first page: the way to them, for an administrator."""

from datetime import date

from django.urls import reverse

from pcnportal.pages.work import Task, Work

from .models import User


def work_of(user: User, _day: date) -> Work:
    """No query."""
    if not user.can("people.change_user"):
        return Work()
    return Work(reading=[Task("Users and their roles", reverse("admin:people_user_changelist"))])
