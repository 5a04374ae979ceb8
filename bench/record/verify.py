"""The one-file verifier over whole exports: seconds for each act, and that it does not grow."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import Figure, seconds

from legation.record.verify import verify
from record.exports import Story, write_folder  # of tests/


def a_story_of(acts: int) -> Story:
    story = Story()
    held = {side.code: (0, story.other(side).root().hash) for side in (story.a, story.b)}
    for number in range(acts):
        side = (story.a, story.b)[number % 2]
        if number % 500 < 2:
            root = story.other(side).root()
            held[side.code] = (root.size, root.hash)
        text = {"kind": "note", "text": "x" * 1_500}
        story.write(side, "notice.released", {**text}, seen=held[side.code])
    return story


def figures(*, long: bool) -> Iterator[Figure]:
    each: dict[int, float] = {}
    for acts in (1_000, 10_000, *((100_000,) if long else ())):
        story = a_story_of(acts)
        with tempfile.TemporaryDirectory() as folder:
            out = str(write_folder(story.files(), Path(folder)))
            assert not verify(out, story.roots).faults
            taken = seconds(lambda out=out: verify(out, {}), rounds=1)  # type: ignore[misc] # bound
        each[acts] = taken / acts
        yield Figure(
            name=f"time an act at 1,000 / at {acts:,}",
            value=each[1_000] / each[acts],
            note=f"{taken:.3g} s, {acts / taken:,.0f} acts a second",
        )
