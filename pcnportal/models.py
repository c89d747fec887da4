"""The one row by which a demo database says what day it plays. A real database holds none."""

from django.db import models


class PlayedDay(models.Model):
    """The pin of `pcnportal.clock`."""

    day = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_played_day")]

    def __str__(self) -> str:
        return f"{self.day:%-d %B %Y}"
