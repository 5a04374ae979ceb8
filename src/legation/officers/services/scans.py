"""Scans: files beside a thing that are ours alone, as a stamped copy or a reply on paper.

1. A scan goes through intake as every file does; no act names it, and it never leaves.
2. It is taken away by whoever may draft; its row stays, its bytes go with what nothing names.
"""

from datetime import datetime
from typing import Final

from legation.acts.codec import to_json
from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.line.services import files as store
from legation.officers.intake import Taken, take_in_apart
from legation.officers.models import Officer, Scan
from legation.officers.permissions import DRAFT, require
from legation.officers.services.attaching import told_of
from legation.officers.services.audit import note_down
from legation.officers.services.lookup import find_active

WHAT: Final = ("delivered", "reply", "other")
MOST: Final = 200


def keep_scan(
    node: Node,
    *,
    thing: str,
    what: str,
    data: bytes,
    name: str,
    by: Officer | str,
    at: datetime,
) -> Taken:
    """Keep a file beside a thing that the caller has found in the officer's sight.

    what: one of WHAT. Raises Refusal as intake and `stage` do, "choice", "files", "duplicate".
    """
    officer = find_active(node, by)
    require(officer, DRAFT)
    if what not in WHAT:
        raise _refused("choice", N_("it is a stamped copy, a reply, or other."), name)
    rows = Scan.objects.using(node.alias).filter(thing=thing, dropped_at=None)
    if rows.count() >= MOST:
        raise _refused("files", N_("so many files stand beside it already."), name)
    taken = take_in_apart(data, name)
    ref = store.stage(node, taken.data, name=taken.name, media_type=taken.media_type, at=at)
    with writing(node.alias):
        if rows.filter(root=ref.root.text).exists():
            raise _refused("duplicate", N_("a file with these very bytes stands there."), name)
        rows.create(
            thing=thing,
            root=ref.root.text,
            ref=to_json(ref),
            what=what,
            told=told_of(taken),
            added_by=officer.username,
            added_at=at,
        )
        detail = {"root": ref.root.text, "what": what}
        note_down(node, what="scan.added", by=officer, at=at, about=thing, detail=detail)
    return taken


def drop_scan(node: Node, *, thing: str, root: str, by: Officer | str, at: datetime) -> None:
    """Take a scan away. Raises Refusal "no-such-file"."""
    officer = find_active(node, by)
    require(officer, DRAFT)
    with writing(node.alias):
        rows = Scan.objects.using(node.alias).filter(thing=thing, root=root, dropped_at=None)
        if not rows.update(dropped_at=at, dropped_by=officer.username):
            raise _refused("no-such-file", N_("it does not stand there."), root[:12])
        detail = {"root": root}
        note_down(node, what="scan.removed", by=officer, at=at, about=thing, detail=detail)


def _refused(code: str, rule: str, name: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("File “{name}”"),
        rule=rule,
        remedy=N_("Look at what stands beside it, and add another."),
        name=name[:80],
    )
