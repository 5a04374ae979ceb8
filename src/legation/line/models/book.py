"""What is on paper, in no log: ours alone."""

from django.db import models


class BookEntry(models.Model):
    """An act on paper, in no log: released on paper, or typed in from paper. Ours only.

    n: from 0, as entered. place: `n`, or of the first entry that this one corrects: there it is
    folded. opening: as in a log. at: the act's own, for theirs the day on their paper. held:
    party -> entries of its log that were here then. void: why it is without effect. replaced_by:
    the entry that corrects this one, which then counts no longer; why: what was mistaken.
    """

    n = models.PositiveBigIntegerField(primary_key=True)
    place = models.PositiveBigIntegerField(db_index=True)
    party = models.CharField(max_length=3)
    opening = models.BinaryField()
    leaf = models.BinaryField()
    type = models.CharField(max_length=60)
    on = models.CharField(max_length=200, blank=True, db_index=True)
    number = models.CharField(max_length=200, blank=True, db_index=True)
    at = models.CharField(max_length=20)
    held = models.JSONField(default=dict)
    void = models.CharField(max_length=40, blank=True)
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField(db_index=True)
    replaced_by = models.PositiveBigIntegerField(null=True)
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"book {self.n} {self.type}"


class BookThing(models.Model):
    """A thing as the book leaves it, over the record's where there is one. Ours only.

    apart: an entry about something else put it.
    """

    id = models.CharField(primary_key=True, max_length=200)
    body = models.BinaryField()
    apart = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.id


class Delivery(models.Model):
    """A notice handed over on paper, to them or to us. Ours only.

    on: day, or instant with its zone, as recorded. at: what clocks run from. by_whom: who took
    it there. stamp: the registry's own number and words. scan: the reference of a file that is
    held here, or empty. replaced_by: the row that corrects this one; why: what was mistaken.
    """

    thing = models.CharField(max_length=80, db_index=True)
    on = models.CharField(max_length=25)
    at = models.DateTimeField()
    place = models.CharField(max_length=200)
    by_whom = models.CharField(max_length=200)
    stamp = models.CharField(max_length=200, blank=True)
    scan = models.JSONField(default=dict)
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    replaced_by = models.PositiveBigIntegerField(null=True)
    why = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.thing} on {self.on}"
