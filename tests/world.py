"""Two parties in memory: their logs, what each holds of the other's, and the folded state.

Only `legation.record` and `legation.acts` are at work: no node, no line, no clock, no chance.
XA's officers are Ada and Bela, XB's Cem and Dana. The line between them is whole until it is
`cut`; then each side writes on what it holds, and `sync` brings both up to date.

    world = World()
    note = world.a.sends(a_note())
    world.b.answers(note, "noted")
    assert world.a.state == world.b.state
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from legation.acts import introduction as introductions
from legation.acts.bodies import stating_version
from legation.acts.catalogue import Catalogue, catalogue
from legation.acts.drafting import act_version, with_files
from legation.acts.drafting import draft as drafted
from legation.acts.files import PERSON_FILE, FileRef, person_file, ref_of
from legation.acts.fold import Folded, fold_all, genesis, next_number
from legation.acts.introduction import Introduction
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.parties import Parties
from legation.acts.receipts import Step, listed, receipts, received
from legation.acts.state import dump
from legation.acts.values import Hash, Party
from legation.errors import Refusal
from legation.record import canon
from legation.record.act import (
    Head,
    OfficerSignature,
    Opening,
    commitments,
    encode_sigs,
    leaf_data,
    parse_head,
    sign_message,
)
from legation.record.canon import Json
from legation.record.keys import KeysDocument, OfficerKey, raw_public, sign_keys
from legation.record.merkle import leaf_hash, root_of

Body = dict[str, Json]
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def key_of(name: str) -> Ed25519PrivateKey:
    """Return the private key that a name stands for: the same in every run."""
    return Ed25519PrivateKey.from_private_bytes(sha256(f"key of {name}".encode()).digest())


def keys_document(party: str, name: str, officers: Sequence[str]) -> KeysDocument:
    """Return a party's first keys document, signed by its root."""
    return sign_keys(
        KeysDocument(
            v=1,
            party=party,
            name=name,
            seq=0,
            prev="",
            root=raw_public(key_of(f"{party} root")),
            log=raw_public(key_of(f"{party} log")),
            cosign=raw_public(key_of(f"{party} cosign")),
            line=raw_public(key_of(f"{party} line")),
            line_cert=b"",
            seal=raw_public(key_of(f"{party} seal")),
            suite="x25519-hkdf-sha256-chacha20poly1305",
            officers=tuple(
                OfficerKey(each, "custodian", "ed25519", raw_public(key_of(f"{party} {each}")))
                for each in officers
            ),
            threshold=2,
        ),
        key_of(f"{party} root"),
    )


@cache
def an_introduction(
    party: str, peer: str, name: str, officers: tuple[str, ...], speaks: tuple[str, ...]
) -> Introduction:
    """Return a party's introduction, as its signed file gives it back."""
    document = keys_document(party, name, officers)
    made = Introduction(
        party=Party(party),
        name=name,
        peer=Party(peer),
        root=Hash(document.fingerprint),
        keys=dict(canon.decode(document.encode())),
        term=sha256(party.encode()).hexdigest()[:16],
        speaks=speaks,
    )
    return introductions.open_introduction(introductions.sign(made, key_of(f"{party} log")))


@dataclass(frozen=True)
class ADraft:
    """A notice as an officer would draft it: its kind and the form's fields."""

    kind: str
    data: Body


def a_note(**changes: Json) -> ADraft:
    """Return a note about a leaking roof."""
    data: Body = {
        "subject": "Roof of the chancery",
        "message": "The roof of the chancery leaks, and the Embassy asks for a permit to mend it.",
    }
    return ADraft("note", {**data, **changes})


def a_request(**changes: Json) -> ADraft:
    """Return a request for access to a building."""
    data: Body = {
        "premises": "premises/P1",
        "name": "Pioneer Point",
        "purpose": "To see the state of the roof and of the heating.",
        "from": "2026-12-01T10:00+03:00",
        "until": "2026-12-01T13:00+03:00",
        "visitors": 3,
    }
    return ADraft("premises.access", {**data, **changes})


_TWO_HOURS: Body = {"from": "2026-12-02T10:00+03:00", "until": "2026-12-02T12:00+03:00"}
GRANTED: Body = {**_TWO_HOURS, "escorted": True}
REPLY: Body = {"reply": "The permit is enclosed."}


