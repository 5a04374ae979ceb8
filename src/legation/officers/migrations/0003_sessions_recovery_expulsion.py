"""Sessions, getting back in, expulsion, and the audit found by what was done."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the tables and columns."""

    dependencies = [
        ("officers", "0002_draft_posts"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeskSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(db_index=True, max_length=40)),
                ("way", models.CharField(blank=True, max_length=10)),
                ("place", models.CharField(blank=True, max_length=10)),
                ("browser", models.CharField(blank=True, max_length=20)),
                ("system", models.CharField(blank=True, max_length=20)),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-since", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_by", models.CharField(max_length=40)),
                ("first_at", models.DateTimeField()),
                ("first_hash", models.CharField(max_length=64)),
                ("second_by", models.CharField(blank=True, max_length=40)),
                ("second_hash", models.CharField(blank=True, max_length=64)),
                ("code_until", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ("-first_at", "-id"),
            },
        ),
        migrations.AddField(
            model_name="officer",
            name="expelled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="officer",
            name="expelled_by",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="officer",
            name="signing_key",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name="auditrow",
            index=models.Index(fields=["what", "-id"], name="audit_what"),
        ),
        migrations.AddField(
            model_name="desksession",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sessions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recovery",
            name="officer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="recoveries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
