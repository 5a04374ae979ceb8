"""What stands beside the drafts. Ours only: nothing of it crosses, prints or is exported.

A draft is named by its id ("draft/US-3f…"), an officer by name; both outlive these rows.
"""

from django.db import models


class Version(models.Model):
    """One version of a draft, as somebody saved it: what a later merge begins from.

    hash: of the draft's bytes then, 64 hex. body: of its act, without what is personal.
    """

    draft = models.CharField(max_length=40, db_index=True)
    hash = models.CharField(max_length=64)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    body = models.JSONField()

    class Meta:
        """Oldest first."""

        ordering = ("id",)
        indexes = (models.Index(fields=("draft", "hash"), name="version_of_draft"),)

    def __str__(self) -> str:
        return f"{self.draft} {self.hash[:12]}"


class Words(models.Model):
    """What an officer typed and could not save: another had saved, cleared or released.

    Theirs alone, until they save or drop it. began: hash of the version they had begun from.
    data: as the form gives it, personal values too. why: code of the refusal.
    """

    draft = models.CharField(max_length=40, db_index=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    began = models.CharField(max_length=64)
    why = models.CharField(max_length=40)
    data = models.JSONField()

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.draft} {self.by}"


class Opening(models.Model):
    """Who has a draft open to change it, and since when: a hint, no lock."""

    draft = models.CharField(max_length=40, db_index=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """One row an officer and draft."""

        constraints = (models.UniqueConstraint(fields=("draft", "by"), name="one_opening"),)

    def __str__(self) -> str:
        return f"{self.draft} {self.by}"


class Translation(models.Model):
    """Which original a text in another language was made from, word for word."""

    draft = models.CharField(max_length=40, db_index=True)
    lang = models.CharField(max_length=20)
    text = models.TextField()
    original = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """One row a draft and language."""

        constraints = (models.UniqueConstraint(fields=("draft", "lang"), name="one_translation"),)

    def __str__(self) -> str:
        return f"{self.draft} {self.lang}"


class Template(models.Model):
    """A note to begin from, saved from a draft: the form without persons, dates and files."""

    kind = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=120)
    data = models.JSONField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """By title."""

        ordering = ("title", "id")
        constraints = (models.UniqueConstraint(fields=("kind", "title"), name="one_template"),)

    def __str__(self) -> str:
        return self.title
