"""The Django app of the persons list."""

from django.apps import AppConfig


class PersonsConfig(AppConfig):
    """Members of the missions. Ours only."""

    name = "legation.missions.persons"
    label = "persons"
    default_auto_field = "django.db.models.BigAutoField"
