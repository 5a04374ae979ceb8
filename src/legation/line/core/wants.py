"""Which chunks of which files a node asks for, as both formats of the line carry it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from legation.acts.files import MAX_FILE
from legation.errors import N_, Refusal
from legation.line.core.chunks import chunks_in, read_set, whole, write_set
from legation.record.canon import Json

MAX_WANTS: Final = 32
"""Files asked for at once; the next bundle asks for the next."""
_ROOT: Final = re.compile(r"[0-9a-f]{64}")
_SET: Final = re.compile(r"(?:[0-9a-f]{2}){0,13}")


@dataclass(frozen=True, slots=True)
class Want:
    """A file that the sender lacks. held: the set of its chunks that it has already."""

    root: str
    held: int = 0

    def as_json(self) -> dict[str, Json]:
        """Return it as the header carries it."""
        return {"root": self.root, "held": write_set(self.held).hex()}


def read_wants(value: Json) -> tuple[Want, ...]:
    """Read what a header asks for. Raises Refusal "bundle"."""
    if not isinstance(value, list) or len(value) > MAX_WANTS:
        raise _refused()
    return tuple(_want(each) for each in value)


def _want(value: Json) -> Want:
    if not isinstance(value, dict) or set(value) != {"root", "held"}:
        raise _refused()
    root, held = value["root"], value["held"]
    if not isinstance(root, str) or not isinstance(held, str):
        raise _refused()
    if not _ROOT.fullmatch(root) or not _SET.fullmatch(held):
        raise _refused()
    chosen = read_set(bytes.fromhex(held))
    if chosen > whole(chunks_in(MAX_FILE)) or write_set(chosen).hex() != held:
        raise _refused()
    return Want(root, chosen)


def write_wants(wants: Sequence[Want]) -> list[Json]:
    """Return wants as a header carries them."""
    return [each.as_json() for each in wants]


def _refused() -> Refusal:
    return Refusal(
        "bundle",
        thing=N_("A bundle"),
        rule=N_("what it asks for is a list of at most 32 files, each with the parts it has."),
        remedy=N_("It was damaged or made by another program; the other side sends it again."),
    )
