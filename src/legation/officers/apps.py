"""The Django application of the officers."""

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    """Sign-in, roles, drafts, clearance, release; lies below the rooms, which need it."""

    name = "legation.officers"
    label = "officers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions, so that `officer.has_perm(…)` answers; hear of passkeys."""
        from legation.officers import permissions, signals  # noqa: F401, PLC0415 - needs loaded apps
