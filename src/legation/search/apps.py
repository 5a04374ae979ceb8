"""The Django app of the index."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """What can be found, by whom, and the words that find it."""

    name = "legation.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
