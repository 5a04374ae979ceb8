"""The Django app of what stands beside drafts."""

from django.apps import AppConfig


class DraftingConfig(AppConfig):
    """Versions of drafts, words that were kept aside, templates. Ours only."""

    name = "legation.notices.drafting"
    label = "drafting"
    default_auto_field = "django.db.models.BigAutoField"
