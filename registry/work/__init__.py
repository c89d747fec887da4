"""What registrations, conditions and files give the first page."""

from datetime import date

from pcnportal.pages.work import Work
from pcnportal.people.models import User

from . import conditions, files, reading, steps
from .ahead import coming_of, glances_of
from .held import held_of

# Told by another event of the same moment, or too small to tell.
QUIET = ("answered", "filled in the form", "recorded the departure", "proposed the PCN")


def work_of(user: User, day: date) -> Work:
    """A constant number of queries for any number of registrations."""
    held = held_of(user, day)
    return Work(
        waiting=[
            *steps.tasks_of(held, user),
            *conditions.tasks_of(held, user),
            *reading.before_the_committee(held, reading.seats_of(user)),
            *files.tasks_of(user),
        ],
        reading=[*reading.to_know(held, user), *reading.to_keep(user)],
        coming=coming_of(held),
        glances=glances_of(held, user),
    )