@dataclass
class Node:
    """One party: its own log, and as much of the other's as has arrived."""

    world: "World"
    party: str
    officers: tuple[str, ...]
    log: list[Opening] = field(default_factory=list)
    mirror: list[Opening] = field(default_factory=list)
    made: int = 0
    persons: dict[str, Body] = field(default_factory=dict)  # number -> what is personal
    _folded: tuple[tuple[int, int], Folded] | None = None

    def acts(
        self,
        kind: str,
        *,
        on: str = "",
        body: Mapping[str, Json] | bytes | None = None,
        version: int = 1,
        number: str = "",
        re: bytes = b"",
        signed_by: Sequence[str] = (),
        **changes: object,
    ) -> int:
        """Write any act, entitled or not, into the own log; return its index.

        changes: fields of the head to falsify.
        """
        peers = [leaf_hash(leaf_data(each)) for each in self.mirror]
        head = Head(
            v=version,
            type=kind,
            record=self.world.parties.record,
            party=self.party,
            seen=(len(peers), root_of(peers).hash),
            on=on,
            number=number,
            at=self.world.tick(),
        )
        head = replace(head, **changes)  # type: ignore[arg-type] # a test may falsify any field
        written = body if isinstance(body, bytes) else canon.encode(dict(body or {}))
        opening = self._opening(head.encode(), written, re, signed_by)
        return self.writes(opening)

    def writes(self, opening: Opening) -> int:
        """Append an opening as it stands; return its index."""
        self.log.append(opening)
        self.world.written()
        return len(self.log) - 1

    def _opening(self, head: bytes, body: bytes, re: bytes, signed_by: Sequence[str]) -> Opening:
        salts = [self._salt(name) for name in ("head", "re", "body")]
        opening = Opening(head, body, b"", re, *salts)
        _, h, b, _ = commitments(opening)
        message = sign_message(self.world.parties.record, h, b)
        sigs = [
            OfficerSignature(each, "ed25519", key_of(f"{self.party} {each}").sign(message))
            for each in signed_by
        ]
        return replace(opening, sigs=encode_sigs(sigs))

    def _salt(self, name: str) -> bytes:
        self.made += 1
        return sha256(f"{self.party} {name} {self.made}".encode()).digest()

    def new_id(self, prefix: str) -> str:
        """Return a new id as the desk makes them."""
        return f"{prefix}/{self.party}-{self._salt(prefix).hex()[:16]}"

    # What officers do.

    def sends(self, draft: ADraft, *, files: Sequence[Json] = (), **changes: object) -> str:
        """Release a notice; return its id. files: named beside those of its persons."""
        name = str(changes.pop("on", "")) or self.new_id("notice")
        post = str(draft.data.get("post", f"post/{self.party}-MIS"))
        made = drafted(
            draft.kind,
            {"post": post, **draft.data},
            self.world.parties,
            numbers=(self._salt("person").hex()[:16] for _ in range(130)),
            catalogue=self.world.catalogue,
        )
        self.persons.update(made.personal)
        about = [self._about(one, fields) for one, fields in made.personal.items()]
        body = with_files({**made.body, **({"files": [*files]} if files else {})}, about)
        number = str(changes.pop("number", "")) or next_number(self.folded.state, post, 2026)
        version = act_version(body)
        self.acts("notice.released", on=name, body=body, number=number, version=version, **changes)  # type: ignore[arg-type] # as acts
        return name

    def _about(self, one: str, fields: Body) -> FileRef:
        return ref_of(person_file(self._salt(one), fields), media_type=PERSON_FILE, person=one)

    def answers(
        self, notice: str, answer: str, kind: str = "notice.answered", /, **fields: Json
    ) -> int:
        """Answer line 1 of a notice as this side holds it."""
        return self.answers_lines(notice, [{"line": 1, "answer": answer, **fields}], kind)

    def answers_lines(
        self, notice: str, lines: list[Json], kind: str = "notice.answered", **beside: Json
    ) -> int:
        """Answer lines of a notice, unchecked. beside: other fields of the act, as `files`."""
        body: Body = {"lines": lines, **beside}
        return self.acts(
            kind, on=notice, body=body, re=self.leaf_of(notice), version=act_version(body)
        )

    def grants(self, notice: str) -> int:
        """Answer "granted"."""
        return self.answers_lines(notice, [{"line": 1, "answer": "granted", **GRANTED}])

    def withdraws(self, notice: str) -> int:
        """Take a notice back."""
        return self.acts("notice.withdrawn", on=notice, re=self.leaf_of(notice))

    def closes(self, notice: str) -> int:
        """Close a notice."""
        return self.acts("notice.closed", on=notice, re=self.leaf_of(notice))

    def sees(self) -> int:
        """Write `record.seen`."""
        return self.acts("record.seen")

    def states(self, thing: str, /, *, sending: str, receiving: str, **fields: Json) -> int:
        """State fields of a thing of a register."""
        body: Body = {"sending": sending, "receiving": receiving, "fields": dict(fields)}
        prefix = thing.partition("/")[0]
        version = stating_version(prefix, fields)
        return self.acts(f"{prefix}.stated", on=thing, body=body, version=version)

    def contests(self, thing: str, name: str, /, **more: Json) -> int:
        """Contest a field of a thing."""
        body: Body = {"thing": thing, "field": name, "words": "We see it otherwise.", **more}
        return self.acts("statement.contested", on=self.new_id("contest"), body=body)

    # What this side holds.

    def leaf_of(self, notice: str) -> bytes:
        """Return the leaf hash of a notice's release."""
        found = self.folded.state.find(NoticeState, notice)
        return b"\0" * 32 if found is None else bytes.fromhex(found.leaf)

    @property
    def logs(self) -> tuple[list[Opening], list[Opening]]:
        """Both logs as held here, `parties.a`'s first."""
        first = self.world.parties.a.party == self.party
        return (self.log, self.mirror) if first else (self.mirror, self.log)

    @property
    def folded(self) -> Folded:
        """Everything held here, folded from nothing."""
        sizes = len(self.log), len(self.mirror)
        if self._folded is None or self._folded[0] != sizes:
            start = genesis(self.world.parties, self.world.catalogue)
            self._folded = sizes, fold_all(start, *self.logs, self.world.parties)
        return self._folded[1]

    @property
    def state(self) -> bytes:
        """The bytes of the state, as `record state` prints them."""
        return dump_of(self.world.parties, self.folded, *self.logs)

    def notice(self, name: str) -> NoticeState:
        """Return a notice as it stands here."""
        found = self.folded.state.find(NoticeState, name)
        assert found is not None
        return found

    @property
    def void(self) -> dict[tuple[str, int], str]:
        """Acts without effect, as held here: (party, index) -> code."""
        return self.folded.state.without_effect()

    def code(self, index: int) -> str | None:
        """Return why an own act is without effect, None when it counts."""
        return self.void.get((self.party, index))

    def receipt(self, notice: str) -> Step | None:
        """Return the receipt of a notice by the side opposite, as held here."""
        found = self.notice(notice)
        other = self.world.parties.other(found.by).party
        return received(steps_of(self.world.parties, *self.logs)[other], found.index)


