"""Nothing that is ours only is in any export, read byte by byte."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

import nodes
from legation.line.databases import forget
from legation.line.export import export_record, export_tiles
from legation.officers import services as officers
from legation.officers.services.drafts import hash_of
from legation.officers.wording import DraftedAct
from legation.record.act import decode_opening
from legation.record.proof import parse_proof
from legation.record.tiles import (
    split_bundle,
)
from line.acts import a_note

MARKER = "confidential-marker"


@pytest.fixture
def officed(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[nodes.Pair]:
    """Two whole nodes with officers, in folders whose names would give them away."""
    made = tmp_path_factory.mktemp("made")
    home = tmp_path / MARKER
    home.mkdir()
    with django_db_blocker.unblock():
        nodes.make_templates(made)
        clock = nodes.Clock()
        yield nodes.Pair(*(nodes.open_copy(made / x, home / x, clock) for x in "ab"))
        for alias in "ab":
            forget(alias)


def test_nothing_that_is_ours_only_is_in_any_export(officed: nodes.Pair, tmp_path: Path) -> None:
    node = officed.a
    released = a_note("XA")
    drafted = officers.draft(
        node,
        acts=[
            DraftedAct(
                type=released.type,
                on=released.on,
                body=released.body,
                numbered_post=released.numbered_post,
            )
        ],
        title=f"{MARKER} title",
        by="Ada",
        at=node.clock(),
    )
    officers.clear(node, draft_id=drafted.id, by="Bela", at=node.clock())
    officers.release(node, draft_id=drafted.id, by="Ada", at=node.clock())
    officed.sync()
    kept = a_note("XA", n=2, text=f"{MARKER} position")
    officers.draft(
        node,
        acts=[
            DraftedAct(type=kept.type, on=kept.on, body=kept.body, numbered_post=kept.numbered_post)
        ],
        title=f"{MARKER} second",
        by="Ada",
        at=node.clock(),
    )
    exports = [
        export_record(node, tmp_path / "record", at=node.clock()).path,
        *(
            export_tiles(node, tmp_path / log, log=log, with_openings=True).path
            for log in ("own", "peer")
        ),
    ]
    words = [
        *(name for cast in nodes.CAST.values() for name in cast),
        MARKER,
        drafted.id,
        hash_of(drafted, node),
        "draft",
        str(tmp_path),
        node.fence.name,
        "PRIVATE",
    ]
    for export in exports:
        for file in (each for each in export.rglob("*") if each.is_file()):
            path, data = file.relative_to(export).as_posix(), file.read_bytes()
            for text in (path.encode(), *readable(path, data)):
                for word in words:
                    found = re.search(rb"(?<!\w)" + re.escape(word.encode()) + rb"(?!\w)", text)
                    assert found is None, (path, word)
            assert node.keys.seal not in data
            assert node.keys.log.private_bytes_raw() not in data


def readable(path: str, data: bytes) -> Iterator[bytes]:
    """Give what a reader can make of a file; not the salts and hashes, which are chance."""
    openings: list[bytes] = []
    if data.startswith(b"c2sp.org/tlog-proof"):
        openings = [parse_proof(data).extra]
    elif path.startswith("openings/"):
        openings = split_bundle(data)
    elif not path.startswith("tile/"):
        yield data
    for each in map(decode_opening, openings):
        yield from (each.head, each.body, each.sigs)
