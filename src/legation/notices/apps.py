"""The Django app of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices of both sides, as the fold gives them."""

    name = "legation.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
