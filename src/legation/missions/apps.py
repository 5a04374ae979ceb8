"""The room's Django app."""

from django.apps import AppConfig


class MissionsConfig(AppConfig):
    """Posts, premises, regimes, contests, calendars, and our own chronicle."""

    name = "legation.missions"
    label = "missions"
    default_auto_field = "django.db.models.BigAutoField"
