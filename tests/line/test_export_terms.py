"""An export of a log that was restored and goes on under a new origin."""

from pathlib import Path

from legation.line.export import export_record, export_tiles
from legation.record import verify
from legation.record.note import VerifierKey, open_checkpoint
from line.acts import a_note
from line.harness import START, Pair


def restored(pair: Pair) -> None:
    """Let A lose an act that B holds, take it back, and go on in a new term."""
    pair.a.append(a_note(n=1))
    pair.sync()
    backup = pair.a.backup()
    pair.a.append(a_note(n=2))
    pair.sync()
    pair.a.restore(backup)
    pair.sync(6)
    pair.a.resumes()
    pair.sync(6)
    pair.a.append(a_note(n=3))
    pair.sync()
    assert pair.a.status().own.state == "open"


def test_both_terms_are_in_the_record_and_verify(pair: Pair, tmp_path: Path) -> None:
    restored(pair)
    for node in pair.both():
        out = tmp_path / node.node.party
        export_record(node.node, out, at=START)
        assert verify.verify(str(out), {}).faults == []


def test_tiles_hold_checkpoints_of_the_newest_term_alone(pair: Pair, tmp_path: Path) -> None:
    restored(pair)
    export_tiles(pair.a.node, tmp_path / "tiles")
    log_key = VerifierKey.parse((tmp_path / "tiles/vkeys").read_text().splitlines()[0])
    newest = open_checkpoint((tmp_path / "tiles/checkpoint").read_bytes(), log_key)
    assert newest.size == pair.a.status().own.size
    for path in (tmp_path / "tiles/checkpoints").iterdir():
        assert open_checkpoint(path.read_bytes(), log_key).origin == newest.origin
