"""The bytes that are cleared: one changed byte anywhere is another draft."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.officers.wording import WordedAct, draft_hash, draft_message, head_bytes

HEAD = head_bytes(
    type="notice.released", version=1, record="0123456789abcdef", party="XA", on="notice/XA-1"
)
ACT = WordedAct(head=HEAD, salt_b=bytes(32), body=b'{"kind":"note"}', re=b"")


def test_the_hash_is_that_of_the_published_layout() -> None:
    by_hand = (
        b"legation/draft/v1\n"
        + len(HEAD).to_bytes(4, "big")
        + HEAD
        + (32 + 15).to_bytes(4, "big")
        + bytes(32)
        + b'{"kind":"note"}'
        + bytes(4)
    )
    assert draft_message([ACT]) == by_hand
    assert draft_hash([ACT]) == hashlib.sha256(by_hand).hexdigest()


def test_the_head_has_no_place_for_what_release_sets() -> None:
    assert HEAD == (
        b'{"on":"notice/XA-1","party":"XA","record":"0123456789abcdef",'
        b'"type":"notice.released","v":1}'
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(ACT, head=HEAD.replace(b"XA-1", b"XA-2")),
        replace(ACT, salt_b=b"\1" + bytes(31)),
        replace(ACT, body=b'{"kind":"noto"}'),
        replace(ACT, re=bytes(32)),
    ],
    ids=["another subject", "another salt", "another body", "another act that it answers"],
)
def test_one_changed_part_is_another_hash(other: WordedAct) -> None:
    assert draft_hash([other]) != draft_hash([ACT])


def test_order_and_number_of_acts_count() -> None:
    second = replace(ACT, body=b"{}")
    hashes = [draft_hash(acts) for acts in ([ACT], [ACT, second], [second, ACT], [ACT, ACT])]
    assert len(set(hashes)) == len(hashes)


parts = st.binary(max_size=40)
worded_acts = st.builds(
    WordedAct, head=parts, salt_b=st.binary(min_size=32, max_size=32), body=parts, re=parts
)


@given(st.lists(worded_acts, max_size=4), st.lists(worded_acts, max_size=4))
def test_no_two_drafts_share_their_bytes(a: list[WordedAct], b: list[WordedAct]) -> None:
    assert (draft_message(a) == draft_message(b)) == (a == b)
