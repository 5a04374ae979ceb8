"""A desk whose board is worth looking at: what both sides stated, and what only we know."""

from pathlib import Path

from legation.missions import dossier
from pages.conftest import Scene

BOARD = Path(__file__).resolve().parents[1] / "data" / "dossiers" / "board.json"


def with_a_board(scene: Scene) -> Scene:
    """Load the dossier on our desk and release our part of it; theirs stays what we know."""
    done = dossier.load(scene.node, BOARD.read_bytes(), by="Ada", at=scene.node.clock())
    assert done.draft is not None
    scene.leaves(done.draft.id)
    scene.pair.sync()
    return scene
