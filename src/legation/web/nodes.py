"""The node whose desk this process serves: given by `legation serve`, or opened by the settings."""

from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from legation.line.node import Node, open_node

_lock: Final = Lock()
_served: Final[list[Node]] = []


def provide(node: Node | None) -> None:
    """Serve the desk of `node` from now on; None forgets it."""
    with _lock:
        _served[:] = [] if node is None else [node]


def served() -> Node:
    """Return the node of this desk; opens the one of LEGATION_NODE when none was given.

    Raises Refusal as `open_node` does, and ImproperlyConfigured where no node is named.
    """
    with _lock:
        if not _served:
            home: Path | None = settings.NODE_HOME
            if home is None:
                raise ImproperlyConfigured("LEGATION_NODE names no folder of a node")
            _served.append(open_node(home))
        return _served[0]
