"""The fold from nothing: time for each act, and that it does not grow with their number."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Final, TypeVar

from bench import Figure
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from legation.acts.catalogue import spoken
from legation.acts.drafting import draft_notice
from legation.acts.fold import Folded, fold_all, genesis
from legation.acts.introduction import Introduction
from legation.acts.parties import Parties
from legation.acts.values import Hash, Party
from legation.record import canon
from legation.record.act import Head, Opening, leaf_data
from legation.record.canon import Json
from legation.record.keys import KeysDocument, raw_public, sign_keys
from legation.record.merkle import leaf_hash

T = TypeVar("T")
SALT = bytes(32)
AT = "2026-11-23T17:45:00Z"
FORM: Final[dict[str, Json]] = {
    "post": "XA-MIS",
    "languages": ["en", "ru"],
    "premises": "premises/P1",
    "name": "Pioneer Point",
    "purpose": "To see the state of the roof and of the heating.",
    "from": "2026-12-01T10:00+03:00",
    "until": "2026-12-01T13:00+03:00",
    "visitors": 3,
}
HELD: Final = canon.encode({"lines": [{"line": 1, "answer": "held"}]})
_GRANT: Final[dict[str, Json]] = {
    "line": 1,
    "answer": "granted",
    "from": "2026-12-02T10:00+03:00",
    "until": "2026-12-02T12:00+03:00",
    "escorted": True,
}
GRANTED: Final = canon.encode({"lines": [_GRANT]})
_ACCESS: Final[dict[str, Json]] = {"access": {"value": "denied", "from": "2016-12-30"}}
STATED: Final = canon.encode({"sending": "XA", "receiving": "XB", "fields": _ACCESS})


def _key(name: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())


def _introduction(party: str, peer: str) -> Introduction:
    raw = {name: raw_public(_key(f"{party} {name}")) for name in ("root", "log", "cosign", "line")}
    document = sign_keys(
        KeysDocument(
            v=1,
            party=party,
            name=party,
            seq=0,
            prev="",
            **raw,
            line_cert=b"",
            seal=b"",
            suite="none",
            officers=(),
            threshold=1,
        ),
        _key(f"{party} root"),
    )
    return Introduction(
        party=Party(party),
        name=party,
        peer=Party(peer),
        root=Hash(document.fingerprint),
        keys=canon.decode(document.encode()),
        term="0" * 16,
        speaks=spoken(),
    )


def logs(count: int) -> tuple[Parties, list[Opening], list[Opening]]:
    """Return two logs of about `count` acts in all, as a year of two embassies writes them.

    In every ten: three requests for access in two languages, an interim and a final answer to
    each second one and a final answer to the rest, two statements, and the `record.seen` of
    both sides between.
    """
    parties = Parties.of(_introduction("XA", "XB"), _introduction("XB", "XA"))
    asked = canon.encode(draft_notice("premises.access", FORM, parties))
    a, b = _Log(parties, "XA"), _Log(parties, "XB")
    turn = 0
    while len(a.acts) + len(b.acts) < count:
        turn += 1
        name = f"notice/XA-{turn:016x}"
        a.write("notice.released", b, asked, on=name, number=f"XA-MIS/2026/{turn:03d}")
        leaf = leaf_hash(leaf_data(a.acts[-1]))
        b.write("record.seen", a, b"{}")
        if turn % 2:
            b.write("notice.answered", a, HELD, on=name, re=leaf)
        b.write("notice.answered", a, GRANTED, on=name, re=leaf)
        a.write("record.seen", b, b"{}")
        if turn % 3:
            where = f"premises/P{turn % 50}"
            b.write("premises.stated", a, STATED, on=where)
    logs = (a.acts, b.acts) if parties.a.party == "XA" else (b.acts, a.acts)
    return parties, *logs


@dataclass
class _Log:
    """One side's log; what it writes had seen all of the other's."""

    parties: Parties
    party: str
    acts: list[Opening] = field(default_factory=list)

    def write(
        self,
        kind: str,
        other: "_Log",
        body: bytes,
        *,
        on: str = "",
        number: str = "",
        re: bytes = b"",
    ) -> None:
        seen = (len(other.acts), SALT)
        head = Head(1, kind, self.parties.record, self.party, seen, on, number, AT)
        self.acts.append(Opening(head.encode(), body, b"", re, SALT, SALT, SALT))


def figures(*, long: bool) -> Iterator[Figure]:
    """Fold 10^3 to 10^5 acts (`--long`: 10^6), beside `json` on the same bytes.

    Processor time, not the clock's: the fold waits for nothing, its neighbours may be busy.
    """
    each: dict[int, float] = {}
    for power in range(3, 7 if long else 6):
        parties, a, b = logs(10**power)
        count = len(a) + len(b)
        taken, folded = _timed(partial(_fold, parties, a, b))
        assert not folded.state.void
        each[power] = taken / count
        raw = [part for act in (*a[:2_000], *b[:2_000]) for part in (act.head, act.body)]
        peer, _ = _timed(partial(_peer, raw))
        share = each[power] / (peer / (len(raw) / 2))
        yield Figure(
            name=f"fold of 10^{power} acts from nothing",
            value=taken,
            unit="s",
            at_most=5 if power == 5 else None,
            note=f"{count / taken:,.0f} acts/s; {share:.1f} x json loads + dumps of the same bytes",
        )
    yield Figure(name="time for each act at 10^5 / at 10^3", value=each[5] / each[3], at_most=2)
    if long:
        yield Figure(name="time for each act at 10^6 / at 10^4", value=each[6] / each[4], at_most=2)


def _fold(parties: Parties, a: list[Opening], b: list[Opening]) -> Folded:
    return fold_all(genesis(parties), a, b, parties)


def _peer(raw: list[bytes]) -> None:
    for part in raw:
        json.dumps(json.loads(part))


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begin = time.process_time()
    made = work()
    return time.process_time() - begin, made
