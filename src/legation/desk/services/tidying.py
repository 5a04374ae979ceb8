"""What a served node does once a day: let go of what nobody keeps any longer."""

import glob
from datetime import datetime
from typing import Final

from legation.line.databases import empty_log
from legation.line.node import Node
from legation.line.services.files import sweep
from legation.line.whole import sweep_parts
from legation.notices.drafting.queries import roots_kept
from legation.notices.drafting.services import drop_old_words
from legation.officers.services.sweeping import sweep_files
from legation.search.services import let_go

ANY: Final = ".*.part"


def tidy(node: Node, *, at: datetime) -> dict[str, int]:
    """Let go of old words kept aside, of files that nothing names, and of what a crash left.

    Then the database's own files keep nothing of what was deleted. Returns how many of each.
    Raises Refusal "locked", "disk-full".
    """
    fences = f".{glob.escape(node.fence.name)}{ANY}"
    done = {
        "words": drop_old_words(node, at=at),
        "files": sweep_files(node, at=at, keep=roots_kept(node)),
        "left": sweep(node, at=at),
        "parts": sweep_parts([*node.home.rglob(ANY), *node.fence.parent.glob(fences)]),
    }
    let_go(node)
    empty_log(node.alias)
    return done
