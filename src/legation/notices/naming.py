"""What a thing of a register is called in lists and forms: "Embassy Moscow (US-MOW)"."""

from collections.abc import Iterable, Mapping
from typing import Final

from legation.acts.kinds.regime import Regime
from legation.acts.state import Thing
from legation.acts.statements import Register
from legation.ui.templatetags.parts import label

NAMES: Final = ("name", "city")
TYPE: Final = "type"


def name_of(thing: Register) -> str:
    """Return what people know a thing by: its name or city as stated, and its id."""
    return stated_name(thing) or thing.id.partition("/")[2]


def stated_name(thing: Thing | None) -> str:
    """Return the same, "" for what bears no name: what only we call a thing is not in it."""
    if not isinstance(thing, Register):
        return ""
    said = {key: _said(thing, key) for key in (*NAMES, TYPE)}
    return in_words(said, thing.id)


def called(held: Mapping[str, Thing], ids: Iterable[str]) -> dict[str, str]:
    """Return id -> name of those of these things that bear one."""
    found = ((each, stated_name(held.get(each))) for each in ids)
    return {each: name for each, name in found if name}


def in_words(said: Mapping[str, str], thing: str) -> str:
    """Return a name made of what is said of a thing; "" where neither name nor city is.

    A city alone does not tell which post it is: its type stands before it.
    """
    key = thing.partition("/")[2]
    name, city, kind = (said.get(each, "") for each in (*NAMES, TYPE))
    words = name or (f"{label(kind)} {city}" if kind and city else city)
    return f"{words} ({key})" if words else ""


def rule_of(regime: Regime, bound: str) -> tuple[str, str] | None:
    """Return id and name of a rule that binds a party's staff; None for one that does not."""
    terms = [one.terms[-1] for one in regime.declared if one.applies_to == bound and one.terms]
    if not terms:
        return None
    words = ", ".join(filter(None, (label(terms[0].mode), terms[0].rule or "")))
    return regime.id, f"{regime.id.partition('/')[2]}: {words}"[:160]


def _said(thing: Register, key: str) -> str:
    now = thing.now(key) if key in thing.fields_class.__dataclass_fields__ else None  # type: ignore[attr-defined] # a dataclass
    value = None if now is None else now.value
    return value if isinstance(value, str) else ""
