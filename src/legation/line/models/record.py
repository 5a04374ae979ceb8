"""Both logs, the folded state, the peer, its carriers, and what was refused."""

from django.db import models


class Side(models.TextChoices):
    """Whose log: the node's own, or the mirror of the peer's."""

    OWN = "own"
    PEER = "peer"


class Peer(models.Model):
    """The other party, as introduced; one row. It is confirmed once two officers said so.

    introduction, own_introduction: the signed files, theirs and ours, as exchanged.
    pair: hex SHA-256 over both. challenge: ours of now; their_challenge: their newest.
    wants_own: they asked for entries of their own log from here. keys_seq: number of our keys
    document that they hold. line_seq: of theirs whose line key has signed the newest bundles; none
    before it does. settled_level: up to this level of the order the settled layer is
    folded.
    """

    party = models.CharField(max_length=3)
    name = models.CharField(max_length=200)
    record = models.CharField(max_length=16)
    root_fp = models.CharField(max_length=64)
    introduction = models.BinaryField()
    own_introduction = models.BinaryField()
    pair = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    first_by = models.CharField(max_length=40, blank=True)
    first_at = models.DateTimeField(null=True)
    second_by = models.CharField(max_length=40, blank=True)
    second_at = models.DateTimeField(null=True)
    challenge = models.CharField(max_length=32)
    their_challenge = models.CharField(max_length=32, blank=True)
    settled_level = models.PositiveBigIntegerField(default=0)
    wants_own = models.PositiveBigIntegerField(null=True)
    keys_seq = models.PositiveIntegerField(default=0)
    line_seq = models.PositiveIntegerField(default=0)
    heartbeat_s = models.FloatField(default=10)

    def __str__(self) -> str:
        return f"{self.party} in record {self.record}"


class Log(models.Model):
    """One side's log, as held here.

    term: its run. size, root, frontier: of all its entries. usable: entries that name nothing
    we lack. level: of the last usable one. solid: entries up to and with the last that is no
    `record.seen`; solid_level: its level. seen_to: how many entries of the other log this one
    has seen. resumptions: where it went on after a restore, each `size:heard` (record.order,
    rule 5). checkpoint: newest signed note of it, of checkpoint_size entries.
    cosigned, cosigned_size, cosigned_at: newest checkpoint with the other party's cosignature.
    announced: where the peer said its log ends. have: how much of our own the peer holds, and
    have_at since when; fenced_size, fenced_root: what our fence file should say.
    have_root: root of what the peer holds. acked_term: of ours that the peer knows.
    state: "open", "resuming" (own: restored, signs nothing) or "frozen". resumed: opening of
    the act that opens the term, after resumed_size entries. short: entries of ours that the peer
    has shown and we lack. lost: where the log ended before a restore, by the fence; fence_then:
    what the fence said.
    """

    side = models.CharField(primary_key=True, max_length=4, choices=Side.choices)
    party = models.CharField(max_length=3)
    term = models.CharField(max_length=16)
    size = models.PositiveBigIntegerField(default=0)
    root = models.BinaryField()
    frontier = models.BinaryField()
    usable = models.PositiveBigIntegerField(default=0)
    level = models.PositiveBigIntegerField(default=0)
    solid = models.PositiveBigIntegerField(default=0)
    solid_level = models.PositiveBigIntegerField(default=0)
    seen_to = models.PositiveBigIntegerField(default=0)
    resumptions = models.TextField(blank=True)
    checkpoint = models.TextField(blank=True)
    checkpoint_size = models.PositiveBigIntegerField(default=0)
    cosigned = models.TextField(blank=True)
    cosigned_size = models.PositiveBigIntegerField(default=0)
    cosigned_at = models.DateTimeField(null=True)
    announced = models.PositiveBigIntegerField(default=0)
    have = models.PositiveBigIntegerField(default=0)
    have_root = models.BinaryField(default=b"")
    acked_term = models.CharField(max_length=16, blank=True)
    have_at = models.DateTimeField(null=True)
    fenced_size = models.PositiveBigIntegerField(default=0)
    fenced_root = models.BinaryField(default=b"")
    state = models.CharField(max_length=10, default="open")
    state_at = models.DateTimeField(null=True)
    resumed = models.BinaryField(default=b"")
    resumed_size = models.PositiveBigIntegerField(default=0)
    short = models.PositiveBigIntegerField(default=0)
    lost = models.PositiveBigIntegerField(default=0)
    fence_then = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"log of {self.party}, {self.size} entries"


