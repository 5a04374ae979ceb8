"""A log exported as tiles, checked whole by whoever holds its files and nothing else.

1. `vkeys` names the log's key and its cosigners'; whose they are, a reader learns another way.
2. The newest checkpoint and each earlier one are signed by the log, and else by keys of `vkeys`.
3. Entries and the tiles of leaves must both give the signed root. Which of two that differ is
   damaged, the root decides.
4. Every other file is what the entries give, or, of openings, gives the entries. None is missing,
   and none is there besides.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeAlias

from legation.errors import N_, Refusal
from legation.record.act import decode_opening, leaf_data
from legation.record.merkle import HASH_SIZE, Root, Subtrees, inclusion_proof, leaf_hash, root_at
from legation.record.note import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    VerifierKey,
    open_checkpoint,
    open_cosignature,
    parse_note,
)
from legation.record.proof import parse_proof
from legation.record.tiles import (
    FULL,
    Tile,
    bundles_for,
    entry_bundle,
    openings_path,
    split_bundle,
    still_partial,
    tile_bytes,
    tiles_for,
)

Files: TypeAlias = Mapping[str, Callable[[], bytes]]
"""By path, each with how to read it."""

CHECKPOINT: Final = "checkpoint"
EARLIER: Final = "checkpoints/"
VKEYS: Final = "vkeys"
OPENINGS: Final = ("openings/", "proofs/")


@dataclass(kw_only=True)
class TilesFound:
    """What a check of tiles found. faults: (file, what). countersigned: cosigner -> seconds.

    earlier: sizes of earlier checkpoints that hold. content: whether it shows what acts say.
    """

    faults: list[tuple[str, Refusal]] = field(default_factory=list)
    vkeys: list[VerifierKey] = field(default_factory=list)
    newest: Checkpoint | None = None
    countersigned: dict[str, int] = field(default_factory=dict)
    earlier: list[int] = field(default_factory=list)
    content: bool = False

    @contextmanager
    def reading(self, file: str) -> Iterator[None]:
        """Note what is wrong with a file, and go on."""
        try:
            yield
        except Refusal as refusal:
            self.faults.append((file, refusal))
        except OSError:
            self.faults.append((file, _wrong(file, N_("it cannot be read."))))


def are_tiles(files: Files) -> bool:
    """Tell whether these look like a log's tiles, whole or in part, and not like a record."""
    return "manifest.json" not in files and any(
        name in (CHECKPOINT, VKEYS) or name.startswith("tile/") for name in files
    )


def check_tiles(files: Files) -> TilesFound:
    """Check every file of a log's tiles."""
    found = TilesFound()
    with found.reading(VKEYS):
        found.vkeys = _keys(_read(files, VKEYS))
    if not found.vkeys:
        return found
    with found.reading(CHECKPOINT):
        found.newest, found.countersigned = _opened(_read(files, CHECKPOINT), found.vkeys)
    if found.newest is None:
        return found
    tree = _tree(files, found.newest.root, found)
    if tree is None:
        return found
    _check_earlier(files, tree, found)
    found.content = any(name.startswith(OPENINGS) for name in files)
    expected = _Expected(files, tree, found)
    expected.check()
    for name in sorted(files.keys() - expected.known):
        found.faults.append((name, _wrong(name, N_("it is no file of such an export."))))
    return found


def _read(files: Files, name: str) -> bytes:
    if name not in files:
        raise _wrong(name, N_("it is missing."))
    return files[name]()


def _keys(data: bytes) -> list[VerifierKey]:
    """Read `vkeys`: the log's, then those of cosigners of the same record."""
    text = data.decode("utf-8", "replace")
    keys = [VerifierKey.parse(line) for line in text.removesuffix("\n").split("\n")]
    log, *cosigners = keys
    record = _record(log)
    sound = log.type == ED25519 and all(
        each.type == COSIGNATURE and record == _record(each) and _party(each) != _party(log)
        for each in cosigners
    )
    if not sound or not text.endswith("\n") or len(set(keys)) != len(keys):
        raise _wrong(VKEYS, N_("it names one log, and cosigners of the same record."))
    return keys


def _record(key: VerifierKey) -> str:
    return "/".join(key.name.split("/")[1:2])


def _party(key: VerifierKey) -> str:
    return key.name.split("/")[0]


def _opened(note: bytes, keys: Sequence[VerifierKey]) -> tuple[Checkpoint, dict[str, int]]:
    """Check a checkpoint; return it, and when each cosigner signed it."""
    log_key, *cosigners = keys
    checkpoint = open_checkpoint(note, log_key)
    times: dict[str, int] = {}
    known = {(key.name, key.id): key for key in cosigners}
    for line in parse_note(note).signatures:
        key = known.get((line.name, line.id))
        if key is not None:
            times[key.name] = open_cosignature(note, key)
        elif (line.name, line.id) != (log_key.name, log_key.id):
            raise _wrong(CHECKPOINT, N_("it is countersigned by a key that vkeys does not name."))
    return checkpoint, times


