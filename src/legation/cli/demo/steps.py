"""The steps of the story, in order. Each says what was seen, or raises what was wrong.

The officers' services are called as the commands call them, beside two running nodes; whose
token it is, is checked each time. What crosses, crosses by the line alone.
"""

import http.client
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, TypeAlias

from legation.cli.demo import letters
from legation.cli.demo.acting import answer, draft, send, side_of
from legation.cli.demo.running import Running, until
from legation.cli.demo.setting import Stage
from legation.errors import Refusal
from legation.line.export import export_record
from legation.line.loop import sync_once
from legation.line.node import Node
from legation.line.queries.state import each_thing, state_bytes
from legation.line.queries.status import Status, status
from legation.line.queries.verify import verify_record
from legation.missions.queries import posts
from legation.missions.queries.board import board, shared_bytes
from legation.missions.queries.snapshot import facts
from legation.notices.queries import page
from legation.notices.services import draft_notice
from legation.officers import queries as drafts
from legation.officers import services as officers

DAY_OF_TALKS: Final = date(2025, 4, 10)
"""The second talks at Istanbul: the day on which the demonstration opens its board."""
PATIENCE: Final = 30.0
"""Seconds that a step may wait for the other side."""
VERIFY_SECONDS: Final = 300


class Unlike(Exception):  # noqa: N818 - what was seen is unlike what should be
    """What was seen, where it is not what the story tells."""


@dataclass(slots=True)
class Story:
    """What the steps share. told: what earlier steps found, for later ones."""

    stage: Stage
    live: Running
    told: dict[str, str] = field(default_factory=dict)

    @property
    def us(self) -> Node:
        """The node that asks."""
        return self.stage.us

    @property
    def ru(self) -> Node:
        """The node that answers."""
        return self.stage.ru

    @property
    def both(self) -> tuple[Status, Status]:
        """How the line does, as each side sees it now."""
        return status(self.us), status(self.ru)


Act: TypeAlias = Callable[[Story], str]


def expect(holds: object, what: str) -> None:
    """Raise `Unlike` unless it holds."""
    if not holds:
        raise Unlike(what)


def introduced(story: Story) -> str:
    """See that both nodes share one record and hold each side's part of the dossier."""
    us, ru = story.both
    expect(us.record and us.record == ru.record, f"records {us.record!r} and {ru.record!r}")
    stated = [len(posts(node)) for node in story.stage.nodes]
    expect(stated[0] == stated[1] > 0, f"posts held: {stated}")
    return f"record {us.record}; both hold {stated[0]} posts"


def served(story: Story) -> str:
    """See that both desks answer a browser."""
    for party, port in story.live.ports.items():
        host = f"{party.lower()}.localhost"
        desk = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        desk.request("GET", "/sign-in/", headers={"Host": host})
        found = desk.getresponse().status
        desk.close()
        expect(found == http.client.OK, f"the desk of {party} answers {found}")
    return ", ".join(
        f"http://{party.lower()}.localhost:{port}/" for party, port in story.live.ports.items()
    )


def drafted(story: Story) -> str:
    """Have an officer of Embassy Moscow draft a request for access."""
    made = draft(story.us, "premises.access", letters.DACHA)
    line = drafts.draft(story.us, made.id).line
    story.told.update(draft=line.id, hash=line.hash)
    return f"{line.id} by {line.drafted_by}, hash {line.hash}"


def not_by_oneself(story: Story) -> str:
    """See that who drafts does not clear."""
    node, name = story.us, side_of(story.us).clears
    by = officers.officer_by_token(node, name)
    own = draft_by(node, name)
    try:
        officers.clear(node, draft_id=own, by=by, at=node.clock())
    except Refusal as refusal:
        expect(refusal.code == "own-draft", refusal.sentence())
        return refusal.sentence()
    finally:
        officers.discard(node, draft_id=own, by=by, at=node.clock())
    raise Unlike(f"{name} cleared their own draft")


def draft_by(node: Node, name: str) -> str:
    """Have somebody else than usual draft a note; return the draft's id."""
    made = draft_notice(node, kind="note", data=letters.IN_THE_DARK, by=name, at=node.clock())
    return made.id


def cleared(story: Story) -> str:
    """Have a second officer clear exactly the bytes shown."""
    node, name = story.us, side_of(story.us).clears
    by = officers.officer_by_token(node, name)
    told = story.told
    officers.clear(node, draft_id=told["draft"], by=by, at=node.clock(), hash=told["hash"])
    return f"by {name}"