class Entry(models.Model):
    """One entry of a log. leaf: its hash. seen: as claimed; seen_to: the largest so far.

    level: its place in the order, null while it names what we lack. void: why it is without
    effect, "" if it counts. received_at: when the peer's came here.
    """

    side = models.CharField(max_length=4, choices=Side.choices)
    index = models.PositiveBigIntegerField()
    opening = models.BinaryField()
    leaf = models.BinaryField()
    type = models.CharField(max_length=60, blank=True)
    on = models.CharField(max_length=200, blank=True, db_index=True)
    number = models.CharField(max_length=200, blank=True)
    at = models.CharField(max_length=20, blank=True)
    seen = models.PositiveBigIntegerField(default=0)
    seen_to = models.PositiveBigIntegerField(default=0)
    level = models.PositiveBigIntegerField(null=True, db_index=True)
    void = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(null=True)

    class Meta:
        """One entry a place; receipts are found by how far an entry had seen."""

        constraints = (models.UniqueConstraint(fields=("side", "index"), name="entry_place"),)
        indexes = (
            models.Index(fields=("side", "seen_to"), name="entry_seen"),
            models.Index(fields=("leaf",), name="entry_leaf"),  # 12 characters look an entry up
        )

    def __str__(self) -> str:
        return f"{self.side} {self.index} {self.type}"


class Tile(models.Model):
    """Hash of a complete subtree of 256 (level 8), 65,536 (level 16) … entries."""

    side = models.CharField(max_length=4, choices=Side.choices)
    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField()

    class Meta:
        """One hash a subtree."""

        constraints = (
            models.UniqueConstraint(fields=("side", "level", "index"), name="tile_place"),
        )

    def __str__(self) -> str:
        return f"{self.side} {self.level}/{self.index}"


class StandingThing(models.Model):
    """One thing of the folded state, as canonical bytes.

    settled: by the settled part of the order alone, null while it is not there yet.
    tail: by all that is held, null where that is the same.
    written, looked_at: up to which level of the order an act has put it, or looked at it (or
    found that it is not there: then both values are null). They only tell what a late act may
    have an effect on.
    """

    id = models.CharField(primary_key=True, max_length=200)
    settled = models.BinaryField(null=True)
    tail = models.BinaryField(null=True)
    written = models.PositiveBigIntegerField(default=0)
    looked_at = models.PositiveBigIntegerField(default=0)

    class Meta:
        """The tail is small and is asked for whole."""

        indexes = (
            models.Index(
                fields=("id",), name="standing_tail", condition=models.Q(tail__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.id


class KeysDocumentRow(models.Model):
    """One keys document of a party. position: index of the act that brought it; -1 the first.

    Null: it is known, signed by the root, but the act has not come yet.
    """

    side = models.CharField(max_length=4, choices=Side.choices)
    seq = models.PositiveIntegerField()
    document = models.BinaryField()
    position = models.BigIntegerField(null=True)

    class Meta:
        """One document a number."""

        constraints = (models.UniqueConstraint(fields=("side", "seq"), name="keys_number"),)

    def __str__(self) -> str:
        return f"{self.side} keys {self.seq}"


class OldCheckpoint(models.Model):
    """An earlier checkpoint that both signed. note: with all signatures; at: its last time."""

    side = models.CharField(max_length=4, choices=Side.choices)
    origin = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """One a size and origin."""

        constraints = (
            models.UniqueConstraint(fields=("side", "origin", "size"), name="checkpoint_size"),
        )

    def __str__(self) -> str:
        return f"{self.origin} at {self.size}"


class CarrierState(models.Model):
    """How one carrier does.

    seq: of our last heartbeat on it, heard: theirs; echoed: ours that they have heard.
    sent_to: up to where our log went out on it. tries: failures in a row. error: code of the
    last. credit: bundles the peer takes now.
    """

    name = models.CharField(primary_key=True, max_length=20)
    rank = models.PositiveSmallIntegerField(default=100)
    seq = models.PositiveBigIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    heard = models.PositiveBigIntegerField(default=0)
    last_heard_at = models.DateTimeField(null=True)
    echoed = models.PositiveBigIntegerField(default=0)
    last_echoed_at = models.DateTimeField(null=True)
    sent_to = models.PositiveBigIntegerField(default=0)
    sent_to_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=40, blank=True)
    credit = models.PositiveIntegerField(default=64)

    def __str__(self) -> str:
        return self.name


class HeartbeatSlot(models.Model):
    """Half an hour of heartbeats on one carrier: sent, and echoed by the other side."""

    carrier = models.CharField(max_length=20)
    since = models.DateTimeField(db_index=True)
    sent = models.PositiveIntegerField(default=0)
    echoed = models.PositiveIntegerField(default=0)
    heard = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a slot and carrier."""

        constraints = (models.UniqueConstraint(fields=("carrier", "since"), name="beat_slot"),)

    def __str__(self) -> str:
        return f"{self.carrier} {self.since:%Y-%m-%dT%H:%MZ}"


class RefusalCount(models.Model):
    """How often something from outside was refused, by code."""

    code = models.CharField(primary_key=True, max_length=40)
    count = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField()
    last_carrier = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"{self.code}: {self.count}"


class Evidence(models.Model):
    """Signed bytes that contradict what we hold; kept for ever.

    kind: "fork" (two checkpoints of one log), "own-fork", "own-short", "seen".
    first, second: the notes (ours or held; theirs). detail: small JSON for a reader.
    """

    kind = models.CharField(max_length=20)
    side = models.CharField(max_length=4, choices=Side.choices)
    at = models.DateTimeField()
    first = models.TextField(blank=True)
    second = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%dT%H:%M:%SZ}"
