"""Two nodes of different versions exchange notes, then the older one is brought up.

usage: versions.py [COMMIT] [--keep FOLDER]
COMMIT: the previous release; without it, the newest tag. --keep: write the older nodes as text
into FOLDER, for tests/line/test_upgrade.py. The rest lies in a folder that is removed at the end.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
CAST: Final = {"a": ("XA", "Ada", "Bela", "Edda"), "b": ("XB", "Cem", "Dana", "Hana")}
KEPT: Final = ("node.json", "secret.txt", "introduction.json", "keys", "officers")


@dataclass
class Program:
    """One version of the program, run as a person runs it. source: its folder `src`."""

    source: Path
    folder: Path

    def __call__(self, *words: str, given: str = "") -> str:
        """Run one command line; return what it says. Ends everything when it is refused."""
        environment = {
            **os.environ, "PYTHONPATH": str(self.source), "LEGATION_PASSPHRASE": "test",
        }  # fmt: skip
        ended = subprocess.run(
            [sys.executable, "-m", "legation.cli", *words],
            cwd=self.folder,
            input=given,
            env=environment,
            text=True,
            capture_output=True,
            check=False,
        )
        if ended.returncode:
            raise SystemExit(f"{self.source}: {' '.join(words)}\n{ended.stdout}{ended.stderr}")
        return ended.stdout

    def json(self, *words: str, given: str = "") -> Any:
        """Run one command line that answers in JSON."""
        return json.loads(self(*words, given=given))


def unpack(commit: str, folder: Path) -> Path:
    """Write a commit's source into a folder, beside the working tree and not in it."""
    archive = subprocess.run(
        ["git", "archive", commit, "src"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as packed:
        packed.extractall(folder, filter="data")
    return folder / "src"


def newest_tag() -> str:
    """Return the newest tag before this tree. Ends everything where there is none."""
    words = ("git", "describe", "--tags", "--abbrev=0")
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode:
        raise SystemExit(
            "No tag names an earlier release. Name its commit: make versions OLD=COMMIT."
        )
    return found.stdout.strip()


def make(program: Program) -> None:
    """Make two nodes of this version, with officers, and introduce them to each other."""
    for node, (party, *officers) in CAST.items():
        peer = {"XA": "XB", "XB": "XA"}[party]
        program("init", node, "--party", party, "--name", f"State of {party}", "--peer", peer)
        for officer, roles in zip(
            officers, (("officer",), ("clearing", "custodian"), ("custodian",)), strict=True
        ):
            given = [word for role in roles for word in ("--role", role)]
            program("-n", node, "officer", "add", officer, *given)
    said = {}
    for node in CAST:
        told = program("-n", node, "introduce", "export", f"{node}.introduction")
        said[node] = told.strip().splitlines()[-1].split()
    for node, other in (("a", "b"), ("b", "a")):
        program("-n", node, "introduce", "import", f"{other}.introduction")
        for officer in CAST[node][1:3]:
            confirm = ("introduce", "confirm", "--words", *said[other], "--as", officer)
            program("-n", node, *confirm)


def leave(program: Program, node: str, draft: str) -> None:
    """Have the second officer clear and release a draft."""
    for step in ("clear", "release"):
        program("-n", node, step, draft, "--as", CAST[node][2])


def send(program: Program, node: str, subject: str) -> None:
    """Release a note."""
    form = {"post": f"post/{CAST[node][0]}-MFA", "subject": subject, "message": f"{subject}."}
    words = ("notice", "draft", "note", "--json", "-", "--as", CAST[node][1])
    drafted = program.json("-n", node, *words, given=json.dumps(form))
    leave(program, node, drafted["draft"])


def answer(program: Program, node: str, number: str) -> None:
    """Answer a note."""
    form = json.dumps({"answer": "answered", "reply": "It is read."})
    words = ("notice", "answer", number, "--json", "-", "--as", CAST[node][1])
    leave(program, node, program.json("-n", node, *words, given=form)["draft"])


def carry(**programs: Program) -> None:
    """Carry by a folder, both ways, until both hold the same."""
    for _ in range(3):
        for node, program in programs.items():
            program("-n", node, "line", "sync", "--carrier", "folder", "--path", "stick")


def check_same(**programs: Program) -> None:
    """End unless both nodes hold the same entries, and each finds itself in order."""
    found = {node: one.json("-n", node, "status", "--json") for node, one in programs.items()}
    if {one["verdict"] for one in found.values()} != {"same"}:
        raise SystemExit(json.dumps(found, indent=1))
    if found["a"]["own"] != {**found["b"]["mirror"], "state": found["a"]["own"]["state"]}:
        raise SystemExit(json.dumps(found, indent=1))
    for node, program in programs.items():
        program("-n", node, "doctor")


def keep(home: Path, target: Path) -> None:
    """Write a closed node as text: its database as SQL, its few files as they are."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in KEPT:
        if (home / name).is_dir():
            shutil.copytree(home / name, target / name)
        elif (home / name).is_file():
            shutil.copyfile(home / name, target / name)
    about = json.loads((target / "node.json").read_text(encoding="utf-8"))
    about["fence"] = "FENCE"
    (target / "node.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    shutil.copyfile(home.with_name(f"{home.name}.fence"), target / "fence")
    with sqlite3.connect(home / "db.sqlite3") as database:
        dump = "\n".join(database.iterdump()) + "\n"
    (target / "db.sql").write_text(dump, encoding="utf-8")


def main() -> None:
    """Play it through."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit", nargs="?", default="")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    asked.commit = asked.commit or newest_tag()
    with tempfile.TemporaryDirectory(prefix="legation-versions-") as made:
        folder = Path(made)
        old = Program(unpack(asked.commit, folder / "old"), folder)
        new = Program(ROOT / "src", folder)
        (folder / "stick").mkdir()
        make(old)
        send(old, "a", "Before")
        carry(a=old, b=old)
        check_same(a=old, b=old)
        print(f"Two nodes of {asked.commit} exchanged a note.")
        if asked.keep:
            for node in CAST:
                keep(folder / node, asked.keep / node)
            print(f"They are kept as text in {asked.keep}.")
        new("-n", "b", "upgrade")
        answer(new, "b", "XA-MFA/2026/001")
        send(new, "b", "From the newer one")
        send(old, "a", "From the older one")
        carry(a=old, b=new)
        check_same(a=old, b=new)
        print(f"{asked.commit} and this version exchanged notes and an answer.")
        new("-n", "a", "upgrade")
        answer(new, "a", "XB-MFA/2026/001")
        carry(a=new, b=new)
        check_same(a=new, b=new)
        print("The older node was brought up, and both are of this version.")


if __name__ == "__main__":
    main()
