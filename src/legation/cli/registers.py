"""Things of registers as the shell shows them: the fields that hold on a day, by whose word."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from legation.cli.output import table
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.missions.readiness.facts import Facts, Subject

UNKNOWN: Final = "-"
DISPUTED: Final = " / "
COLUMN: Final = 32


def told_of(thing: "Subject", on: date) -> list[dict[str, Any]]:
    """Return what holds of each field of a thing on a day, as data; silent fields left out."""
    out = []
    for field in thing.said:
        told = thing.now(field, on)
        if told.said:
            out.append(
                {
                    "field": field,
                    "author": told.author,
                    "values": [each.value for each in told.said],
                    "from": str(told.said[0].from_ or ""),
                    "until": str(told.said[0].until or ""),
                    "contested": [each.value for each in told.contested],
                    "disputed": told.disputed,
                    "ours": told.ours,
                }
            )
    return out


def words_of(told: dict[str, Any]) -> str:
    """Return a field's value in words; each of several that contradict one another."""
    said = DISPUTED.join(_plain(told["field"], value) for value in told["values"])
    if told["contested"]:
        said = _("{value} (contested)").format(value=said)
    return said


def _plain(field: str, value: object) -> str:
    from legation.missions import naming

    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        if value.startswith(f"{field}/"):
            return value.partition("/")[2]
        return _(naming.value_name(field, value)) if value.isidentifier() else value
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values())
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def shortened(words: str) -> str:
    """Return words as they fit into a column; the JSON has them whole."""
    return words if len(words) <= COLUMN else f"{words[: COLUMN - 1]}…"


def _natural(name: str) -> tuple[str, int, str]:
    """Sort "P2" before "P10"."""
    head = name.rstrip("0123456789")
    return head, int(name[len(head) :][:18] or 0), name


def register_table(
    facts: "Facts", prefix: str, fields: Sequence[str], on: date
) -> tuple[str, list[dict[str, Any]]]:
    """Return the things of a register with some of their fields on a day: as text, and as data."""
    from legation.missions import naming

    things = sorted(facts.of(prefix), key=lambda each: _natural(each.id))
    heads = (_("ID"), *(_(naming.field_name(field, prefix)).upper() for field in fields))
    rows, data = [], []
    for thing in things:
        told = {each["field"]: each for each in told_of(thing, on)}
        said = (shortened(words_of(told[field])) if field in told else UNKNOWN for field in fields)
        rows.append((thing.id.partition("/")[2], *said))
        data.append({"id": thing.id, "sending": thing.sending, "fields": list(told.values())})
    return (table(heads, rows) if rows else _("None is known yet."), data)
