"""Files put beside the acts of a draft, and taken away again. Ours only until it is released.

1. A file is taken in first (`officers.intake`): what is put into the node is the clean one.
2. A draft that was cleared must be cleared again: other files are other bytes.
3. What was taken out is written down, and shown to whoever clears. Knows no kind of act: one
   whose type has a version with `files` can carry them.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final

from legation.acts.codec import to_json
from legation.acts.compiled import released
from legation.acts.files import MAX_FILES, FileRef, files_of
from legation.errors import N_, Refusal
from legation.line import services as line
from legation.line.databases import writing
from legation.line.node import Node
from legation.line.services import files as store
from legation.line.services.rehearsal import rehearse
from legation.officers.intake import Taken, take_in_apart
from legation.officers.models import Draft, Officer
from legation.officers.permissions import DRAFT, require
from legation.officers.queries import ActPreview
from legation.officers.queries import draft as drafted
from legation.officers.queries.attached import TAKEN
from legation.officers.services.audit import note_down
from legation.officers.services.drafts import edit
from legation.officers.services.lookup import find_active
from legation.officers.sight import sight_of
from legation.officers.wording import DraftedAct
from legation.record.canon import Json

REMOVED: Final = "file.removed"


def attach(
    node: Node, *, draft_id: str, data: bytes, name: str, by: Officer | str, at: datetime
) -> Taken:
    """Put a file beside the first act of a draft that can carry files; return what intake says.

    Raises Refusal as intake does, "no-files" where no act of the draft carries any, "duplicate",
    "files" for too many, and as `edit`, `stage` and a rehearsal do.
    """
    officer = find_active(node, by)
    require(officer, DRAFT)
    page = drafted(node, draft_id, sight=sight_of(officer))
    place, version = _carrier(node, [act.type for act in page.acts], draft_id)
    taken = take_in_apart(data, name)
    ref = store.stage(node, taken.data, name=taken.name, media_type=taken.media_type, at=at)
    held = files_of(page.acts[place].fields)
    if ref.root in [each.root for each in held]:
        raise _twice(taken.name)
    if len(held) >= MAX_FILES:
        raise _too_many(draft_id)
    acts = [_as_drafted(act) for act in page.acts]
    acts[place] = _with(acts[place], (*held, ref), version)
    with writing(node.alias):
        _rehearsed(node, acts, at)
        edit(node, draft_id=draft_id, acts=acts, began=page.line.hash, by=officer, at=at)
        note_down(
            node,
            what=TAKEN,
            by=officer,
            at=at,
            about=draft_id,
            detail={"root": ref.root.text, **told_of(taken)},
        )
    return taken


def told_of(taken: Taken) -> dict[str, object]:
    """Return what intake said of a file, for rows that are ours alone."""
    return {
        "name": taken.name,
        "was": taken.was,
        "size": len(taken.data),
        "pages": taken.pages,
        "removed": [asdict(each) for each in taken.removed],
        "warnings": [each.what for each in taken.warnings],
    }


def detach(node: Node, *, draft_id: str, root: str, by: Officer | str, at: datetime) -> Draft:
    """Take a file away from a draft; the bytes go with the next sweep of what nothing names.

    Raises Refusal "no-such-file", and as `edit` does.
    """
    officer = find_active(node, by)
    require(officer, DRAFT)
    page = drafted(node, draft_id, sight=sight_of(officer))
    acts = [_as_drafted(act) for act in page.acts]
    for place, act in enumerate(page.acts):
        held = files_of(act.fields)
        kept = tuple(ref for ref in held if ref.root.text != root or ref.person is not None)
        if len(kept) < len(held):
            with_files, without = _versions(node, act.type)
            version = (with_files if kept else without) or act.version
            acts[place] = _with(acts[place], kept, version)
            with writing(node.alias):
                note_down(
                    node, what=REMOVED, by=officer, at=at, about=draft_id, detail={"root": root}
                )
                return edit(
                    node, draft_id=draft_id, acts=acts, began=page.line.hash, by=officer, at=at
                )
    raise Refusal(
        "no-such-file",
        thing=N_("Draft {draft}"),
        rule=N_("it has no such file."),
        remedy=N_("Open the draft again: another officer may have taken it away."),
        draft=draft_id,
    )


def carries(node: Node, draft_types: Sequence[str]) -> bool:
    """Tell whether any of these types of acts can carry files."""
    return any(_versions(node, each)[0] is not None for each in draft_types)


def _carrier(node: Node, types: Sequence[str], draft_id: str) -> tuple[int, int]:
    """Return the place of the act that takes the file, and the version that names files."""
    for place, name in enumerate(types):
        version = _versions(node, name)[0]
        if version is not None:
            return place, version
    raise Refusal(
        "no-files",
        thing=N_("Draft {draft}"),
        rule=N_("none of its acts carries files."),
        remedy=N_("Put the file beside a notice or an answer."),
        draft=draft_id,
    )


def _versions(node: Node, name: str) -> tuple[int | None, int | None]:
    """Return the newest version of an act that names files, and the newest that does not."""
    named: dict[bool, int] = {}
    for (each, version), cls in node.catalogue.acts.items():
        if each == name:
            has = "files" in released(cls).by_key
            named[has] = max(version, named.get(has, 0))
    return named.get(True), named.get(False)


def _as_drafted(act: ActPreview) -> DraftedAct:
    return DraftedAct(
        type=act.type,
        version=act.version,
        on=act.on,
        body=act.fields,
        re=bytes.fromhex(act.re),
        numbered_post=act.numbered_post or None,
    )


def _with(act: DraftedAct, refs: Sequence[FileRef], version: int) -> DraftedAct:
    body: dict[str, Json] = {key: value for key, value in act.body.items() if key != "files"}
    if refs:
        body["files"] = [to_json(ref) for ref in refs]
    return replace(act, body=body, version=version)


def _rehearsed(node: Node, acts: Sequence[DraftedAct], at: datetime) -> None:
    rehearse(
        node,
        [
            line.NewAct(
                type=act.type,
                version=act.version,
                on=act.on,
                body=act.body,
                re=act.re,
                numbered_post=act.numbered_post,
            )
            for act in acts
        ],
        at=at,
    )


def _twice(name: str) -> Refusal:
    return Refusal(
        "duplicate",
        thing=N_("File “{name}”"),
        rule=N_("the draft has a file with these very bytes."),
        remedy=N_("Add each file once."),
        name=name,
    )


def _too_many(draft_id: str) -> Refusal:
    return Refusal(
        "files",
        thing=N_("Draft {draft}"),
        rule=N_("an act names at most {most} files."),
        remedy=N_("Put several into one PDF, or send a second notice."),
        draft=draft_id,
        most=MAX_FILES,
    )