def _tree(files: Files, root: Root, found: TilesFound) -> Subtrees | None:
    """Return the tree of the signed root, from whichever files give it."""
    tiles = [tile for tile in tiles_for(0, root.size) if tile.level == 0]
    from_tiles, from_entries = list[bytes](), list[bytes]()
    for tile in tiles:
        with found.reading(tile.path()):
            data = _read(files, tile.path())
            from_tiles += [data[at : at + HASH_SIZE] for at in range(0, len(data), HASH_SIZE)]
    for bundle in bundles_for(0, root.size):
        with found.reading(bundle.path()):
            entries = split_bundle(_read(files, bundle.path()))
            from_entries += [leaf_hash(entry) for entry in entries]
    for leaves in (from_entries, from_tiles):
        if len(leaves) == root.size:
            tree = Subtrees(leaves)
            if root_at(tree, root.size) == root:
                return tree
    what = N_("neither the entries nor the tiles of leaves give the root that is signed.")
    found.faults.append((CHECKPOINT, _wrong(CHECKPOINT, what)))
    return None


def _check_earlier(files: Files, tree: Subtrees, found: TilesFound) -> None:
    """Check the earlier checkpoints: of this log, of its tree, countersigned."""
    assert found.newest is not None
    for name in sorted(each for each in files if each.startswith(EARLIER)):
        with found.reading(name):
            earlier, times = _opened(_read(files, name), found.vkeys)
            size = earlier.size
            if name != f"{EARLIER}{size}" or size >= found.newest.size:
                raise _wrong(name, N_("it is of another size than its name says."))
            if root_at(tree, size) != earlier.root:
                raise _wrong(name, N_("it has another root than the entries give at its size."))
            if not times:
                raise _wrong(name, N_("it is an earlier one, but not countersigned."))
            found.earlier.append(size)
    found.earlier.sort()


class _Expected:
    """The files that this tree and these checkpoints ask for. known: the paths of all of them."""

    def __init__(self, files: Files, tree: Subtrees, found: TilesFound) -> None:
        assert found.newest is not None
        self.files, self.tree, self.found = files, tree, found
        self.size = found.newest.size
        self.note = _read(files, CHECKPOINT)
        self.known = {VKEYS, CHECKPOINT, *(f"{EARLIER}{size}" for size in found.earlier)}
        self.known |= {name for name, _ in found.faults}  # named already

    def check(self) -> None:
        """Compare each with what is there."""
        kept = list(still_partial(self.size, self.found.earlier))
        for tile in (*kept, *tiles_for(0, self.size)):
            self._look(tile.path(), partial(self._check_tile, tile))
        bundles = [Tile(None, tile.index, tile.width) for tile in kept if tile.level == 0]
        for bundle in (*bundles, *bundles_for(0, self.size)):
            self._look(bundle.path(), partial(self._check_bundle, bundle))
            if self.found.content:
                path = openings_path(bundle)
                self._look(path, partial(self._check_openings, bundle))
        if self.found.content:
            for index in range(self.size):
                self._look(f"proofs/{index}.tlog-proof", partial(self._check_proof, index))

    def _look(self, path: str, check: Callable[[bytes], None]) -> None:
        if path not in self.known:
            self.known.add(path)
            with self.found.reading(path):
                check(_read(self.files, path))

    def _check_tile(self, tile: Tile, data: bytes) -> None:
        if data != tile_bytes(self.tree, tile):
            raise _wrong(tile.path(), N_("it holds other hashes than the signed root asks for."))

    def _leaves(self, bundle: Tile) -> list[bytes]:
        first = bundle.index * FULL
        return [self.tree(0, first + place) for place in range(bundle.width)]

    def _check_bundle(self, bundle: Tile, data: bytes) -> None:
        entries = split_bundle(data)
        if [leaf_hash(entry) for entry in entries] != self._leaves(bundle):
            raise _wrong(bundle.path(), N_("it holds other entries than the signed root asks for."))

    def _check_openings(self, bundle: Tile, data: bytes) -> None:
        shown = [decode_opening(each) for each in split_bundle(data)]
        leaves = [leaf_hash(leaf_data(opening)) for opening in shown]
        whole = entry_bundle([opening.encode() for opening in shown])
        if leaves != self._leaves(bundle) or whole != data:
            path = openings_path(bundle)
            raise _wrong(path, N_("it shows other acts than those the log's entries commit to."))

    def _check_proof(self, index: int, data: bytes) -> None:
        proof = parse_proof(data)
        leaf = leaf_hash(leaf_data(decode_opening(proof.extra)))
        path = inclusion_proof(self.tree, index, self.size)
        same = (leaf, proof.hashes, proof.checkpoint) == (self.tree(0, index), path, self.note)
        if not same or proof.index != index or proof.encode() != data:
            what = N_("it proves another entry, or by another checkpoint.")
            raise _wrong(f"proofs/{index}.tlog-proof", what)


def _wrong(path: str, rule: str) -> Refusal:
    return Refusal(
        "tiles",
        thing=N_("File {path}"),
        rule=rule,
        remedy=N_("Copy the log's files again; the same bytes twice are evidence."),
        path=path,
    )