def released(story: Story) -> str:
    """Release it, with a number."""
    node = story.us
    by = officers.officer_by_token(node, side_of(node).drafts)
    (entered,) = officers.release(node, draft_id=story.told["draft"], by=by, at=node.clock())
    story.told["notice"] = entered.on
    return f"{entered.number}, entry {entered.index} of the log of {node.party}"


def received(story: Story) -> str:
    """See it cross the line: the other node holds it, and the first sees that."""
    notice = story.told["notice"]
    expect(until(lambda: _holds(story.ru, notice), seconds=PATIENCE), "it did not arrive")
    seen = until(lambda: page(story.us, notice).line.state == "received", seconds=PATIENCE)
    expect(seen, f"its sender sees it as {page(story.us, notice).line.state}")
    return f"{page(story.us, notice).line.received_at:%H:%M:%S} by the clock of RU"


def _holds(node: Node, notice: str) -> bool:
    try:
        page(node, notice)
    except Refusal:
        return False
    return True


def answered(story: Story) -> str:
    """Have two officers there answer, and see it on the first side."""
    notice = story.told["notice"]
    answer(story.ru, notice, letters.DACHA_GRANTED)
    seen = until(lambda: page(story.us, notice).line.state == "answered", seconds=PATIENCE)
    expect(seen, f"its sender sees it as {page(story.us, notice).line.state}")
    side = side_of(story.ru)
    return f"granted; drafted by {side.answers}, cleared by {side.clears}"


def same(story: Story) -> str:
    """See that both hold the same: sizes, roots, the folded state byte for byte."""
    even = until(lambda: all(each.verdict == "same" for each in story.both), seconds=PATIENCE)
    us, ru = story.both
    expect(even, f"verdicts {us.verdict} and {ru.verdict}")
    for one, other in ((us.own, ru.mirror), (ru.own, us.mirror)):
        expect((one.size, one.root) == (other.size, other.root), f"{one} is not {other}")
    state = [state_bytes(node) for node in story.stage.nodes]
    expect(state[0] == state[1], "the folded states differ")
    return f"{us.own.size} and {ru.own.size} entries, {len(state[0]):,} bytes of state"


def same_boards(story: Story) -> str:
    """See that both show the same boards, byte for byte: of the day of talks, and of today."""
    told = []
    for on in (DAY_OF_TALKS, story.us.clock().date()):
        one, other = (shared_bytes(node, on) for node in story.stage.nodes)
        expect(one == other, f"the boards of {on} differ")
        posts = [each for each in board(story.us, on, own=False).verdicts if each.cells]
        cells = [cell.state for each in posts for cell in each.cells.values()]
        strained = sum(each.standing == "strained" for each in posts)
        told.append(
            f"{on}: {strained} of {len(posts)} open posts under strain,"
            f" {cells.count('unknown')} of {len(cells)} cells unknown"
        )
    expect("24 of 44" in told[0], f"the board of sources says {told[0]}")
    return "; ".join(told)


def answer_moves_both(story: Story) -> str:
    """Have a request answered, and see both boards say the same thing anew."""
    before, given = _head(story.us)
    notice = send(story.us, "agrement", letters.AGREMENT)
    expect(until(lambda: _holds(story.ru, notice), seconds=PATIENCE), "it did not arrive")
    # Told a second time, the story goes on where it ended.
    reply = letters.AGREMENT_DECLINED if given == "given" else letters.AGREMENT_GIVEN
    answer(story.ru, notice, reply)
    seen = until(lambda: before != _head(story.us)[0] == _head(story.ru)[0], seconds=PATIENCE)
    after = _head(story.us)[0]
    expect(seen, f"the boards say {after!r} and {_head(story.ru)[0]!r}")
    same(story)
    same_boards(story)
    return f"{before}, then: {after}"


def _head(node: Node) -> tuple[str, str]:
    """Return what lifts the strain on the head of Embassy Moscow, and the agrément, as shared."""
    on = node.clock().date()
    found = board(node, on, own=False).verdict("post/US-MOW")
    causes = [] if found is None else found.cells["representation"].causes
    agreed = facts(node, own=False).subjects["post/US-MOW"].value("agrement", on)
    return "; ".join(f"{each.remedy} ({', '.join(each.move)})" for each in causes), str(agreed)


def cut(story: Story) -> str:
    """Close the line's ports, and see both sides say so."""
    story.live.cut()
    silent = until(lambda: all(each.verdict == "silent" for each in story.both), seconds=PATIENCE)
    us, ru = story.both
    expect(silent, f"verdicts {us.verdict} and {ru.verdict}")
    return "both sides report: silent"


