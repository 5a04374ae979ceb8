"""Tie facts of our own chronicle to notices, posts and premises."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table of ties."""

    dependencies: ClassVar = [("missions", "0001_initial")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="FactLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fact", models.CharField(max_length=300)),
                ("thing", models.CharField(db_index=True, max_length=80)),
                ("linked_by", models.CharField(max_length=40)),
                ("linked_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("fact", "thing"), name="fact_tied_once")
                ],
            },
        ),
    ]
