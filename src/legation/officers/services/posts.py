"""Which posts a draft is from, to or about: it decides who sees it. Knows no kind of act."""

from collections.abc import Iterable, Mapping
from typing import Final

from legation.acts.statements import Register
from legation.line.node import Node
from legation.line.queries.standing import Current
from legation.officers.sight import post_id
from legation.officers.wording import DraftedAct
from legation.record.canon import Json

PLACES: Final = ("post", "to")
MOST_LOOKED_UP: Final = 50
"""Acts of one draft whose things are read one by one; more of them are a dossier's, and those
are the ministry's work."""


def posts_of(node: Node, acts: Iterable[DraftedAct]) -> str:
    """Return the ids of the posts, a space before and after each; "" for none.

    They are those that an act's body names as `post` and `to`, or states as a field of that
    name, the one whose number it takes, and those of the thing that it is about.
    """
    acts = list(acts)
    found = {str(act.numbered_post) for act in acts if act.numbered_post}
    found |= {str(act.body[place]) for act in acts for place in PLACES if act.body.get(place)}
    found |= {_stated(act.body) for act in acts} - {""}
    known = Current(node.alias)
    for on in {act.on for act in acts[:MOST_LOOKED_UP] if act.on}:
        thing = known.held(on)
        found |= {str(post) for place in PLACES if (post := getattr(thing, place, None))}
        found |= _registered(thing)
        if on.startswith("post/"):
            found.add(on)
    return "".join(f" {post_id(each)} " for each in sorted(found))


def _stated(body: Mapping[str, Json]) -> str:
    """Return the post that a statement says its thing belongs to, or ""."""
    fields = body.get("fields")
    told = fields.get("post") if isinstance(fields, dict) else None
    return str(told.get("value") or "") if isinstance(told, dict) else ""


def _registered(thing: object) -> set[str]:
    """Return the post that a thing of a register belongs to, as stated."""
    if not isinstance(thing, Register) or not hasattr(thing.fields_class, "post"):
        return set()
    now = thing.now("post")
    return set() if now is None else {str(now.value)}
