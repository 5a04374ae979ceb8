"""The Django application of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base page, parts, theme; holds the only static files."""

    name = "legation.ui"
    label = "ui"