def released_in_the_dark(story: Story) -> str:
    """Release a note while nothing crosses, and see it wait."""
    story.told["second"] = send(story.us, "note", letters.IN_THE_DARK)
    us, _ = story.both
    expect(us.queue > 0, "nothing waits")
    expect(not _holds(story.ru, story.told["second"]), "it crossed a line that is cut")
    return f"{us.queue} of {us.party}'s entries wait"


def carried(story: Story) -> str:
    """Carry it by a folder, as on a stick."""
    stick = story.stage.folder / "stick"
    stick.mkdir(exist_ok=True)
    for node in (story.us, story.ru):
        sync_once(node, carrier="folder", path=stick)
    expect(_holds(story.ru, story.told["second"]), "the stick did not bring it")
    return f"{sum(1 for path in stick.rglob('*') if path.is_file())} files on the stick"


def mended(story: Story) -> str:
    """Open the ports: nothing is lost, nothing doubled, both hold the same."""
    story.live.mend()
    told = same(story)
    for node in story.stage.nodes:
        found = status(node)
        counted = sum(found.notices.values())
        distinct = len(_notices(node))
        expect(counted == distinct, f"{node.party} counts {counted} notices, has {distinct}")
    expect(len(set(map(_notices, story.stage.nodes))) == 1, "the nodes hold other notices")
    return told


def _notices(node: Node) -> tuple[str, ...]:
    return tuple(thing.id for thing in each_thing(node, "notice"))


def recomputed(story: Story) -> str:
    """Have each node compute everything again from the entries."""
    counts = []
    for node in story.stage.nodes:
        report = verify_record(node)
        expect(report.ok, f"{node.party}: {report.faults[:1]}")
        counts.append(sum(report.checked.values()))
    return f"{counts[0]:,} and {counts[1]:,} things computed again"


def exported(story: Story) -> str:
    """Have each side hand out the record."""
    sizes = []
    for node in story.stage.nodes:
        out = _export(story, node)
        out.unlink(missing_ok=True)
        sizes.append(export_record(node, out, at=node.clock()).size)
    return f"{sizes[0]:,} and {sizes[1]:,} bytes"


def _export(story: Story, node: Node) -> Path:
    return story.stage.folder / f"{node.party.lower()}.zip"


def checked(story: Story) -> str:
    """Check both as an outsider: with one file, by both fingerprints."""
    told = []
    for node in story.stage.nodes:
        code, found = verify(_export(story, node), status(node).roots)
        expect(code == 0 and found["ok"], f"{found['verdict']} {found['faults'][:1]}")
        told.append(str(found["verdict"]))
    return told[0]


def flipped(story: Story) -> str:
    """Change one byte, and see it found and named."""
    whole = _export(story, story.us)
    damaged = whole.with_name("flipped.zip")
    data = bytearray(whole.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    code, found = verify(damaged, status(story.us).roots)
    expect(code == 1 and not found["ok"], "a changed byte was not found")
    fault = found["faults"][0]
    return f"{fault['file']}: {fault['what']}"


def verify(out: Path, roots: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Run the one-file verifier, alone in a folder, as a process of its own."""
    found = find_spec("legation.record.verify")
    assert found is not None
    assert found.origin is not None
    alone = out.with_name("verify.py")
    shutil.copyfile(found.origin, alone)
    given = [f"--root={party}:{fp}" for party, fp in roots.items()]
    ended = subprocess.run(  # noqa: S603 - our own file, our own arguments
        [sys.executable, "-I", str(alone), str(out), *given, "--json"],
        capture_output=True,
        timeout=VERIFY_SECONDS,
        check=False,
    )
    expect(ended.stdout, ended.stderr.decode("utf-8", "replace")[-400:])
    return ended.returncode, json.loads(ended.stdout)


STEPS: Final[tuple[tuple[str, Act], ...]] = (
    ("introduced", introduced),
    ("served", served),
    ("drafted", drafted),
    ("not cleared by who drafted", not_by_oneself),
    ("cleared", cleared),
    ("released", released),
    ("received", received),
    ("answered", answered),
    ("same", same),
    ("same boards", same_boards),
    ("an answer moves both boards", answer_moves_both),
    ("line cut", cut),
    ("released in the dark", released_in_the_dark),
    ("carried by a folder", carried),
    ("line mended", mended),
    ("computed again", recomputed),
    ("exported", exported),
    ("checked by an outsider", checked),
    ("flipped byte found", flipped),
)
