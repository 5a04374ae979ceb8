"""Posts to choose from: those that are stated and, for what stays here, those that we know.

What came on paper may be from a post that nobody stated. A room that knows such has a module
`noted_posts` beside its models, found by looking; nobody lists it. It holds
    posts(node, party) -> [(id, label)]
It is asked for forms of what stays here alone, never for a draft of what leaves.
"""

from collections import ChainMap
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.utils.translation import gettext

from legation.line.node import Node
from legation.notices.fields import Around
from legation.notices.moments import Choices
from legation.record.canon import Json


@cache
def _sources() -> tuple[ModuleType, ...]:
    names = [f"{app.name}.noted_posts" for app in apps.get_app_configs()]
    return tuple(
        import_module(name)
        for name in names
        if name.startswith("legation.") and find_spec(name) is not None
    )


def beside_stated(
    node: Node, party: str, *, filled: Mapping[str, Json] | None, theirs: bool
) -> list[tuple[str, str]]:
    """Return posts of a party that nobody need have stated: what a form begins with, else known.

    filled: what the form begins with. theirs: whether it is of a note that came on paper.
    """
    if filled is not None:
        own = [str(filled.get(key, "")) for key in ("post", "to")]
        return [(name, name.partition("/")[2]) for name in own if _is_of(name, party)]
    if not theirs:
        return []
    return [each for source in _sources() for each in source.posts(node, party)]


def with_posts(around: Around, party: str, noted: Choices) -> Around:
    """Return the same with the posts of one party to choose from, its ministry first.

    noted: those that are known beside what is stated.
    """
    ministry = f"post/{party}-MFA"
    posts = [one for one in around.things.get("post", ()) if _is_of(one[0], party)]
    stated = {ministry, *(name for name, _ in posts)}
    posts += [one for one in noted if one[0] not in stated]
    named = [(ministry, gettext("Ministry (%(post)s)") % {"post": f"{party}-MFA"}), *posts]
    things = ChainMap({"post": named}, around.things)  # type: ignore[arg-type] # nobody writes it
    return Around(things=things, parties=around.parties)


def _is_of(post: str, party: str) -> bool:
    return post.startswith(f"post/{party}-")
