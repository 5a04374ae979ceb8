"""Rows of the desk: what one officer keeps for themselves. Ours only, and no projection."""

from django.db import models


class SavedFilter(models.Model):
    """A choice of notices under a name. officer: the name that they sign in with.

    query: as in the address of the list, "by=ours&state=received".
    """

    officer = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=800)
    made_at = models.DateTimeField()

    class Meta:
        """By name; a name once for each officer."""

        ordering = ("officer", "name")
        constraints = (
            models.UniqueConstraint(fields=("officer", "name"), name="saved_filter_name"),
        )

    def __str__(self) -> str:
        return f"{self.officer}: {self.name}"
