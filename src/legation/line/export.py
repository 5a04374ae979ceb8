"""Exports: the record for somebody who trusts neither side, and a log as public tiles.

Rules
1. An export holds what crossed the line, and nothing that is ours only: no draft, no officer
   of the desk, no note, no path. Its layout is that of `legation.record.proof`.
2. An export of tiles tells nothing about content, unless asked for openings, and then says so.
3. It appears whole or not at all: written aside, synced, renamed. What is there is never
   overwritten.
4. Each act is checked against its leaf, and the leaves against the signed root, before they are
   written: what was changed behind the program's back does not leave as ours.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries.exports import (
    SignedLog,
    SignedRecord,
    leaves,
    openings,
    signed_log,
    signed_record,
)
from legation.line.whole import Counted, File, write_whole
from legation.record.act import decode_opening, leaf_data
from legation.record.export import (
    MANIFEST,
    ExportedParty,
    Listed,
    manifest,
)
from legation.record.merkle import (
    Hashes,
    Subtrees,
    inclusion_proof,
    leaf_hash,
    root_at,
)
from legation.record.note import open_checkpoint
from legation.record.proof import Proof
from legation.record.tiles import (
    FULL,
    Tile,
    bundles_for,
    entry_bundle,
    openings_path,
    still_partial,
    tile_bytes,
    tiles_for,
)

Progress: TypeAlias = Callable[[int, int], None]

_SIDES: Final = ("own", "peer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written. files: how many; size: their bytes; acts: how many, by party.

    content: whether the text of acts is in it. later: acts of ours that are not in it, since
    nothing signed covers them yet.
    """

    path: Path
    files: int
    size: int
    acts: dict[str, int]
    content: bool
    later: int


def export_record(
    node: Node, out: Path, *, at: datetime, progress: Progress | None = None
) -> Exported:
    """Write the whole record, as far as signed checkpoints cover it, into a folder or a zip.

    out: does not exist yet; a stored zip is written when it ends in ".zip". at: the node's
    clock. progress: called with (acts done, acts in all).
    Raises Refusal "no-peer", "nothing-signed", "exists", "no-room", "changed", "size" (a zip
    beyond 4 GiB).
    """
    record = signed_record(node)
    acts = {log.party: log.size for log in (record.own, record.peer)}
    step = _Steps(sum(acts.values()), progress)
    counted = Counted(_record_files(node, record, at, step))
    write_whole(out, counted)
    return Exported(
        path=out,
        files=counted.files,
        size=counted.size,
        acts=acts,
        content=True,
        later=record.own.later,
    )


