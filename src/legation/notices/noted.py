"""Posts that a room keeps as ours only: what came on paper may be from one that nobody stated.

A room that keeps such has a module `noted_posts` beside its models, found by looking; nobody lists
it. It holds
    posts(node, party) -> [(id, label)]
It is asked for forms of what stays here alone, never for a draft of what leaves.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

from legation.line.node import Node


@cache
def _sources() -> tuple[ModuleType, ...]:
    names = [f"{app.name}.noted_posts" for app in apps.get_app_configs()]
    return tuple(
        import_module(name)
        for name in names
        if name.startswith("legation.") and find_spec(name) is not None
    )


def noted_posts(node: Node, party: str) -> list[tuple[str, str]]:
    """Return the posts of a party that rooms know, with what people call them."""
    return [each for source in _sources() for each in source.posts(node, party)]