def steps_of(
    parties: Parties, a: Sequence[Opening], b: Sequence[Opening]
) -> dict[str, tuple[Step, ...]]:
    """Return both sides' receipts."""
    return {
        side.party: receipts(side.party, [_seen_and_at(each) for each in log])
        for side, log in ((parties.a, a), (parties.b, b))
    }


def _seen_and_at(opening: Opening) -> tuple[int, str]:
    try:
        head = parse_head(opening.head)
    except Refusal:
        return 0, ""
    return head.seen[0], head.at


def dump_of(parties: Parties, folded: Folded, a: Sequence[Opening], b: Sequence[Opening]) -> bytes:
    """Return the bytes of a folded record."""
    logs: list[Body] = []
    for side, log in ((parties.a, a), (parties.b, b)):
        root = root_of([leaf_hash(leaf_data(each)) for each in log])
        logs.append({"party": side.party, "size": root.size, "root": root.hash.hex()})
    return dump(
        folded.state.things(),
        folded.state.without_effect(),
        record=parties.record,
        logs=logs,
        receipts=listed(steps_of(parties, a, b)),
    )


class World:
    """Two parties and the line between them."""

    def __init__(
        self,
        *packages: str,
        speaks: Callable[[str, tuple[str, ...]], Sequence[str]] = lambda _, spoken: spoken,
    ) -> None:
        self.catalogue: Catalogue = catalogue(*packages)
        spoken = self.catalogue.spoken
        cast = {"XA": ("Exland", "XB", ("Ada", "Bela")), "XB": ("Zedland", "XA", ("Cem", "Dana"))}
        one, other = (
            an_introduction(party, peer, name, officers, tuple(speaks(party, spoken)))
            for party, (name, peer, officers) in cast.items()
        )
        self.parties = Parties.of(one, other)
        self.a = Node(self, "XA", ("Ada", "Bela"))
        self.b = Node(self, "XB", ("Cem", "Dana"))
        self.whole = True
        self.now = START

    def tick(self) -> str:
        """Return the next minute of the one clock that both nodes claim."""
        self.now += timedelta(minutes=1)
        return self.now.strftime("%Y-%m-%dT%H:%M:%SZ")

    def written(self) -> None:
        """Carry what was written, while the line is whole."""
        if self.whole:
            self.sync()

    def cut(self) -> None:
        """Cut the line: nothing crosses until `sync` or `mend`."""
        self.whole = False

    def mend(self) -> None:
        """Make the line whole again."""
        self.whole = True
        self.sync()

    def sync(self) -> None:
        """Bring both sides up to date once."""
        self.a.mirror[:] = self.b.log
        self.b.mirror[:] = self.a.log
