"""The one-file verifier: what it takes, what it says of it, and how it is run."""

import io
import json
import random
import subprocess
import sys
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from legation.record import canon, merkle, verify
from legation.record.canon import Json
from legation.record.note import add_lines
from legation.record.order import arrange
from record.exports import (
    Export,
    Found,
    Story,
    cosign_line,
    raw_key,
    write_folder,
    zip_of,
)

FILE = Path(verify.__file__)


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_a_whole_export_fits(tmp_path: Path, story: Story, export: Export, packed: bool) -> None:  # noqa: FBT001
    out = tmp_path / "out"
    if packed:
        out.write_bytes(zip_of(export))
    else:
        write_folder(export, out)
    report = verify.verify(str(out), {})
    assert report.faults == []
    assert report.verdict == "It is consistent with itself; whose it is was not checked."
    assert verify.verify(str(out), story.roots).verdict.endswith("its roots are those given.")


def test_it_says_in_words_what_is_shown_and_what_is_not(tmp_path: Path, export: Export) -> None:
    text = "\n".join(verify.verify(str(write_folder(export, tmp_path)), {}).shown)
    assert "Acts XA (State XA) signed: 8. None is missing." in text
    assert "XA countersigned, so held, at least 5 of them (2026-11-23" in text
    assert "12 of them for good" in text
    assert "1 of them without its officers' signatures: [6]" in text
    for not_shown in ("so", "clocks", "later", "checkpoint", "another history", "a person read"):
        assert not_shown in text.partition("Not shown")[2]


def test_the_order_it_finds_is_the_records_own(
    tmp_path: Path, story: Story, export: Export
) -> None:
    facts = verify.verify(str(write_folder(export, tmp_path)), {}).facts
    low, high = sorted((story.a, story.b), key=lambda side: side.fp)
    claims = [[claim_of(opening.head) for opening in side.openings] for side in (low, high)]
    order = arrange(claims[0], claims[1], True)
    assert facts["order"] == [f"{(low, high)[side].code} {at}" for side, at, _ in order.items]
    assert facts["settled"] == order.settled


def claim_of(head: bytes) -> int:
    try:
        seen = json.loads(head)["seen"]
    except ValueError:
        return 0
    return int(seen[0])


@pytest.mark.parametrize("seed", range(6))
def test_any_history_of_two_parties_fits(tmp_path: Path, seed: int) -> None:
    chance, story = random.Random(seed), Story()
    seen = {"XA": 0, "XB": 0}
    for _ in range(chance.randrange(60)):
        side = chance.choice((story.a, story.b))
        other = story.other(side)
        seen[side.code] = chance.randint(seen[side.code], len(other.leaves))
        held = (seen[side.code], other.root(seen[side.code]).hash)
        story.write(side, "notice.released", {"text": "x" * chance.randrange(200)}, seen=held)
        if chance.random() < 0.1:
            story.keep_checkpoints()
    report = verify.verify(str(write_folder(story.files(), tmp_path)), story.roots)
    assert report.faults == []


def test_an_earlier_checkpoint_that_somebody_left_out_is_not_said_to_be_there(
    tmp_path: Path, story: Story
) -> None:
    """Whoever makes an export chooses its checkpoints: nothing in it tells how many there were."""
    whole = story.files()
    fewer = {path: data for path, data in whole.items() if "/checkpoints/" not in path}
    assert len(fewer) < len(whole)
    report = verify.verify(str(write_folder(story.listed(fewer), tmp_path)), story.roots)
    assert report.faults == []
    assert "that no checkpoint is left out" in report.shown[-1].partition("Not shown")[2]


def test_a_folder_that_is_no_export_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").write_text("x")
    (fault,) = verify.verify(str(tmp_path), {}).faults
    assert fault == {"file": "manifest.json", "what": "is missing: this is no export of a record"}


def test_an_empty_record_fits(tmp_path: Path) -> None:
    assert verify.verify(str(write_folder(Story().files(), tmp_path)), {}).faults == []


