"""The Django application of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages over more than one room; of its own it holds what an officer keeps for themselves."""

    name = "legation.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
