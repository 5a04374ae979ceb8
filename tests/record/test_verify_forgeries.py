"""What a forger with time would do: every file fits its manifest, and the verifier still tells."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from legation.record import canon, verify
from legation.record.act import decode_opening
from legation.record.b64 import to_base64
from legation.record.keys import sign_keys
from legation.record.merkle import Root
from legation.record.note import Checkpoint, Signature, add_lines, cosign, sign_checkpoint
from legation.record.proof import parse_proof
from record.exports import (
    FIRST_TIME,
    Export,
    Found,
    Side,
    Story,
    a_keys_document,
    a_story,
    cosign_line,
    private_key,
    raw_key,
    salt,
)
from record.test_ed25519 import ENCODINGS, FORGED

Forgery = Callable[[Story], Export]


def without_last_act(story: Story) -> Export:
    files = story.files()
    del files["logs/XA/acts/7.tlog-proof"]
    return files


def the_last_act_again_under_the_next_index(story: Story) -> Export:
    files = story.files()
    last = files["logs/XA/acts/7.tlog-proof"].replace(b"\nindex 7\n", b"\nindex 8\n")
    return {**files, "logs/XA/acts/8.tlog-proof": last}


def two_acts_swapped(story: Story) -> Export:
    files = story.files()
    one, two = "logs/XA/acts/0.tlog-proof", "logs/XA/acts/1.tlog-proof"
    return {**files, one: files[two], two: files[one]}


def another_text(story: Story) -> Export:
    files = story.files()
    path = "logs/XA/acts/0.tlog-proof"
    proof = parse_proof(files[path])
    opening = replace(decode_opening(proof.extra), body=b'{"kind":"nota"}')
    return {**files, path: replace(proof, extra=opening.encode()).encode()}


def a_log_shortened_to_an_old_checkpoint(story: Story) -> Export:
    """Everything after entry 2 of XA is gone, with a checkpoint that was once right."""
    files = story.files(XA=story.a.earlier[2])
    return {name: data for name, data in files.items() if name not in later_acts(2)}


def later_acts(size: int) -> set[str]:
    return {f"logs/XA/acts/{index}.tlog-proof" for index in range(size, 9)}


def a_checkpoint_of_more_acts_than_there_can_be(story: Story) -> Export:
    files = story.files()
    path = "logs/XA/checkpoint"
    return {**files, path: files[path].replace(b"\n8\n", b"\n%d\n" % 10**18)}


def a_root_of_other_leaves(story: Story) -> Export:
    cp = Checkpoint(story.origin(story.a), 8, salt("other"))
    return story.files(XA=sign_checkpoint(cp, cp.origin, private_key(story.a.log_key)))


def signed(story: Story, side: Side, cp: Checkpoint, key: str) -> Export:
    note = sign_checkpoint(cp, cp.origin, private_key(key))
    return story.files(**{side.code: note})


def now(story: Story, side: Side, **changes: str) -> Checkpoint:
    root: Root = side.root()
    return Checkpoint(changes.get("origin", story.origin(side)), root.size, root.hash)


def cosigned(story: Story, name: str, key: str) -> Export:
    note = story.checkpoint(story.a, cosigned=False)
    return story.files(XA=add_lines(note, [cosign_line(story, story.a, name, key)]))


def cosigner(story: Story) -> str:
    return f"XB/{story.record}/cosign"


def a_false_cosignature(story: Story) -> Export:
    line = cosign_line(story, story.a, cosigner(story), "XB cosign 1")
    other = cosign_line(story, story.b, cosigner(story), "XB cosign 1")
    key_id, sig = (verify.unbase64(each.split(" ")[2].strip()) for each in (line, other))
    false = Signature(cosigner(story), key_id[:4], sig[4:]).line()
    return story.files(XA=add_lines(story.checkpoint(story.a, cosigned=False), [false]))


def a_checkpoint_its_log_did_not_sign(story: Story) -> Export:
    text, _, lines = story.checkpoint(story.a).partition(b"\n\n")
    return story.files(XA=text + b"\n\n" + lines.splitlines(keepends=True)[1])


def an_introduction_with_other_keys(story: Story) -> Export:
    story.a.documents[0] = a_keys_document(threshold=1)
    forged = story.introduction(story.a)
    return {**a_story().files(), "introductions/XA.json": forged}


def an_earlier_one_with(note: bytes, size: int = 2) -> Forgery:
    def forge(story: Story) -> Export:
        return {**story.files(), f"logs/XA/checkpoints/{size}": note}

    return forge


def an_earlier_one_not_countersigned(story: Story) -> Export:
    bare = story.a.earlier[2].partition(b"\n\n")
    lines = [line for line in bare[2].splitlines(keepends=True) if b"cosign" not in line]
    return {**story.files(), "logs/XA/checkpoints/2": bare[0] + b"\n\n" + b"".join(lines)}


def an_earlier_one_under_another_size(story: Story) -> Export:
    return {**story.files(), "logs/XA/checkpoints/3": story.a.earlier[2]}


def an_earlier_one_of_another_tree(story: Story) -> Export:
    cp = Checkpoint(f"XA/{story.record}/{story.first_terms['XA']}", 2, salt("other"))
    note = sign_checkpoint(cp, cp.origin, private_key("XA log 0"))
    line = cosign(cp.text(), cosigner(story), private_key("XB cosign 0"), FIRST_TIME)
    return {**story.files(), "logs/XA/checkpoints/2": add_lines(note, [line])}


def an_introduction_of(other: str) -> Forgery:
    def forge(story: Story) -> Export:
        files = story.files()
        return {**files, "introductions/XA.json": files[f"introductions/{other}.json"]}

    return forge


def another_first_document(story: Story) -> Export:
    document = a_keys_document(log=raw_key("a thief's log key"))
    return {**story.files(), "keys/XA/0.json": document.encode()}


def a_document_no_act_brought(story: Story) -> Export:
    last = story.a.documents[-1]
    new = replace(last, seq=2, prev=last.digest(), log=raw_key("a thief's log key"))
    document = sign_keys(new, private_key("XA root"))
    return {**story.files(), "keys/XA/2.json": document.encode()}


def a_document_out_of_its_chain(story: Story) -> Export:
    return {**story.files(), "keys/XA/1.json": story.a.documents[0].encode()}


def a_missing_document(story: Story) -> Export:
    files = story.files()
    del files["keys/XA/1.json"]
    return files


def an_act_that_saw_what_never_was(story: Story) -> Export:
    story.write(story.a, "notice.released", seen=(2, salt("another root")))
    return story.files()


def an_act_that_saw_more_than_was_written(story: Story) -> Export:
    story.write(story.a, "notice.released", seen=(99, salt("another root")))
    return story.files()


def a_rotation_its_officers_did_not_sign(story: Story) -> Export:
    story.rotate(story.b, signers=["bela"])
    return story.files()


def a_suspended_log_key(story: Story) -> Export:
    story.suspend(story.a, raw_key(story.a.log_key))
    story.write(story.a, "notice.released")
    return story.files()


def a_new_term_its_officers_did_not_sign(story: Story) -> Export:
    story.resume(story.a, signers=["ada"])
    return story.files()


def a_third_partys_file(story: Story) -> Export:
    return {**story.files(), "introductions/XC.json": b"{}"}


NEWEST, ACT = "logs/XA/checkpoint", "logs/XA/acts/{}.tlog-proof"
FORGERIES: list[tuple[Forgery, str, str]] = [
    (without_last_act, ACT.format(7), "cannot be read"),
    (the_last_act_again_under_the_next_index, ACT.format(8), "not this act's"),
    (two_acts_swapped, ACT.format(0), "not this act's"),
    (another_text, ACT.format(0), "not of this log"),
    (a_log_shortened_to_an_old_checkpoint, ACT.format(0), "a proof of another length"),
    (a_root_of_other_leaves, ACT.format(0), "not of this log"),
    (
        lambda story: signed(story, story.a, now(story, story.a), "XA log 0"),
        NEWEST,
        "a wrong line of XA/",
    ),
    (
        lambda story: signed(story, story.a, now(story, story.a), "a stranger"),
        NEWEST,
        "a wrong line of XA/",
    ),
    (
        lambda story: signed(
            story, story.a, now(story, story.a, origin="XA/else/1"), story.a.log_key
        ),
        NEWEST,
        "is of the log XA/else/1",
    ),
    (
        lambda story: cosigned(story, cosigner(story), "a stranger"),
        NEWEST,
        "a wrong line of XB/",
    ),
    (a_checkpoint_of_more_acts_than_there_can_be, ACT.format(8), "cannot be read (KeyError"),
    (a_false_cosignature, NEWEST, "a false signature of XB/"),
    (a_checkpoint_its_log_did_not_sign, NEWEST, "is not signed by its log"),
    (an_introduction_with_other_keys, "introductions/XA.json", "brings other keys"),
    (an_earlier_one_not_countersigned, "logs/XA/checkpoints/2", "not countersigned"),
    (an_earlier_one_under_another_size, "logs/XA/checkpoints/3", "another size"),
    (an_earlier_one_of_another_tree, "logs/XA/checkpoints/2", "another root"),
    (an_earlier_one_with(b"no note"), "logs/XA/checkpoints/2", "cannot be read"),
    (an_introduction_of("XB"), "introductions/XA.json", "not signed by its party's log key"),
    (another_first_document, "introductions/XA.json", "not signed by its party's log key"),
    (a_document_no_act_brought, "keys/XA/2.json", "no act of its log brought"),
    (a_document_out_of_its_chain, "keys/XA/1.json", "does not follow"),
    (a_missing_document, "keys/XA/1.json", "is missing"),
    (an_act_that_saw_what_never_was, ACT.format(8), "a root it never had"),
    (an_act_that_saw_more_than_was_written, ACT.format(8), "a root it never had"),
    (a_rotation_its_officers_did_not_sign, "keys/XB/2.json", "no act of its log brought"),
    (a_suspended_log_key, NEWEST, "suspended"),
    (a_new_term_its_officers_did_not_sign, NEWEST, "is of the log"),
    (a_third_partys_file, "introductions/XC.json", "is no file of this export"),
]


@pytest.mark.parametrize(
    ("forge", "file", "what"), FORGERIES, ids=[getattr(f[0], "__name__", f[2]) for f in FORGERIES]
)
def test_a_forgery_with_a_fitting_manifest_is_found_and_named(
    found: Found, forge: Forgery, file: str, what: str
) -> None:
    story = a_story()
    faults = found(story.listed(forge(story)))
    assert what in faults.get(file, ""), faults


@pytest.mark.parametrize("raw", ENCODINGS[::5], ids=bytes.hex)
def test_a_key_that_anybody_can_sign_for_is_refused(
    story: Story, export: Export, found: Found, raw: bytes
) -> None:
    value = canon.decode(export["keys/XA/0.json"])
    keys = value["keys"]
    assert isinstance(keys, dict)
    keys["root"] = to_base64(raw)
    value["sig"] = to_base64(FORGED)
    faults = found(story.listed({**export, "keys/XA/0.json": canon.encode(value)}))
    assert "anybody can sign for" in faults["keys/XA/0.json"]