def test_a_log_that_nobody_countersigned_is_said_to_be_so(tmp_path: Path) -> None:
    story = Story()
    story.write(story.a, "notice.released")
    files = story.files(XA=story.checkpoint(story.a, cosigned=False))
    report = verify.verify(str(write_folder(files, tmp_path)), {})
    assert report.faults == []
    assert "XB countersigned, so held, at least 0 of them (never, by its clock)." in report.shown


def test_a_witness_of_another_state_may_sign_too(story: Story, found: Found) -> None:
    at = cosign_line(story, story.a, "host.example/w1", "host")
    files = story.files(XA=add_lines(story.checkpoint(story.a), [at]))
    assert found(files) == {}


def test_acts_without_effect_are_kept_and_counted(tmp_path: Path) -> None:
    """A head that nobody can read, and a binding act that nobody signed, block nothing."""
    story = Story()
    story.append(story.a, story.opening(story.a, b"{}", b""))
    story.write(story.a, "scope.accepted")
    story.write(story.a, "log.resumed", {"origin": "XA/x/y"}, signers=["ada"])
    story.write(story.a, "key.rotated", b"\xff", signers=["ada", "bela"])
    story.write(story.a, "notice.released", party="XB")
    report = verify.verify(str(write_folder(story.files(), tmp_path)), {})
    assert report.faults == []
    assert (
        "Acts that bind XA: 3; 3 of them without its officers' signatures: [1, 2, 3]."
        in report.shown
    )


def test_a_suspended_officer_no_longer_counts(tmp_path: Path) -> None:
    story = Story()
    story.suspend(story.a, raw_key("XA ada"), signers=["cem"])
    story.write(story.a, "scope.accepted", signers=["ada", "bela"])
    story.write(story.a, "scope.accepted", signers=["bela", "cem"])
    story.write(story.a, "scope.accepted", signers=["bela", "cem", "bela"])
    story.write(story.a, "scope.accepted", signers=["bela", "cem"], v=2)
    story.write(story.a, "scope.accepted", signers=["bela", "cem"], party="XB")
    report = verify.verify(str(write_folder(story.files(), tmp_path)), {})
    assert report.faults == []
    assert (
        "Acts that bind XA: 4; 2 of them without its officers' signatures: [1, 3]." in report.shown
    )


def test_only_a_custodian_suspends_a_key_alone(found: Found, tmp_path: Path) -> None:
    story = Story()
    story.suspend(story.a, story.a.documents[0].log, signers=["dana"])
    story.write(story.a, "notice.released")
    assert found(story.files()) == {}


def test_other_roots_than_those_given_are_a_fault(
    tmp_path: Path, story: Story, export: Export
) -> None:
    out = str(write_folder(export, tmp_path))
    assert verify.verify(out, {**story.roots, "XA": "0" * 64}).faults
    assert verify.verify(out, {"XC": story.roots["XA"]}).faults
    one = verify.verify(out, {"XA": story.roots["XA"]})
    assert one.faults == []
    assert "whose it is was not checked" in one.verdict


def test_a_manifest_that_names_another_root_record_or_party_is_a_fault(
    story: Story, export: Export, found: Found
) -> None:
    value = canon.decode(export["manifest.json"])
    parties = value["parties"]
    assert isinstance(parties, list)
    spoilings: list[dict[str, Json]] = [
        {**value, "record": "0" * 16},
        {**value, "v": 2},
        {**value, "parties": parties[:1]},
        {**value, "parties": [parties[0], parties[0]]},
        {**value, "parties": [*parties, parties[0]]},
        {**value, "parties": [{"party": code, "name": "", "root_fp": "0" * 64} for code in "AB"]},
    ]
    for spoilt in spoilings:
        del spoilt["sha256"]
        own = verify.sha(canon.encode_large(spoilt)).hex()
        faults = found({**export, "manifest.json": canon.encode_large({**spoilt, "sha256": own})})
        assert faults


def run(*args: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", FILE, *args], capture_output=True, text=True, check=False
    )


