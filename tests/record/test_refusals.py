"""The table of bad input, row by row: each gets its code, a sentence, and changes nothing."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from legation.errors import Refusal
from legation.record import canon, merkle, note
from legation.record.act import check_officers, check_opening, decode_opening, leaf_data, parse_head
from legation.record.keys import KeyHistory
from legation.record.merkle import Frontier, Root
from legation.record.note import (
    Checkpoint,
    VerifierKey,
    add_lines,
    open_checkpoint,
    open_cosignature,
    parse_note,
    sign_checkpoint,
)
from legation.record.order import check_seen
from record.exports import a_keys_document, private_key, raw_key, salt
from record.refusals import refused
from record.test_act import an_opening
from record.test_merkle import LEAVES, read

LOG, PEER = "XA/0123456789abcdef/1", "XB/0123456789abcdef/cosign"
LOG_KEY = VerifierKey.of(LOG, note.ED25519, raw_key("log"))
ROOT = merkle.root_of(LEAVES[:5])


def a_note(origin: str = LOG, key: str = "log") -> bytes:
    return sign_checkpoint(Checkpoint(origin, 5, ROOT.hash), LOG, private_key(key))


def cosigner(key: str) -> VerifierKey:
    return VerifierKey.of(PEER, note.COSIGNATURE, raw_key(key))


def cosigned(text: str) -> bytes:
    return add_lines(a_note(), [note.cosign(text, PEER, private_key("peer"), 7)])


def a_suspended_history() -> KeyHistory:
    first = a_keys_document()
    return KeyHistory.begin(first).suspend(0, first.log)


TABLE: dict[str, tuple[str, Callable[[], object]]] = {
    "another origin": ("origin", lambda: open_checkpoint(a_note("XA/other/1"), LOG_KEY)),
    "an unknown key": ("signer", lambda: open_checkpoint(a_note(key="a stranger"), LOG_KEY)),
    "a missing key": ("signer", lambda: open_cosignature(a_note(), cosigner("peer"))),
    "a known key that fails": (
        "signature",
        lambda: open_cosignature(cosigned(Checkpoint(LOG, 6, ROOT.hash).text()), cosigner("peer")),
    ),
    "a smaller size": ("backwards", lambda: merkle.check_prefix(ROOT, Root(4, salt("x")), ())),
    "a bad proof of a beginning": (
        "inconsistent",
        lambda: merkle.check_prefix(ROOT, merkle.root_of(LEAVES[:9]), LEAVES[:3]),
    ),
    "a bad proof of an entry": (
        "inconsistent",
        lambda: merkle.check_inclusion(
            LEAVES[1], 0, ROOT, merkle.inclusion_proof(read, 0, ROOT.size)
        ),
    ),
    "the same size, another root": (
        "fork",
        lambda: merkle.check_prefix(ROOT, Root(5, salt("x")), ()),
    ),
    "a stored edge of a tree that is damaged": ("root", lambda: Frontier.decode(bytes(9))),
    "an opening that is not its leaf's": (
        "opening",
        lambda: check_opening(an_opening(), leaf_data(an_opening(body=b"{}"))),
    ),
    "an opening that is torn": ("opening", lambda: decode_opening(bytes(99))),
    "an act of 65,536 bytes": ("size", lambda: decode_opening(bytes(65_536))),
    "a document of 65,536 bytes": ("size", lambda: canon.decode(bytes(65_536))),
    "seventeen signatures": (
        "signatures",
        lambda: parse_note(("x\n\n" + "— n AAAAAAA=\n" * 17).encode()),
    ),
    "a depth of 17": ("depth", lambda: canon.decode(b'{"a":' + b"[" * 16 + b"]" * 16 + b"}")),
    "a carriage return": ("text", lambda: canon.decode(b'{"a":"\r"}')),
    "a NUL in a note": ("text", lambda: parse_note("x\0\n\n— n AAAAAAA=\n".encode())),
    "bad UTF-8": ("text", lambda: canon.decode(b"\xff")),
    "a duplicate key": ("not-canonical", lambda: canon.decode(b'{"a":1,"a":1}')),
    "a space": ("not-canonical", lambda: canon.decode(b'{ "a":1}')),
    "another order": ("not-canonical", lambda: canon.decode(b'{"b":1,"a":1}')),
    "an escape": ("not-canonical", lambda: canon.decode(rb'{"a":"\u0061"}')),
    "a float": ("not-canonical", lambda: canon.decode(b'{"a":0.5}')),
    "negative zero": ("not-canonical", lambda: canon.decode(b'{"a":-0}')),
    "2^53": ("not-canonical", lambda: canon.decode(b'{"a":9007199254740992}')),
    "a lone surrogate": ("not-canonical", lambda: canon.decode(rb'{"a":"\udc00"}')),
    "a fault of text in a head": ("text", lambda: parse_head(b'{"at":"\x00"}')),
    "a fault of schema in a head": ("schema", lambda: parse_head(b"{}")),
    "too few officers": (
        "officers",
        lambda: check_officers(an_opening(), "0123456789abcdef", a_keys_document()),
    ),
    "a seen beyond what was written": ("seen", lambda: check_seen((6, salt("x")), 5, None)),
    "a seen with a root we never had": (
        "seen",
        lambda: check_seen((5, salt("x")), 5, ROOT.hash),
    ),
    "a suspended log key": ("revoked", lambda: a_suspended_history().log_key_for(3)),
    "a key of small order": ("weak-key", lambda: VerifierKey.of(LOG, note.ED25519, bytes(32))),
}


@pytest.mark.parametrize(("code", "do"), TABLE.values(), ids=TABLE.keys())
def test_bad_input_gets_its_code_and_a_whole_sentence(code: str, do: Callable[[], object]) -> None:
    with refused(code):
        do()


def test_a_refusal_is_told_in_another_language_with_the_same_values() -> None:
    with pytest.raises(Refusal, match="65536") as found:
        canon.decode(bytes(65_536))
    words = {"at most {limit} bytes are taken.": "не более {limit} байт."}
    sentence = found.value.sentence(lambda template: words.get(template, template))
    assert "не более 65535 байт." in sentence


def test_what_is_refused_leaves_what_is_held_as_it_was() -> None:
    history = a_suspended_history()
    before = replace(history)
    with refused("keys-chain"):
        history.rotate(1, a_keys_document())
    assert history == before
