"""Open the node that `-n DIR` names, and load Django for it; nothing else here loads Django."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from legation.cli.output import tell
from legation.cli.words import _
from legation.errors import N_, Refusal

if TYPE_CHECKING:
    from legation.line.node import Node


def home_of(args: argparse.Namespace) -> Path:
    """Return the folder that `-n` or $LEGATION_NODE names.

    Raises Refusal "no-node" (none named) or "not-a-node".
    """
    named = getattr(args, "node", None) or os.environ.get("LEGATION_NODE")
    if not named:
        raise Refusal(
            "no-node",
            thing=N_("Command"),
            rule=N_("it works on a node, and none is named."),
            remedy=N_("Put `-n DIR` before it, or set LEGATION_NODE; `legation init` makes one."),
        )
    home = Path(named).resolve()
    if not (home / "node.json").is_file():
        raise Refusal(
            "not-a-node",
            thing=N_("Folder {path}"),
            rule=N_("it holds no node (no node.json that can be read)."),
            remedy=N_("Check the path, or make a node there with `legation init`."),
            path=named,
        )
    return home


def load_django(home: Path | None = None) -> None:
    """Load Django, with the node in `home` as the one that its settings speak of."""
    if home is not None:
        os.environ["LEGATION_NODE"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legation.settings")
    import django

    django.setup()


def open_named(args: argparse.Namespace) -> "Node":
    """Open the node that the command line names; with a full disk, to be read as it lies.

    Raises Refusal "no-node", "not-a-node", "no-database", and what opening refuses (a newer
    database …).
    """
    try:
        return open_to_serve(args)
    except Refusal as refusal:
        if refusal.code != "disk-full":
            raise
        from legation.line.databases import lies_still
        from legation.line.node import open_node

        home = home_of(args)
        if not lies_still(home):
            raise
        tell(_("The disk is full: the node is read as it lies, and nothing can be written."))
        return open_node(home, as_it_lies=True)


def open_to_serve(args: argparse.Namespace) -> "Node":
    """Open the node that the command line names. Raises as `open_named`, and "disk-full"."""
    home = home_of(args)
    load_django(home)
    from legation.line.databases import FILE
    from legation.line.node import open_node

    if not (home / FILE).is_file():  # SQLite would make an empty one, and nobody would notice
        raise Refusal(
            "no-database",
            thing=N_("Node {path}"),
            rule=N_("its database {file} is not there, or cannot be read."),
            remedy=N_("Run this as the user who keeps the node, or restore a backup."),
            path=home,
            file=FILE,
        )
    return open_node(home)
