"""What every type of act declares, and how an act without effect says why."""

from typing import ClassVar

from legation.acts.state import Placed, State
from legation.acts.values import Id
from legation.errors import N_, Refusal


class Act:
    """A type of act: a frozen dataclass of its body's fields, and what it changes.

    type, version: as heads name them; what is released never changes, a change is a new
    version beside the old. title: its name for officers (marked by `N_`). binding: counts only
    with officers' signatures. officers: how many of them, None for the threshold of the keys
    document. commutes: changes no thing, so one that arrives late refolds nothing.

    Every `apply` looks only at what its act had seen (`Placed.had_seen`) and at its own party's
    earlier acts. So each order that keeps causes before effects gives the same state.
    """

    __slots__ = ()
    type: ClassVar[str] = ""
    version: ClassVar[int] = 1
    title: ClassVar[str] = ""
    binding: ClassVar[bool] = False
    officers: ClassVar[int | None] = None
    commutes: ClassVar[bool] = False

    def apply(self, state: State, at: Placed) -> None:
        """Change the state. Raises Refusal when the act is without effect; its code says why."""
        raise NotImplementedError


def subject(at: Placed, prefix: str) -> str:
    """Return what the act is about, an id of that prefix. Raises Refusal "subject"."""
    name = at.head.on
    try:
        found = Id(name).kind == prefix
    except Refusal:
        found = False
    if not found:
        raise Refusal(
            "subject",
            thing=N_("Act on “{name}”"),
            rule=N_("an act of type {type} is about a thing named {prefix}/…."),
            remedy=N_("Name the thing that it is about."),
            name=name,
            type=at.head.type,
            prefix=prefix,
        )
    return name


def not_entitled(thing: str, rule: str, **values: object) -> Refusal:
    """Return the refusal of an act by the wrong side; `rule` names who may."""
    refusal = Refusal(
        "not-entitled",
        thing=thing,
        rule=rule,
        remedy=N_("Ask the other side to state it, or contest what it states."),
    )
    refusal.values = values
    return refusal
