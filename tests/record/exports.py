"""Two made-up parties, XA and XB, their logs and what they would hand out: all in memory.

story = a_story()                     two logs with notices, new keys, a restored node
files = story.files()                 the export, path -> bytes
packed = zip_of(files)                the same as a zip
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from legation.record import canon, merkle
from legation.record.act import (
    Head,
    OfficerSignature,
    Opening,
    commitments,
    encode_sigs,
    leaf_data,
    sign_message,
)
from legation.record.b64 import to_base64
from legation.record.canon import Json
from legation.record.export import ExportedParty, Listed, manifest, stored_zip
from legation.record.keys import (
    SUITE,
    KeysDocument,
    OfficerKey,
    fingerprint,
    raw_public,
    record_id,
    sign_keys,
)
from legation.record.merkle import Hashes, Root
from legation.record.note import Checkpoint, add_lines, cosign, sign_checkpoint
from legation.record.proof import Proof

Export: TypeAlias = dict[str, bytes]
"""The files of an export by path."""
Found: TypeAlias = Callable[[Mapping[str, bytes]], dict[str, str]]
"""What the verifier finds wrong with files, by file: the fixture `found`."""

INSTANT = "2026-11-23T17:45:00Z"
FIRST_TIME = 1_795_455_900


def private_key(name: str) -> Ed25519PrivateKey:
    """Return the key that a name stands for, the same every time."""
    return Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())


def raw_key(name: str) -> bytes:
    return raw_public(private_key(name))


def salt(name: str) -> bytes:
    return sha256(f"salt of {name}".encode()).digest()


def a_keys_document(code: str = "XA", /, **changes: object) -> KeysDocument:
    """Return a first keys document, signed; `changes` before it is signed."""
    document = KeysDocument(
        v=1,
        party=code,
        name=f"State {code}",
        seq=0,
        prev="",
        root=raw_key(f"{code} root"),
        log=raw_key(f"{code} log 0"),
        cosign=raw_key(f"{code} cosign 0"),
        line=raw_key(f"{code} line"),
        line_cert=b"",
        seal=b"sealing key",
        suite=SUITE,
        officers=tuple(
            OfficerKey(name, "custodian", "ed25519", raw_key(f"{code} {name}"))
            for name in ("ada", "bela", "cem")
        ),
        threshold=2,
    )
    changed = replace(document, **changes)  # type: ignore[arg-type] # fields by name
    return sign_keys(changed, private_key(f"{code} root"))


def hashes_of(leaves: list[bytes]) -> Hashes:
    """Return a reader of subtree hashes over leaf hashes that are all in memory."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        both = iter(levels[-1])
        levels.append([merkle.node_hash(*pair) for pair in zip(both, both, strict=False)])

    def read(level: int, index: int) -> bytes:
        return levels[level][index]

    return read


@dataclass
class Side:
    """One party: its documents, its log, the notes it signed."""

    code: str
    documents: list[KeysDocument]
    term: str
    log_key: str = ""
    openings: list[Opening] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    earlier: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def named(cls, code: str) -> "Side":
        side = cls(code, [a_keys_document(code)], salt(f"{code} term")[:8].hex())
        side.log_key = f"{code} log 0"
        return side

    @property
    def fp(self) -> str:
        return fingerprint(self.documents[0].root)

    def root(self, size: int | None = None) -> Root:
        return merkle.root_of(self.leaves[:size])


