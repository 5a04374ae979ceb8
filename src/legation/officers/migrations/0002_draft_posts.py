"""Drafts know the posts they are from, to or about: it decides who sees them."""

import json

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_posts(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Name the posts of the drafts that are here, as their acts' bodies do."""
    drafts = apps.get_model("officers", "Draft").objects.using(editor.connection.alias)
    for draft in drafts.prefetch_related("acts"):
        found = set()
        for act in draft.acts.all():
            body = json.loads(bytes(act.body))
            found |= {act.numbered_post, body.get("post"), body.get("to")}
        named = sorted(each for each in found if isinstance(each, str) and each)
        draft.posts = "".join(f" {each} " for each in named)
        draft.save(update_fields=["posts"])


class Migration(migrations.Migration):
    """Adds the column, and fills it."""

    dependencies = (("officers", "0001_initial"),)

    operations = (
        migrations.AddField(
            model_name="draft",
            name="posts",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(name_posts, migrations.RunPython.noop),
    )
