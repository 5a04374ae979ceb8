"""The tree and its proofs beside Go's `x/mod`, where Debian's packages of it are installed.

`apt-get install golang-go golang-golang-x-mod-dev`. Both must give the same roots.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bench import Figure, seconds
from bench.record.proofs import PROOFS, levels_of, reader

from legation.record import merkle

SOURCE: Final = Path(__file__).with_suffix(".go")
LIBRARY: Final = Path("/usr/share/gocode")
STEP: Final = 7919


def figures(*, long: bool) -> Iterator[Figure]:
    if shutil.which("go") is None or not (LIBRARY / "src/golang.org/x/mod").is_dir():
        return
    sizes = (1_000, 100_000, *((1_000_000,) if long else ()))
    for line in theirs(sizes):
        text, root, build, check = line.split()
        yield from beside(int(text), root, float(build), float(check))


def theirs(sizes: tuple[int, ...]) -> list[str]:
    """Build the Go program and run it."""
    around = {**os.environ, "GO111MODULE": "off", "GOPATH": str(LIBRARY)}
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/xmod"
        subprocess.run(["go", "build", "-o", out, SOURCE], env=around, check=True)
        done = subprocess.run([out, *map(str, sizes)], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def quickest(work: Callable[[], object]) -> float:
    """Return the least seconds of five runs, as the other side counts."""
    return min(seconds(work, rounds=1) for _ in range(5))


def beside(size: int, their_root: str, build: float, check: float) -> Iterator[Figure]:
    data = [number.to_bytes(33, "big") for number in range(size)]
    root = merkle.root_of(merkle.leaf_hash(each) for each in data)
    assert root.hash.hex() == their_root
    read = reader(levels_of(size))
    places = [number * STEP % size for number in range(PROOFS)]
    proofs = [merkle.inclusion_proof(read, at, size) for at in places]

    def checked() -> None:
        for at, proof in zip(places, proofs, strict=True):
            merkle.check_inclusion(read(0, at), at, root, proof)

    def build_ours() -> None:
        merkle.root_of(merkle.leaf_hash(each) for each in data)

    for what, other, ours in (
        (f"a tree of {size:,} entries", build, quickest(build_ours)),
        (f"{PROOFS:,} inclusion checks at {size:,}", check, quickest(checked)),
    ):
        yield Figure(
            name=f"Go x/mod / {what}", value=other / ours, at_least=0.5, note=f"{ours:.3g} s"
        )
