"""Reading acts: opening, head and body, and the leaf, beside what `json` alone would cost."""

import json
from collections.abc import Iterator

import rfc8785
from bench import Figure
from bench.record._pair import pair

from legation.record import canon
from legation.record.act import Head, Opening, decode_opening, leaf_data, parse_head
from legation.record.canon import Json
from legation.record.merkle import EMPTY, leaf_hash

TEXT = (
    "The Embassy of the State XA presents its compliments to the Ministry of Foreign Affairs "
    "and has the honour to ask for access to the building of its former consulate general. "
    "Посольство просит сообщить, когда и в сопровождении кого может быть осмотрено здание. "
)


def an_act(number: int) -> bytes:
    head = Head(
        v=1,
        type="notice.released",
        record="0123456789abcdef",
        party="XA",
        seen=(number, EMPTY.hash),
        on=f"notice/XA-{number:016x}",
        number=f"XA-MFA/2026/{number:03d}",
        at="2026-11-23T17:45:00Z",
    )
    body: dict[str, Json] = {
        "kind": "premises.access",
        "kind_version": 1,
        "post": "post/XA-MIS",
        "fields": {"premises": "premises/P1", "visitors": 3, "from": "2026-12-01T10:00+03:00"},
        "texts": [{"lang": "en", "role": "original", "text": TEXT * 2}],
    }
    salt = bytes(32)
    return Opening(head.encode(), canon.encode(body), b"", b"", salt, salt, salt).encode()


def ours(openings: list[bytes]) -> None:
    for data in openings:
        opening = decode_opening(data)
        parse_head(opening.head)
        canon.decode(opening.body)
        leaf_hash(leaf_data(opening))


def figures(*, long: bool) -> Iterator[Figure]:
    for count in (1_000, 10_000, *((100_000, 1_000_000) if long else ())):
        openings = [an_act(number % 1_000) for number in range(min(count, 1_000))]
        openings = openings * (count // len(openings))
        parts = [decode_opening(data) for data in openings[:1_000]]
        texts = [text for part in parts for text in (part.head, part.body)]
        texts = texts * (2 * count // len(texts))

        def bare(texts: list[bytes] = texts) -> None:
            for text in texts:
                json.dumps(json.loads(text))

        def read(openings: list[bytes] = openings) -> None:
            ours(openings)

        ratio, taken = pair(bare, read, rounds=7 if count < 100_000 else 2)
        yield Figure(
            name=f"json loads + dumps / {count:,} openings read",
            value=ratio,
            at_least=0.4,
            note=f"{count / taken:,.0f} acts a second",
        )
    value = json.loads(texts[1])
    ratio, _ = pair(
        lambda: [rfc8785.dumps(value) for _ in range(1_000)],
        lambda: [canon.encode(value) for _ in range(1_000)],
    )
    yield Figure(name="rfc8785 / canonical bytes written", value=ratio)
