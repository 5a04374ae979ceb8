"""The Django app of what changed since somebody looked."""

from django.apps import AppConfig


class SnapshotsConfig(AppConfig):
    """Counts the changes of things, so that a page reads anew only these."""

    name = "legation.missions.snapshots"
    label = "snapshots"
    default_auto_field = "django.db.models.BigAutoField"
