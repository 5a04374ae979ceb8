"""The Django application of the line."""

from django.apps import AppConfig


class LineConfig(AppConfig):
    """Own log, mirror of theirs, and what follows from both."""

    name = "legation.line"
    label = "line"
    default_auto_field = "django.db.models.BigAutoField"
