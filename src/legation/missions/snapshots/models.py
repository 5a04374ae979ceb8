"""When each thing changed last, as a count: whoever remembers things reads anew only these."""

from typing import ClassVar, Final, Self

from django.db import models

EVERYTHING: Final = ""
"""Stands for every thing: all rows were made anew."""


class Changed(models.Model):
    """A thing that changed for this desk. n: at which change, counted up for ever.

    No projection: dropping all rows and making them anew is a change like any other.
    """

    id = models.CharField(primary_key=True, max_length=200)
    n = models.PositiveBigIntegerField(db_index=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    def __str__(self) -> str:
        return f"{self.id or 'everything'} at {self.n}"
