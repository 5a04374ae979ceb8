"""Keep the numbers by which our own board judges more strictly."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the table of our own thresholds."""

    dependencies: ClassVar = [("missions", "0003_own_statement")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="OwnThreshold",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("value", models.PositiveIntegerField()),
                ("entered_by", models.CharField(max_length=40)),
                ("entered_at", models.DateTimeField()),
            ],
            options={"ordering": ("name",)},
        ),
    ]
