"""What a run may use, and what it did: candidates, bytes, and whether somebody asked to stop."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

BYTES_A_CANDIDATE: Final = 160
"""At the widest moment of a step: sorting holds each candidate some twenty times."""
BYTES_A_LABEL: Final = 32
"""Of what stays for rebuilding packages."""
WIDER: Final = 4
"""Python's own integers, where a machine's word is too short, are so many times as long."""
OFTEN: Final = 1 << 12
_T = TypeVar("_T")


class Reached(Exception):  # noqa: N818 - an answer, not a fault
    """A limit was reached, or somebody asked to stop: the part is not solved."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass(slots=True)
class Meter:
    """What may be used, and what was. labels: candidates held at once; stop: asked now and then.

    kept: bytes of labels that stay until the answer is read.
    """

    labels: int
    memory: int
    stop: Callable[[], bool]
    progress: Callable[[int, int], None]
    most: int = 0
    done: int = 0
    total: int = 0
    kept: int = 0

    def take(self, candidates: int, *, wide: bool = False) -> None:
        """Note how many candidates stand at once. Raises Reached.

        wide: they are Python's own integers.
        """
        self.most = max(self.most, candidates)
        if candidates > self.labels:
            raise Reached("labels")
        self.room(candidates * BYTES_A_CANDIDATE * (WIDER if wide else 1))
        self.heed()

    def keep(self, labels: int, *, wide: bool = False) -> None:
        """Note labels that stay. Raises Reached."""
        self.kept += labels * BYTES_A_LABEL * (WIDER if wide else 1)
        self.room(0)

    def room(self, more: int) -> None:
        """Raise Reached if there is no room for so many bytes beside what is kept."""
        if self.kept + more > self.memory:
            raise Reached("memory")

    def heed(self) -> None:
        """Raise Reached if somebody asked to stop."""
        if self.stop():
            raise Reached("stopped")

    @contextmanager
    def within(self, labels: int) -> Iterator[None]:
        """Hold at most so many candidates for now; what was done is undone if it fails."""
        before, done, kept = self.labels, self.done, self.kept
        self.labels = min(labels, before)
        try:
            yield
        except Reached:
            self.done, self.kept = done, kept
            raise
        finally:
            self.labels = before

    @contextmanager
    def briefly(self) -> Iterator[None]:
        """Forget what is kept inside once it ends."""
        kept = self.kept
        try:
            yield
        finally:
            self.kept = kept

    def heeding(self, things: Iterable[_T]) -> Iterator[_T]:
        """Yield things, and ask now and then whether to stop. Raises Reached."""
        for number, each in enumerate(things):
            if number % OFTEN == 0:
                self.heed()
            yield each

    def stepped(self) -> None:
        """Note that one matter is done."""
        self.done += 1
        self.progress(self.done, self.total)
