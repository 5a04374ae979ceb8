"""Is the node fit to work? For a watchman without a name: no content, no figures, no names."""

import shutil
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from legation.errors import Refusal
from legation.line.databases import told_apart
from legation.line.node import Node
from legation.line.queries.status import status

LEAST_FREE: Final = 256 * 1024 * 1024
STRAINED: Final = {"silent": "silent", "own-short": "own-short"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """ok: it can write and sign. status: "ok", "degraded" or "failed". reasons: codes, sorted."""

    status: str
    reasons: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether it can do its work."""
        return self.status != "failed"


def ready(node: Node) -> Ready:
    """Tell how the node is; asks the database for its write lock and gives it back.

    Failed: "database" (cannot be written), "frozen" (two histories of a log were signed).
    Degraded: "disk" (little room), "resuming", "silent", "own-short". A peer that is behind, or
    none at all, is no fault of this node.
    """
    failed, strained = set(), set()
    try:
        with told_apart(node.alias), transaction.atomic(using=node.alias):
            pass  # BEGIN IMMEDIATE: whoever may not write learns it here
        found = status(node)
    except Refusal:
        return Ready(status="failed", reasons=("database",))
    states = {found.own.state, found.mirror.state}
    if "frozen" in states:
        failed.add("frozen")
    if "resuming" in states:
        strained.add("resuming")
    if found.verdict in STRAINED:
        strained.add(STRAINED[found.verdict])
    if shutil.disk_usage(node.home).free < LEAST_FREE:
        strained.add("disk")
    word = "failed" if failed else "degraded" if strained else "ok"
    return Ready(status=word, reasons=tuple(sorted(failed | strained)))