def test_a_screen_that_lacks_letters_is_told_all_the_same(tmp_path: Path, export: Export) -> None:
    out = write_folder(export, tmp_path / "нота")
    (out / "лишнее").write_bytes(b"")
    poor = {"PYTHONIOENCODING": "ascii"}
    said = subprocess.run([sys.executable, FILE, out], capture_output=True, env=poor, check=False)
    assert (said.returncode, said.stderr) == (1, b"")
    assert said.stdout.startswith(rb"\u043b\u0438")


def test_the_file_runs_alone_and_exits_0_1_or_2(
    tmp_path: Path, story: Story, export: Export
) -> None:
    out = write_folder(export, tmp_path)
    roots = [f"--root={party}:{fp}" for party, fp in story.roots.items()]
    good = run(out, *roots)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.endswith("It is consistent with itself; its roots are those given.\n")
    path = "logs/XB/acts/1.tlog-proof"
    (out / path).write_bytes(export[path][:-1])
    bad = run(out, *roots)
    assert bad.returncode == 1
    assert f"{path}: has other bytes than were listed" in bad.stdout
    wrong: list[list[str | Path]] = [
        [],
        [out, "--root", "XA"],
        [out, "--root", "XA:12"],
        ["--what"],
        [out, f"--root=XA:{'0' * 64}", f"--root=XA:{'1' * 64}"],
    ]
    assert [run(*each).returncode for each in wrong] == [2, 2, 2, 2, 2]


def test_the_command_says_the_same_as_json(tmp_path: Path, export: Export) -> None:
    out = write_folder(export, tmp_path)
    said = json.loads(run(out, "--json").stdout)
    assert (said["ok"], said["faults"]) == (True, [])
    assert said["facts"]["XA"]["size"] == 8
    (out / "more").write_bytes(b"")
    said = json.loads(run(out, "--json").stdout)
    assert said["ok"] is False
    assert said["faults"] == [{"file": "more", "what": "is no file of this export"}]


def test_an_outsider_can_read_it(export: Export) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 500
    assert max(map(len, text.splitlines())) <= 100
    assert "import legation" not in text
    assert "from legation" not in text
    for late in ("public_bytes_raw", "private_bytes_raw", "from_public_bytes_raw"):
        assert late not in text, "Debian's cryptography 38 has no *_raw"
    assert merkle.EMPTY.hash == verify.sha()


def test_a_rotation_counts_even_if_its_document_is_left_out(found: Found) -> None:
    """Whoever stole the old log key cannot sign on by hiding the new document."""
    story = Story()
    story.rotate(story.a)
    story.a.log_key = "XA log 0"
    del story.a.documents[1]
    assert "is missing" in found(story.files())["keys/XA/1.json"]


def test_a_zip_with_a_name_twice_is_a_fault(tmp_path: Path, export: Export) -> None:
    names = sorted([*export, "manifest.json"])
    (out := tmp_path / "out.zip").write_bytes(doubled(names, export))
    assert "one name" in verify.verify(str(out), {}).faults[0]["what"]


def doubled(names: list[str], export: Export) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            packed.writestr(zipfile.ZipInfo(name), export[name])
    return data.getvalue()


def test_a_malformed_signature_of_a_stranger_undoes_all(tmp_path: Path) -> None:
    story = Story()
    head = story.head(story.a, "scope.accepted").encode()
    good = story.opening(story.a, head, {}, signers=["ada", "bela"])
    value = canon.decode(good.sigs)
    assert isinstance(value["sigs"], list)
    value["sigs"].append({"officer": "nobody", "alg": 1, "sig": ""})
    bad = canon.encode(value)
    story.append(story.a, replace(good, sigs=bad))
    report = verify.verify(str(write_folder(story.files(), tmp_path)), {})
    assert "1 of them without its officers' signatures: [0]" in "".join(report.shown)


def test_what_files_say_is_never_shown_raw() -> None:
    report = verify.Report()
    with report.reading("a\u202e"):
        verify.need(False, "b\x9b")
    assert report.faults == [{"file": "a\\u202e", "what": "b\\x9b"}]
