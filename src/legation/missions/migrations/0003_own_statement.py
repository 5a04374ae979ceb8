"""Keep what we know of a thing and have not stated."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table of our own, unstated statements."""

    dependencies: ClassVar = [("missions", "0002_fact_link")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="OwnStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("thing", models.CharField(db_index=True, max_length=80)),
                ("prefix", models.CharField(max_length=16)),
                ("sending", models.CharField(max_length=3)),
                ("receiving", models.CharField(max_length=3)),
                ("field", models.CharField(max_length=80)),
                ("statement", models.JSONField()),
                ("origin", models.CharField(max_length=10)),
                ("ref", models.CharField(blank=True, max_length=300)),
                ("dossier", models.CharField(blank=True, max_length=300)),
                ("entered_by", models.CharField(max_length=40)),
                ("entered_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(null=True)),
                ("struck_by", models.CharField(blank=True, max_length=40)),
                ("struck_why", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ("id",),
                "indexes": [models.Index(fields=["prefix", "thing"], name="own_by_register")],
            },
        ),
    ]
