"""What a form of a notice offers to choose from: things, posts, rules and notices."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from legation.acts.catalogue import catalogue
from legation.acts.codec import fields_of
from legation.acts.formulae import languages
from legation.acts.kinds.regime import Regime
from legation.acts.notices import NoticeKind
from legation.acts.statements import Register
from legation.line.node import Node
from legation.line.queries import book as desk
from legation.notices.fields import NOTICE, Around
from legation.notices.moments import Choices
from legation.notices.naming import name_of, rule_of
from legation.notices.noted import beside_stated, with_posts
from legation.notices.services import correspondents


def around_of(node: Node, *, theirs: bool = False) -> tuple[Around, tuple[str, ...]]:
    """Return what forms choose from, our own side's first, and the languages of our notes.

    theirs: what is written is a note of theirs, so the rules that bind them are listed.
    """
    parties = correspondents(node)
    other = parties.other(node.party).party
    return (
        Around(things=_Things(node, other if theirs else node.party), parties=(node.party, other)),
        languages(node.party, other),
    )


class _Things(Mapping[str, Choices]):
    """Things to choose from by their register, our own side's first: read when they are asked for.

    bound: the party whose staff the rules bind that are listed.

    A form names few registers, and there are many.
    """

    def __init__(self, node: Node, bound: str) -> None:
        kinds = catalogue().things.values()
        registers = (cls.prefix for cls in kinds if issubclass(cls, Register))
        self._prefixes = sorted((Regime.prefix, *registers))
        self._bound = bound
        self._read: dict[str, Choices] = {}
        self._node = node

    def __getitem__(self, prefix: str) -> Choices:
        if prefix not in self._read:
            if prefix not in self._prefixes:
                raise KeyError(prefix)
            held = desk.things(self._node, prefix)
            found = [each for each in held if isinstance(each, Register)]
            found.sort(key=lambda each: (each.sending != self._node.party, name_of(each)))
            rules = (rule_of(each, self._bound) for each in held if isinstance(each, Regime))
            self._read[prefix] = [
                *((each.id, name_of(each)) for each in found),
                *(rule for rule in rules if rule is not None),
            ]
        return self._read[prefix]

    def __iter__(self) -> Iterator[str]:
        return iter(self._prefixes)

    def __len__(self) -> int:
        return len(self._prefixes)


def with_notices(
    around: Around,
    cls: type[NoticeKind],
    pairs: Choices,
    said: Iterable[Mapping[str, object]],
) -> Around:
    """Return the same with notices to choose from, what was chosen before among them."""
    if not pairs:
        return around
    named = [place.key for place in fields_of(cls) if getattr(place.shape, "kind", "") == NOTICE]
    before = {str(each.get(key) or "") for each in said for key in named}
    before -= {"", *(name for name, _ in pairs)}
    listed = [*pairs, *((name, name.partition("/")[2] or name) for name in sorted(before))]
    things = ChainMap({NOTICE: listed}, around.things)  # type: ignore[arg-type] # nobody writes it
    return replace(around, things=things)


def own_posts(node: Node) -> Choices:
    """Return the posts of our own side, its ministry first: those too that only we know."""
    around = Around(things=_Things(node, node.party), parties=(node.party,))
    known = beside_stated(node, node.party, filled=None, theirs=True)
    return with_posts(around, node.party, known).things["post"]
