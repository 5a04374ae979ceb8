"""The persons list. Ours only: nothing of it crosses but what an officer puts into a notice.

Who looks at it is written down (`officers.services.looks`).
"""

from typing import ClassVar

from django.db import models


class Person(models.Model):
    """A member of a mission, or of a family. Days as YYYY-MM-DD, or "".

    id: "person/US-3f…". name: as in the passport. name_own: in their own script. category: one of
    `columns.CATEGORIES`. post: id of the post, or "" for the ministry's. dependants: who lives
    with them, in words. folded: what finds the person again: passport number, name and birth.
    """

    id = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=120)
    name_own = models.CharField(max_length=120, blank=True)
    transliteration = models.CharField(max_length=120, blank=True)
    function = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=30, blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    born = models.CharField(max_length=10, blank=True)
    passport = models.CharField(max_length=20, blank=True)
    expires = models.CharField(max_length=10, blank=True)
    post = models.CharField(max_length=80, blank=True, db_index=True)
    dependants = models.CharField(max_length=1_000, blank=True)
    passport_key = models.CharField(max_length=20, blank=True, db_index=True)
    name_key = models.CharField(max_length=140, blank=True, db_index=True)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    changed_by = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        """By name."""

        ordering = ("name", "id")
        indexes = (models.Index(fields=("name", "id"), name="person_by_name"),)

    def __str__(self) -> str:
        return self.id


class Import(models.Model):
    """A list on its way in: read, checked in pieces, shown, and then taken whole or not at all.

    rows: [number, {column: text}] as read. checked: so many are. faults: [row, column, rule,
    remedy, values]. notes: [row, column, words]. update: whether those in the list already are
    changed. Deleted once it is taken or dropped: it holds persons' data.
    """

    JSON_LISTS: ClassVar = ("rows",)

    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    file = models.CharField(max_length=200)
    told = models.CharField(max_length=200)
    update = models.BooleanField(default=False)
    rows = models.JSONField()
    checked = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=dict)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%dT%H:%M:%SZ}"
