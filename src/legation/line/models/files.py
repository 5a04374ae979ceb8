"""Files: what is held of each, and which acts name it."""

from django.db import models

from legation.line.models.record import Side


class HeldFile(models.Model):
    """A file: bytes in the node's folder `files`, whole, in part, or not here (yet, or any more).

    root: hex root of its tree. hashes: leaf hashes of its chunks, 32 bytes each, b"" while they
    are not known. held: a bit for each chunk that came over the line, lowest bit first.
    staged_at: when all of it was put here by this node; null for one that came over the line.
    arrived_at: when a chunk came last. erased_at: when it was destroyed here, for good;
    their_erased_at: when the other side said the same of theirs. lacking: the line is to bring
    (more of) it. their_held: the chunks that the other side has, while it asks for the rest.
    """

    root = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveIntegerField()
    hashes = models.BinaryField(default=b"")
    held = models.BinaryField(default=b"")
    staged_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    their_erased_at = models.DateTimeField(null=True)
    lacking = models.BooleanField(default=False)
    their_held = models.BinaryField(null=True)

    class Meta:
        """What is on its way, either way, is few and is asked for many times a minute."""

        indexes = (
            models.Index(fields=("root",), name="file_lacking", condition=models.Q(lacking=True)),
            models.Index(
                fields=("root",), name="file_asked", condition=models.Q(their_held__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.root[:12]}, {self.size} bytes"


class FileMention(models.Model):
    """A file as an act that counts names it: what the line may carry, and to whom."""

    side = models.CharField(max_length=4, choices=Side.choices)
    index = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()

    class Meta:
        """An act names a file once."""

        constraints = (
            models.UniqueConstraint(fields=("side", "index", "root"), name="mention_place"),
        )

    def __str__(self) -> str:
        return f"{self.side} {self.index} names {self.root[:12]}"
