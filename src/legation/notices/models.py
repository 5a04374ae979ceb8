"""What lists of notices need, drawn from the folded state; a notice's page reads its thing.

All rows are projections: `effects` writes them, `doctor --rebuild` remakes them.
"""

from django.db import models


class State(models.TextChoices):
    """Where a released notice stands. Interim answers leave it received."""

    RELEASED = "released"
    RECEIVED = "received"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Notice(models.Model):
    """One released notice.

    by, addressee: the parties. post, to: whose, and to whom. index: of its release in its
    author's log; at: that author's clock there. received_at: by the receiver's log, or null.
    title: what follows the kind's title. lines, open_lines: in all, and without final answer.
    said: answer -> on how many lines it stands now. move: party whose answer is awaited, or "".
    waits_from: from when: its receipt, else its release; null when nobody's answer is awaited.
    clock: "30 working_days", what runs for it, or "". due_at: when the time is over, null where
    nothing is asked or no answer is awaited. due_binding: by a clock that both sides accepted.
    ours_only: its whole history is on paper, and in no record.
    """

    id = models.CharField(primary_key=True, max_length=80)
    by = models.CharField(max_length=3)
    addressee = models.CharField(max_length=3)
    kind = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    post = models.CharField(max_length=80)
    to = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True)
    title = models.TextField(blank=True)
    index = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=State.choices)
    lines = models.PositiveIntegerField()
    open_lines = models.PositiveIntegerField()
    said = models.JSONField(default=dict)
    asked_by = models.CharField(max_length=10, blank=True)
    move = models.CharField(max_length=3, blank=True)
    waits_from = models.DateTimeField(null=True)
    clock = models.CharField(max_length=20, blank=True, default="")
    due_at = models.DateTimeField(null=True)
    due_binding = models.BooleanField(default=False)
    ours_only = models.BooleanField(default=False)

    class Meta:
        """Each list, count and page is one walk along one of these."""

        ordering = ("-at", "id")
        indexes = (
            models.Index(fields=("-at", "id"), name="notice_newest"),
            models.Index(fields=("move", "waits_from"), name="notice_waits"),
            models.Index(fields=("state", "by", "kind", "post", "move"), name="notice_facets"),
            models.Index(fields=("by", "index"), name="notice_place"),
            models.Index(fields=("number",), name="notice_number"),
            models.Index(fields=("due_at", "id"), name="notice_due"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.id}"


class NoticeLink(models.Model):
    """What a notice names: things that it is about, and earlier notices that it refers to.

    role: "about" or "refers". target: id of the thing.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=6)
    target = models.CharField(max_length=80)
    place = models.PositiveSmallIntegerField()

    class Meta:
        """Found from both ends."""

        ordering = ("notice", "role", "place")
        constraints = (
            models.UniqueConstraint(fields=("notice", "role", "place"), name="notice_link"),
        )
        indexes = (models.Index(fields=("target", "role"), name="notice_named"),)

    def __str__(self) -> str:
        return f"{self.notice_id} {self.role} {self.target}"
