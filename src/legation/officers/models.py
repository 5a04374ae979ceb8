"""Rows of the officers: people, their drafts, and what they did. None of it ever crosses."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from rules.permissions import has_perm, perm_exists


class Role(models.TextChoices):
    """What an officer is here for; one officer may have several."""

    OFFICER = "officer", _("officer")
    CLEARING = "clearing", _("clearing officer")
    CUSTODIAN = "custodian", _("key custodian")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by the name they sign in with, in any mix of capitals."""

    def get_by_natural_key(self, username: str | None) -> "Officer":
        """Return the officer of that name. Raises Officer.DoesNotExist."""
        return self.get(folded_name=(username or "").casefold())


class Officer(AbstractBaseUser):
    """A person who signs in to this node. The name is unique, in any mix of capitals.

    signing_key: a custodian's raw public key, 64 hex, as the keys document names it.
    """

    username = models.CharField(_("name"), max_length=40, unique=True)
    folded_name = models.CharField(max_length=80, unique=True, editable=False)
    display_name = models.CharField(_("full name"), max_length=80, blank=True)
    roles = models.JSONField(default=list)
    post = models.CharField(max_length=80, blank=True)
    is_active = models.BooleanField(default=True)
    token_hash = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField()
    suspended_at = models.DateTimeField(null=True, blank=True)
    expelled_at = models.DateTimeField(null=True, blank=True)
    expelled_by = models.CharField(max_length=40, blank=True)
    signing_key = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[OfficerManager] = OfficerManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """How the rows are listed."""

        ordering = ("username",)

    def __str__(self) -> str:
        return self.username

    @property
    def shown_name(self) -> str:
        """Return the full name where one is kept, else the name of sign-in."""
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """Return the name to show; asked for by Django's and allauth's own pages."""
        return self.shown_name

    def has_role(self, *roles: str) -> bool:
        """Tell whether the officer is not suspended and has one of `roles`."""
        return self.is_active and not set(roles).isdisjoint(self.roles)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Answer by the rules of `permissions.py`; a suspended officer may do nothing."""
        known = self.is_active and perm_exists(perm)  # type: ignore[no-untyped-call]  # no types
        return known and bool(has_perm(perm, self, obj))  # type: ignore[no-untyped-call]  # same

    def has_module_perms(self, app_label: str) -> bool:
        """Let templates ask `perms.<app>`; each single permission still decides."""
        return self.is_active and bool(app_label)


class DeskSession(models.Model):
    """One browser in which an officer is signed in, or was. Nothing of what it looked at.

    key: of Django's session. place: "machine", "network" or "outside". browser, system: in a
    word, as the browser says. way: "password" or "passkey". seen_at: to the minute.
    """

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=40, db_index=True)
    way = models.CharField(max_length=10, blank=True)
    place = models.CharField(max_length=10, blank=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-since", "-id")

    def __str__(self) -> str:
        return f"{self.officer_id} {self.browser} {self.since:%Y-%m-%dT%H:%M}"


class Recovery(models.Model):
    """Two officers let a third one back in. first_hash, second_hash: of the halves of the code.

    code_until: when the code ends, set by the second approval. tries: wrong ones, of few.
    ended_at: used, given up or out of date; how it ended is in the audit.
    """

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="recoveries")
    first_by = models.CharField(max_length=40)
    first_at = models.DateTimeField()
    first_hash = models.CharField(max_length=64)
    second_by = models.CharField(max_length=40, blank=True)
    second_hash = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering = ("-first_at", "-id")

    def __str__(self) -> str:
        return f"{self.officer_id} {self.first_at:%Y-%m-%dT%H:%M}"


class DraftState(models.TextChoices):
    """Where a draft stands."""

    DRAFTED = "drafted", _("drafted")
    CLEARED = "cleared", _("cleared")
    RELEASED = "released", _("released")
    DISCARDED = "discarded", _("discarded")


class Draft(models.Model):
    """A list of acts on its way out: drafted, cleared by another officer, released.

    authors: names of all who wrote any version of it; none of them clears it.
    posts: ids of the posts it is from, to or about, a space before and after each: who sees it.
    cleared_hash: the hash that was cleared; release compares it with the rows' bytes.
    """

    id = models.CharField(primary_key=True, max_length=40)
    title = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=DraftState.choices, db_index=True)
    authors = models.JSONField(default=list)
    posts = models.TextField(blank=True, default="")
    drafted_by = models.CharField(max_length=40)
    drafted_at = models.DateTimeField()
    cleared_by = models.CharField(max_length=40, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_hash = models.CharField(max_length=64, blank=True)
    released_by = models.CharField(max_length=40, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    discarded_by = models.CharField(max_length=40, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """How the rows are listed."""

        ordering = ("-drafted_at", "id")

    def __str__(self) -> str:
        return self.id


class DraftAct(models.Model):
    """One act of a draft. body: canonical JSON. index: its entry in our log, once released."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="acts")
    n = models.PositiveIntegerField()
    type = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    on = models.CharField(max_length=80, blank=True, db_index=True)
    re = models.BinaryField(max_length=32, default=b"")
    body = models.BinaryField()
    salt_b = models.BinaryField(max_length=32)
    numbered_post = models.CharField(max_length=80, blank=True)
    index = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        """One place for one act."""

        ordering = ("draft", "n")
        constraints = (models.UniqueConstraint(fields=("draft", "n"), name="one_act_a_place"),)

    def __str__(self) -> str:
        return f"{self.draft_id} act {self.n}"


class AuditRow(models.Model):
    """Who did what, when, to which thing. Ours only: kept here, never sent or exported.

    by: the officer's name, or "" where nobody was signed in (the machine's own command).
    what: kebab and dots, e.g. "draft.cleared". detail: small, e.g. the hash cleared.
    """

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=40, blank=True, db_index=True)
    what = models.CharField(max_length=40)
    about = models.CharField(max_length=120, blank=True, db_index=True)
    detail = models.JSONField(default=dict)

    class Meta:
        """Newest first; found by what was done too."""

        ordering = ("-id",)
        indexes = (models.Index(fields=("what", "-id"), name="audit_what"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%M:%SZ} {self.by or '-'} {self.what} {self.about}"


class Scan(models.Model):
    """A file beside a thing that is ours alone: a stamped copy, their reply as it came on paper.

    ref: how an act would name the file. what: "delivered", "reply" or "other". told: what intake
    said of it. dropped_at: when it was taken away; the row stays, for the audit.
    """

    thing = models.CharField(max_length=80, db_index=True)
    root = models.CharField(max_length=64, db_index=True)
    ref = models.JSONField()
    what = models.CharField(max_length=12)
    told = models.JSONField(default=dict)
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    dropped_by = models.CharField(max_length=40, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """As they were added."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.what} beside {self.thing}"
