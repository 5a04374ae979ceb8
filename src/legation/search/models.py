"""What can be found: a row for each document, and beside it the words that find it.

The words lie in a table of SQLite's FTS5, `search_words`, under the row's own number.
"""

from django.db import models


class Document(models.Model):
    """One thing to find. key: its id, `notice/US-…`; kind: an untranslated message.

    page, arg: name and argument of its address. party: whose it is, or "". posts: ids of the posts
    whose officers see it, a space before and after each; "" where every reader does. writer: the
    officer who sees it besides. ours_only: it never left; personal: only for officers who may
    see persons.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=400)
    said = models.CharField(max_length=400, blank=True)
    page = models.CharField(max_length=60)
    arg = models.CharField(max_length=200)
    party = models.CharField(max_length=3, blank=True)
    posts = models.TextField(blank=True)
    writer = models.CharField(max_length=40, blank=True)
    ours_only = models.BooleanField(default=False)
    personal = models.BooleanField(default=False)

    class Meta:
        """The newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return self.key
