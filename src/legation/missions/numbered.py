"""Numbers of persons that facts tell of as a whole, never one by one. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from legation.acts.values import Day
from legation.missions.readiness.facts import Ground, Tally

COUNTED: Final[Mapping[tuple[str, str], str]] = {("expelled", "persons"): "removed"}
"""What a fact numbers, in which unit -> the measure that it counts in."""


def numbered(key: str, content: Mapping[str, Any]) -> Iterator[Tally]:
    """Give what one fact numbers; a fact without one doer and one bearer numbers nothing."""
    by, to = str(content.get("actor")), str(content.get("target"))
    if not (by.isupper() and to.isupper() and by != to):
        return
    for each in content.get("quantities", ()):
        measure = COUNTED.get((str(each.get("what")), str(each.get("unit"))))
        number = each.get("value")
        if measure is not None and isinstance(number, int):
            yield Tally(
                measure=measure,
                by=by,
                to=to,
                number=number,
                counted=str(content.get("title", ""))[:200],
                on=Day(str(content["date"])),
                ground=Ground(kind="fact", party=by, ref=key),
            )
