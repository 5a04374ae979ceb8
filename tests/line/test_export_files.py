"""An export names files by root and size; the bytes of none are in it, personal or not."""

from pathlib import Path

from legation.line.export import export_record, export_tiles
from legation.line.services import files
from line.acts import a_note, naming
from line.cargo import brings, stages
from line.harness import Pair

STAGED = b"staged-marker " * 9
PERSONAL = bytes(32) + b'{"name":"personal-marker"}'
SHARED = b"shared-marker " * 9


def test_no_byte_of_a_file_is_in_an_export(pair: Pair, tmp_path: Path) -> None:
    stages(pair.a, STAGED, name="staged-name.pdf")
    person = files.stage(
        pair.a.node,
        PERSONAL,
        name=None,
        media_type="application/vnd.legation.person+json",
        person="0123456789abcdef",
        at=pair.clock(),
    )
    shared = stages(pair.a, SHARED, name="shared.pdf")
    pair.a.append(naming(a_note(), shared, person))
    pair.sync()
    brings(pair.a, pair.b)
    for node in pair.both():
        party = node.node.party
        out = [export_record(node.node, tmp_path / party, at=pair.clock()).path]
        for log in ("own", "peer"):
            there = tmp_path / f"{party}-{log}"
            out.append(export_tiles(node.node, there, log=log, with_openings=True).path)
        held = b"".join(
            path.read_bytes() for each in out for path in each.rglob("*") if path.is_file()
        )
        names = [path.name for each in out for path in each.rglob("*")]
        for mark in (STAGED[:14], b"personal-marker", SHARED[:14], b"staged-name"):
            assert mark not in held, (party, mark)
        assert not any("shared.pdf" in name or "staged" in name for name in names)


def test_no_file_is_in_a_bundle_whatever_is_staged(pair: Pair) -> None:
    pair.sync()
    stages(pair.a, STAGED, name="staged-name.pdf")
    pair.a.append(a_note(n=7))
    for sealed in pair.a.sends():
        assert b"staged-" not in sealed
