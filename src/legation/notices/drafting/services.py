"""Every write beside the drafts: versions, words kept aside, who is in it, templates."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.notices.drafting.models import Opening, Template, Translation, Version, Words
from legation.officers.queries.ended import ended
from legation.record.canon import Json

MOST_WORDS = 20
"""Rows of words kept aside for one officer and draft; the oldest beyond are let go."""
LONGEST_TITLE = 120
WORDS_KEPT: Final = timedelta(days=30)
ENDED_FOR: Final = timedelta(days=1)
"""After this, words kept aside before their draft left or was given up are let go."""


def keep_version(
    node: Node,
    *,
    draft_id: str,
    hash: str,  # noqa: A002 - what a draft's bytes are called everywhere
    body: Mapping[str, Json],
    by: str,
    at: datetime,
    translated: Sequence[str] = (),
) -> None:
    """Keep a version as it was saved, and which original each translation was made from.

    translated: languages that the officer says they have put in order again.
    """
    Version.objects.using(node.alias).create(
        draft=draft_id, hash=hash, by=by, at=at, body=dict(body)
    )
    texts = body.get("texts")
    named = [text for text in (texts if isinstance(texts, list) else ()) if isinstance(text, dict)]
    original = next((str(text["text"]) for text in named if text.get("role") == "original"), "")
    rows = Translation.objects.using(node.alias).filter(draft=draft_id)
    known = {row.lang: row for row in rows}
    for text in named:
        if text.get("role") == "original":
            continue
        lang, words = str(text["lang"]), str(text["text"])
        row = known.get(lang)
        if row is None or row.text != words or lang in translated:
            Translation.objects.using(node.alias).update_or_create(
                draft=draft_id,
                lang=lang,
                defaults={"text": words, "original": original, "by": by, "at": at},
            )
    rows.exclude(lang__in=[str(text.get("lang")) for text in named]).delete()


def mark_translated(node: Node, *, draft_id: str, lang: str, by: str, at: datetime) -> None:
    """Note that a translation was read against the original as it is now, and holds."""
    with writing(node.alias):
        row = Translation.objects.using(node.alias).filter(draft=draft_id, lang=lang).first()
        last = Version.objects.using(node.alias).filter(draft=draft_id).last()
        if row is None or last is None:
            raise Refusal(
                "no-translation",
                thing=N_("Draft {draft}"),
                rule=N_("it has no translation into “{lang}” that could be out of date."),
                remedy=N_("Read the draft as it is now."),
                draft=draft_id,
                lang=lang[:20],
            )
        row.original = next(
            (str(t["text"]) for t in last.body.get("texts", []) if t.get("role") == "original"), ""
        )
        row.by, row.at = by, at
        row.save(using=node.alias)


def keep_words(
    node: Node,
    *,
    draft_id: str,
    began: str,
    why: str,
    data: Mapping[str, Json],
    by: str,
    at: datetime,
) -> int:
    """Keep what an officer typed and could not save; return the row's number."""
    with writing(node.alias):
        mine = Words.objects.using(node.alias).filter(draft=draft_id, by=by)
        row = mine.filter(data=dict(data)).first()
        if row is None:
            row = Words.objects.using(node.alias).create(
                draft=draft_id, by=by, at=at, began=began, why=why, data=dict(data)
            )
        old = list(mine.values_list("id", flat=True)[MOST_WORDS:])
        Words.objects.using(node.alias).filter(id__in=old).delete()
    return int(row.pk)


def drop_words(node: Node, *, words: int, by: str) -> None:
    """Let go of what an officer had typed, as they ask; or because it was saved."""
    with writing(node.alias):
        Words.objects.using(node.alias).filter(id=words, by=by).delete()


def drop_old_words(node: Node, *, at: datetime) -> int:
    """Let go of words kept aside that nobody took up: they may hold persons' data.

    Those older than 30 days go, and those kept before their draft left or was given up, a day
    after that: who was in it then still finds them. Returns how many.
    """
    with writing(node.alias):
        rows = Words.objects.using(node.alias).all()
        gone = [row.pk for row in rows.filter(at__lt=at - WORDS_KEPT)]
        done = ended(node, {row.draft for row in rows}, before=at - ENDED_FOR)
        gone += [row.pk for row in rows if row.draft in done and row.at <= done[row.draft]]
        count, _ = rows.filter(pk__in=gone).delete()
    return count


def note_opening(node: Node, *, draft_id: str, by: str, at: datetime) -> None:
    """Note that an officer has opened a draft to change it."""
    with writing(node.alias):
        Opening.objects.using(node.alias).bulk_create(
            [Opening(draft=draft_id, by=by, at=at)],
            update_conflicts=True,
            unique_fields=["draft", "by"],
            update_fields=["at"],
        )


def note_left(node: Node, *, draft_id: str, by: str) -> None:
    """Note that an officer has saved or left a draft."""
    with writing(node.alias):
        Opening.objects.using(node.alias).filter(draft=draft_id, by=by).delete()


def save_template(
    node: Node, *, kind: str, title: str, data: Mapping[str, Json], by: str, at: datetime
) -> int:
    """Keep a note to begin others from. Raises Refusal "title", "template-exists"."""
    title = " ".join(title.split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise Refusal(
            "title",
            thing=N_("A template"),
            rule=N_("its title has 1 to {most} characters."),
            remedy=N_("Write what the note is for."),
            most=LONGEST_TITLE,
            field="title",
        )
    with writing(node.alias):
        if Template.objects.using(node.alias).filter(kind=kind, title=title).exists():
            raise Refusal(
                "template-exists",
                thing=N_("Template “{title}”"),
                rule=N_("there is one of this title for this kind already."),
                remedy=N_("Choose another title, or delete that one first."),
                title=title,
                field="title",
            )
        row = Template.objects.using(node.alias).create(
            kind=kind, title=title, data=dict(data), by=by, at=at
        )
    return int(row.pk)


def drop_template(node: Node, *, template: int) -> None:
    """Delete a template. Notes that began from it stay as they are."""
    with writing(node.alias):
        Template.objects.using(node.alias).filter(id=template).delete()