def export_tiles(
    node: Node,
    out: Path,
    *,
    log: str = "own",
    with_openings: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Write one log as C2SP tiles into a folder: anybody can check it, and reads no content.

    log: "own" or "peer". with_openings: also write what the acts say, and a proof file each.
    Beside the tiles: `checkpoint`, `checkpoints/SIZE` (earlier cosigned ones), and `vkeys`:
    the log's verifier key, then its cosigners'. Source: c2sp.org/tlog-tiles.
    Raises Refusal "no-peer", "nothing-signed", "exists", "no-room", "changed", "log".
    """
    if log not in _SIDES:
        raise Refusal(
            "log",
            thing=N_("The log {log}"),
            rule=N_("a node has its own log and a mirror of its peer's."),
            remedy=N_("Say own or peer."),
            log=log,
        )
    signed = _of_one_key(signed_log(node, log))
    step = _Steps(signed.size, progress)
    counted = Counted(_tile_files(node, signed, step, with_openings=with_openings))
    write_whole(out, counted)
    return Exported(
        path=out,
        files=counted.files,
        size=counted.size,
        acts={signed.party: signed.size},
        content=with_openings,
        later=signed.later,
    )


# --- the record ---


def _record_files(node: Node, record: SignedRecord, at: datetime, step: "_Steps") -> Iterator[File]:
    """Yield every file in the order of the paths; the manifest comes last of all."""
    logs = sorted((record.own, record.peer), key=lambda each: each.party)
    listed: list[Listed] = []
    for path, data in _listed_files(node, logs, step):
        listed.append(Listed.of(path, data))
        yield path, data
    parties = [ExportedParty(log.party, log.name, log.root_fp) for log in logs]
    instant = f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    yield (
        MANIFEST,
        manifest(record=record.record, exported_at=instant, parties=parties, files=listed),
    )


def _listed_files(node: Node, logs: list[SignedLog], step: "_Steps") -> Iterator[File]:
    for log in logs:
        yield f"introductions/{log.party}.json", log.introduction
    for log in logs:
        for seq in _by_name(len(log.keys)):
            yield f"keys/{log.party}/{seq}.json", log.keys[seq]
    for log in logs:
        read = _checked_tree(node, log)
        for index, opening in _acts(node, log, _by_name(log.size)):
            step.take()
            yield f"logs/{log.party}/acts/{index}.tlog-proof", _proof(read, log, index, opening)
        yield f"logs/{log.party}/checkpoint", log.checkpoint
        for size, note in sorted(log.earlier, key=lambda each: str(each[0])):
            yield f"logs/{log.party}/checkpoints/{size}", note


# --- tiles ---


def _of_one_key(log: SignedLog) -> SignedLog:
    """Leave out checkpoints of an earlier term or log key: to a reader these are another log's."""

    def fits(note: bytes) -> bool:
        try:
            open_checkpoint(note, log.log_key)
        except Refusal:
            return False
        return True

    return replace(log, earlier=tuple(each for each in log.earlier if fits(each[1])))


def _tile_files(
    node: Node, log: SignedLog, step: "_Steps", *, with_openings: bool
) -> Iterator[File]:
    read = _checked_tree(node, log)
    yield "checkpoint", log.checkpoint
    for size, note in log.earlier:
        yield f"checkpoints/{size}", note
    keys = (log.log_key, *log.cosign_keys)
    yield "vkeys", "".join(f"{key.encode()}\n" for key in keys).encode()
    kept = list(still_partial(log.size, (size for size, _ in log.earlier)))
    for tile in kept:
        yield tile.path(), tile_bytes(read, tile)
    for tile in tiles_for(0, log.size):
        yield tile.path(), tile_bytes(read, tile)
    bundles = (Tile(None, tile.index, tile.width) for tile in kept if tile.level == 0)
    for tile in bundles:
        acts = [opening for _, opening in _acts(node, log, _places(tile))]
        yield from _bundle(tile, acts, with_openings=with_openings)
    for tile in bundles_for(0, log.size):
        acts = []
        for index, opening in _acts(node, log, _places(tile)):
            step.take()
            acts.append(opening)
            if with_openings:
                yield f"proofs/{index}.tlog-proof", _proof(read, log, index, opening)
        yield from _bundle(tile, acts, with_openings=with_openings)


def _places(tile: Tile) -> range:
    return range(tile.index * FULL, tile.index * FULL + tile.width)


def _bundle(tile: Tile, openings: list[bytes], *, with_openings: bool) -> Iterator[File]:
    yield tile.path(), entry_bundle([leaf_data(decode_opening(each)) for each in openings])
    if with_openings:
        yield openings_path(tile), entry_bundle(openings)


# --- both ---


def _by_name(count: int) -> list[int]:
    """Return the numbers below `count` in the order of their names: 0, 1, 10, 11, 2, 3."""
    return sorted(range(count), key=str)


def _proof(read: Hashes, log: SignedLog, index: int, opening: bytes) -> bytes:
    path = inclusion_proof(read, index, log.size)
    return Proof(index, path, log.checkpoint, opening).encode()


def _checked_tree(node: Node, log: SignedLog) -> Hashes:
    """Return a reader of the log's tree, whose root is the signed one (rule 4)."""
    read = Subtrees(leaves(node, log.side, log.size))
    if root_at(read, log.size).hash != log.root:
        raise _changed(log)
    return read


def _acts(node: Node, log: SignedLog, order: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    for index, opening, leaf in openings(node, log.side, list(order)):
        if leaf_hash(leaf_data(decode_opening(opening))) != leaf:
            raise _changed(log, index)
        yield index, opening


def _changed(log: SignedLog, index: int | None = None) -> Refusal:
    return Refusal(
        "changed",
        thing=N_("The log of {party}, entry {index}"),
        rule=N_("what the database holds is not what was signed."),
        remedy=N_("Nothing was written. Run `legation record verify`; it names every such row."),
        party=log.party,
        index="-" if index is None else index,
    )


class _Steps:
    """Counts acts for whoever shows progress."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._done = 0
        self._progress = progress

    def take(self) -> None:
        """Count one act."""
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)
