"""The introduction: one signed file, and twelve words to compare."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.acts.introduction import Introduction, open_introduction, sign, words
from legation.acts.parties import Parties
from legation.acts.values import Hash, Party
from legation.errors import Refusal
from legation.record import canon
from legation.record.keys import record_id, words_of
from world import Body, an_introduction, key_of

SPEAKS = ("note/1", "notice.released/1")
A = an_introduction("XA", "XB", "Exland", ("Ada", "Bela"), SPEAKS)
B = an_introduction("XB", "XA", "Zedland", ("Cem", "Dana"), SPEAKS)
FILE = sign(A, key_of("XA log"))


def test_what_is_signed_is_read_back() -> None:
    assert open_introduction(FILE) == A
    assert A.document.party == "XA"


def test_twelve_words_are_those_of_the_file_s_bytes() -> None:
    assert words(FILE) == words_of(sha256(FILE).digest())
    assert len(words(FILE)) == 12
    assert words(FILE) != words(sign(replace(A, name="Exlond"), key_of("XA log")))


def resigned(change: Callable[[Introduction], Introduction]) -> bytes:
    """Return a file as XA's log key signs it over anything, unchecked."""
    changed = change(A)
    sig = key_of("XA log").sign(b"legation/introduction/v1\n" + changed.encode())
    body: Body = {
        "introduction": canon.decode(changed.encode()),
        "sig": b64encode(sig).decode(),
    }
    return canon.encode_large(body)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        pytest.param(b"", "not-canonical", id="an empty file"),
        pytest.param(b" " + FILE, "not-canonical", id="a space before it"),
        pytest.param(FILE + b"\n", "not-canonical", id="a line end behind it"),
        pytest.param(FILE[:-20], "not-canonical", id="cut short"),
        pytest.param(b"{" + b"x" * 70_000, "size", id="too large"),
        pytest.param(b'{"introduction":{}}', "introduction", id="no signature"),
        pytest.param(FILE.replace(b"Exland", b"Exlond"), "signature", id="a name changed"),
        pytest.param(FILE.replace(b"note/1", b"note/2"), "signature", id="a type changed"),
        pytest.param(FILE.replace(b'"v":1},"sig"', b'"v":2},"sig"'), "range", id="another version"),
        pytest.param(sign(A, key_of("XA log"))[:-3] + b'A"}', "signature", id="a signature cut"),
        pytest.param(
            resigned(lambda a: replace(a, party=Party("XC"))), "introduction", id="another party"
        ),
        pytest.param(
            resigned(lambda a: replace(a, root=Hash("0" * 64))), "introduction", id="another root"
        ),
        pytest.param(resigned(lambda a: replace(a, keys=B.keys)), "introduction", id="their keys"),
        pytest.param(resigned(lambda a: replace(a, keys={})), "schema", id="no keys"),
        pytest.param(resigned(lambda a: replace(a, keys=1)), "introduction", id="no document"),
        pytest.param(resigned(lambda a: replace(a, peer=Party("XA"))), "peer", id="itself"),
        pytest.param(
            resigned(lambda a: replace(a, line_url="http://x")), "form", id="a line without TLS"
        ),
        pytest.param(
            resigned(lambda a: replace(a, line_url="https://x y/")), "form", id="a space in it"
        ),
        pytest.param(resigned(lambda a: replace(a, term="1")), "form", id="a term too short"),
        pytest.param(resigned(lambda a: replace(a, speaks=("x",))), "form", id="no version"),
        pytest.param(
            resigned(lambda a: replace(a, name="Ex\u200dland")), "hidden-character", id="hidden"
        ),
    ],
)
def test_a_file_that_is_not_as_signed_is_refused(file: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        open_introduction(file)
    assert caught.value.code == code
    assert str(caught.value)


def test_a_signature_by_another_key_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        sign(A, key_of("a thief"))
    assert caught.value.code == "signature"


def test_a_signature_written_in_two_ways_counts_in_one() -> None:
    sig = canon.decode(FILE)["sig"]
    assert isinstance(sig, str)
    other = sig[:-3] + chr(ord(sig[-3]) + 1) + "=="
    assert b64decode(other) == b64decode(sig), "the same bytes, spelt otherwise"
    with pytest.raises(Refusal) as caught:
        open_introduction(FILE.replace(sig.encode(), other.encode()))
    assert caught.value.code == "signature"


def test_the_address_may_be_left_out_for_a_folder_alone() -> None:
    bare = open_introduction(resigned(lambda a: replace(a, line_url="")))
    assert bare.line_url == ""
    line = "https://us.example:9001/line"
    assert open_introduction(resigned(lambda a: replace(a, line_url=line))).line_url == line


def test_the_parties_are_in_one_order_whoever_asks() -> None:
    assert Parties.of(A, B) == Parties.of(B, A)
    parties = Parties.of(A, B)
    assert bytes.fromhex(parties.a.fp) < bytes.fromhex(parties.b.fp)
    assert parties.record == record_id(A.root, B.root)
    assert parties.other("XA").party == "XB"
    assert parties.own("XA").name == "Exland"
    assert {parties.side("XA"), parties.side("XB")} == {0, 1}
    for ask in (parties.other, parties.own, parties.side):
        with pytest.raises(KeyError):
            ask("XC")


def test_the_first_party_is_the_one_with_the_lower_fingerprint_whatever_its_name() -> None:
    firsts = set()
    for party in ("XC", "XD", "XG", "XJ"):
        other = an_introduction(party, "XA", "Elsewhere", ("Elif", "Farid"), SPEAKS)
        for one in (A, B):
            parties = Parties.of(one, other)
            assert bytes.fromhex(parties.a.fp) < bytes.fromhex(parties.b.fp)
            firsts.add(parties.a.party == one.party)
    assert firsts == {True, False}


@pytest.mark.fuzz
@given(st.binary(max_size=400))
def test_any_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        open_introduction(data)


@pytest.mark.fuzz
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_any_byte_changed_is_refused(place: int, change: int) -> None:
    data = FILE[:place] + bytes([FILE[place] ^ change]) + FILE[place + 1 :]
    with pytest.raises(Refusal):
        open_introduction(data)
