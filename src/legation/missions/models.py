"""Rows of this room: what is stated, as the fold gives it; and our own chronicle.

All but `ChronicleEntry` are projections: `effects` writes them, `doctor --rebuild` remakes
them. body: the thing as it stands in the record (`legation.acts.codec.to_body`).
"""

from typing import ClassVar, Self

from django.db import models


class Standing(models.Model):
    """A thing of the folded state."""

    id = models.CharField(primary_key=True, max_length=80)
    body = models.JSONField()

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        """Each register has a table of its own."""

        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return self.id


class Post(Standing):
    """An embassy or consulate, as both sides state it."""

    sending = models.CharField(max_length=3)
    receiving = models.CharField(max_length=3)


class Premises(Standing):
    """A building or plot, as both sides state it."""

    sending = models.CharField(max_length=3)
    receiving = models.CharField(max_length=3)


class Sided(Standing):
    """A thing of a register, by the states that it concerns."""

    sending = models.CharField(max_length=3)
    receiving = models.CharField(max_length=3)

    class Meta(Standing.Meta):
        """Each register has a table of its own."""

        abstract = True


class AtPost(Sided):
    """A thing that belongs to a post, as its author states it now; "" where that is not said."""

    post = models.CharField(max_length=80, blank=True, db_index=True)

    class Meta(Sided.Meta):
        """Each register has a table of its own."""

        abstract = True


class Slot(AtPost):
    """A place on a mission's list of staff."""


class Person(Sided):
    """A member of a mission, by number: never by name."""


class Limit(AtPost):
    """A limit that a receiving state sets."""


class Channel(AtPost):
    """A way by which a post is paid and pays."""


class Licence(Sided):
    """What the receiving state's rules let a mission pay."""


class Service(AtPost):
    """A consular service of a post."""


class Exchange(Sided):
    """Something that the two states send each other people for."""


class Regime(Standing):
    """Rules that a receiving state applies."""


class Threshold(Standing):
    """A number by which a shared board is judged, as both sides accept it."""


class Calendar(Standing):
    """One year of a state's closed days."""

    by = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()


class Contest(Standing):
    """One side's view beside what the other states of a field."""

    by = models.CharField(max_length=3)
    thing = models.CharField(max_length=80, db_index=True)
    field = models.CharField(max_length=80)


class ChronicleEntry(models.Model):
    """A fact, a round, a source …: what a dossier tells beside the record. Ours only.

    section: the dossier's list. key: its name there. on: its day, as far as known, or "".
    content: the entry as loaded. dossier: title of the dossier that brought it.
    """

    section = models.CharField(max_length=20)
    key = models.CharField(max_length=300)
    on = models.CharField(max_length=10, blank=True)
    content = models.JSONField()
    dossier = models.CharField(max_length=300)
    loaded_by = models.CharField(max_length=40)
    loaded_at = models.DateTimeField()

    class Meta:
        """Found by section, in the order of days."""

        ordering = ("section", "on", "id")
        constraints = (models.UniqueConstraint(fields=("section", "key"), name="chronicle_key"),)

    def __str__(self) -> str:
        return f"{self.section} {self.key}"


class FactLink(models.Model):
    """An officer's tie between a fact of our chronicle and a thing of the record. Ours only.

    fact: its key. thing: id of a notice, post or premises.
    """

    fact = models.CharField(max_length=300)
    thing = models.CharField(max_length=80, db_index=True)
    linked_by = models.CharField(max_length=40)
    linked_at = models.DateTimeField()

    class Meta:
        """A fact is tied to a thing once."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("fact", "thing"), name="fact_tied_once"),)

    def __str__(self) -> str:
        return f"{self.fact} {self.thing}"


class OwnStatement(models.Model):
    """What we know of one field of a thing and have not stated. Ours only, until it is.

    thing: "slot/US-MOW-017", whether the record holds it or not. prefix: its register. sending,
    receiving: the states concerned. statement: in the form of the field's act ({"value",
    "from"?, "until"?, "by"?, "basis"?, "sources"?, "note"?}). origin: "dossier" or "officer".
    ref: key of the fact it follows from, or "". struck: taken back; the row stays.
    """

    thing = models.CharField(max_length=80, db_index=True)
    prefix = models.CharField(max_length=16)
    sending = models.CharField(max_length=3)
    receiving = models.CharField(max_length=3)
    field = models.CharField(max_length=80)
    statement = models.JSONField()
    origin = models.CharField(max_length=10)
    ref = models.CharField(max_length=300, blank=True)
    dossier = models.CharField(max_length=300, blank=True)
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.CharField(max_length=40, blank=True)
    struck_why = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        """In the order in which it was entered; read by register."""

        ordering = ("id",)
        indexes = (models.Index(fields=("prefix", "thing"), name="own_by_register"),)

    def __str__(self) -> str:
        return f"{self.thing} {self.field}"


class OwnThreshold(models.Model):
    """A number by which our own board judges more strictly than both agreed. Ours only.

    name: of `readiness.thresholds`. It counts only where it is the stricter one.
    """

    name = models.CharField(primary_key=True, max_length=40)
    value = models.PositiveIntegerField()
    entered_by = models.CharField(max_length=40)
    entered_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