class Story:
    """What two parties wrote, and the export of it."""

    def __init__(self) -> None:
        self.a, self.b = Side.named("XA"), Side.named("XB")
        self.record = record_id(self.a.fp, self.b.fp)
        self.first_terms = {side.code: side.term for side in (self.a, self.b)}

    def other(self, side: Side) -> Side:
        return self.b if side is self.a else self.a

    def origin(self, side: Side) -> str:
        return f"{side.code}/{self.record}/{side.term}"

    def head(self, side: Side, type_: str, **changes: object) -> Head:
        other = self.other(side)
        head = Head(
            v=1,
            type=type_,
            record=self.record,
            party=side.code,
            seen=(len(other.leaves), other.root().hash),
            on="",
            number="",
            at=INSTANT,
        )
        return replace(head, **changes)  # type: ignore[arg-type] # fields by name

    def write(
        self,
        side: Side,
        type_: str,
        body: Mapping[str, Json] | bytes | None = None,
        *,
        re: bytes = b"",
        signers: Iterable[str] = (),
        **head: object,
    ) -> bytes:
        """Append an act to a log; return its leaf hash."""
        written = self.head(side, type_, **head).encode()
        return self.append(side, self.opening(side, written, body or {}, re=re, signers=signers))

    def opening(
        self,
        side: Side,
        head: bytes,
        body: Mapping[str, Json] | bytes,
        *,
        re: bytes = b"",
        signers: Iterable[str] = (),
    ) -> Opening:
        name = f"{side.code} {len(side.leaves)}"
        data = body if isinstance(body, bytes) else canon.encode(body)
        salts = (salt(f"{name} h"), salt(f"{name} r"), salt(f"{name} b"))
        opening = Opening(head, data, b"", re, *salts)
        _, h, b, _ = commitments(opening)
        message = sign_message(self.record, h, b)
        sigs = [
            OfficerSignature(name, "ed25519", private_key(f"{side.code} {name}").sign(message))
            for name in signers
        ]
        return replace(opening, sigs=encode_sigs(sigs))

    def append(self, side: Side, opening: Opening) -> bytes:
        leaf = merkle.leaf_hash(leaf_data(opening))
        side.openings.append(opening)
        side.leaves.append(leaf)
        return leaf

    def rotate(self, side: Side, *, signers: Iterable[str] = ("ada", "bela")) -> None:
        """Bring a new keys document with new log and cosigning keys."""
        last = side.documents[-1]
        seq = last.seq + 1
        new = replace(
            last,
            seq=seq,
            prev=last.digest(),
            log=raw_key(f"{side.code} log {seq}"),
            cosign=raw_key(f"{side.code} cosign {seq}"),
        )
        document = sign_keys(new, private_key(f"{side.code} root"))
        side.documents.append(document)
        value: dict[str, Json] = {"document": canon.decode(document.encode())}
        self.write(side, "key.rotated", value, signers=signers)
        side.log_key = f"{side.code} log {seq}"

    def suspend(self, side: Side, key: bytes, *, signers: Iterable[str] = ("cem",)) -> None:
        self.write(side, "key.suspended", {"key": key.hex()}, signers=signers)

    def resume(self, side: Side, *, signers: Iterable[str] = ("ada", "cem")) -> None:
        """Go on as a restored node does: under a new origin, with the old leaves."""
        size, root = len(side.leaves), side.root().hash.hex()
        side.term = salt(f"{side.code} term {size}")[:8].hex()
        body: dict[str, Json] = {
            "origin": self.origin(side),
            "size": size,
            "root": root,
            "lost": [],
        }
        self.write(side, "log.resumed", body, signers=signers)

    def checkpoint(self, side: Side, size: int | None = None, *, cosigned: bool = True) -> bytes:
        """Return a checkpoint of a log, by default of all of it and cosigned."""
        root = side.root(size)
        cp = Checkpoint(self.origin(side), root.size, root.hash)
        note = sign_checkpoint(cp, cp.origin, private_key(side.log_key))
        if not cosigned:
            return note
        other = self.other(side)
        name, at = f"{other.code}/{self.record}/cosign", FIRST_TIME + root.size
        key = private_key(f"{other.code} cosign {other.documents[-1].seq}")
        return add_lines(note, [cosign(cp.text(), name, key, at)])

    def keep_checkpoints(self) -> None:
        """Keep the present checkpoints as earlier ones."""
        for side in (self.a, self.b):
            side.earlier[len(side.leaves)] = self.checkpoint(side)

    def introduction(self, side: Side) -> bytes:
        said: dict[str, Json] = {
            "v": 1,
            "party": side.code,
            "name": side.documents[0].name,
            "peer": self.other(side).code,
            "root": side.fp,
            "keys": canon.decode(side.documents[0].encode()),
            "line_url": "",
            "term": self.first_terms[side.code],
            "speaks": ["record.seen/1"],
        }
        sig = private_key(f"{side.code} log 0").sign(
            b"legation/introduction/v1\n" + canon.encode(said)
        )
        return canon.encode({"introduction": said, "sig": to_base64(sig)})

    def files(self, **notes: bytes) -> dict[str, bytes]:
        """Return the export. notes: another newest checkpoint for a party's log."""
        files: dict[str, bytes] = {}
        for side in (self.a, self.b):
            files[f"introductions/{side.code}.json"] = self.introduction(side)
            for document in side.documents:
                files[f"keys/{side.code}/{document.seq}.json"] = document.encode()
            note = notes.get(side.code) or self.checkpoint(side)
            files[f"logs/{side.code}/checkpoint"] = note
            for size, earlier in side.earlier.items():
                files[f"logs/{side.code}/checkpoints/{size}"] = earlier
            read, size = hashes_of(side.leaves), len(side.leaves)
            for index, opening in enumerate(side.openings):
                path = merkle.inclusion_proof(read, index, size)
                proof = Proof(index, path, note, opening.encode())
                files[f"logs/{side.code}/acts/{index}.tlog-proof"] = proof.encode()
        return self.listed(files)

    def listed(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return files with a manifest that fits them: what a forger would make."""
        rest = {path: data for path, data in files.items() if path != "manifest.json"}
        whole = manifest(
            record=self.record,
            exported_at=INSTANT,
            parties=[
                ExportedParty(side.code, side.documents[0].name, side.fp)
                for side in (self.a, self.b)
            ],
            files=[Listed.of(path, data) for path, data in rest.items()],
        )
        return {**rest, "manifest.json": whole}

    @property
    def roots(self) -> dict[str, str]:
        return {side.code: side.fp for side in (self.a, self.b)}


def a_story() -> Story:
    """Return a story with everything in it that a verifier must take."""
    story = Story()
    a, b = story.a, story.b
    note = story.write(
        a, "notice.released", {"kind": "note"}, on="notice/XA-01", number="XA-1/2026/001"
    )
    story.write(
        a, "notice.released", {"kind": "note"}, on="notice/XA-02", seen=(0, merkle.EMPTY.hash)
    )
    story.write(b, "record.seen")
    story.keep_checkpoints()
    story.write(b, "notice.answered", {"lines": [{"line": 1, "answer": "noted"}]}, re=note)
    story.rotate(a)
    story.keep_checkpoints()
    story.write(a, "record.seen")
    story.suspend(b, raw_key("XB ada"))
    story.resume(a)
    story.write(b, "record.seen")
    story.append(a, story.opening(a, b"{not a head", b"\xff"))
    story.write(a, "key.rotated", {"document": {}}, signers=["ada"])
    story.rotate(b, signers=["bela", "cem"])
    story.write(a, "record.seen")
    return story


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return the export as a zip."""
    return b"".join(stored_zip(sorted(files.items())))


def any_zip_of(files: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return the files packed by another program."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as packed:
        for path, data in files.items():
            packed.writestr(path, data)
    return out.getvalue()


def write_folder(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write the export below a folder; return the folder."""
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def cosign_line(story: Story, side: Side, name: str, key: str) -> str:
    """Return a cosignature over a log's newest checkpoint, by whatever name and key."""
    root = side.root()
    cp = Checkpoint(story.origin(side), root.size, root.hash)
    return cosign(cp.text(), name, private_key(key), FIRST_TIME)
