"""Check an export of a record: the logs of two parties, as either of them hands it out.

    python3 verify.py OUT [--root US:FP --root RU:FP] [--json]

OUT: folder or zip. FP: 64 hex digits, fingerprint of a party's root key, learnt another way; else
an export is only shown to agree with itself. Exit: 0 it fits, 1 not, 2 wrong usage. Checked:
1 files; 2 keys; 3 proofs; 4 officers; 5 checkpoints; 6 what acts had seen; 7 one order of both.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_FILE, MAX_FILES = 1 << 28, 2_000_000
PRIME, ORDER_8 = 2**255 - 19, 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
SMALL = {0, 1, PRIME - 1, ORDER_8, PRIME - ORDER_8}
BINDING = re.compile(r"(instrument|key)\..*|scope\.accepted|log\.resumed", re.ASCII)
REFUSED = re.compile(  # the fixed list of code points that no text of a record holds
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u180e\u200b\u2028-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    + "".join(chr(n << 16 | 0xFFFE) + chr(n << 16 | 0xFFFF) for n in range(17)) + "]")  # fmt: skip
TOKEN = re.compile(r'("(?:[^"\\]|\\.)*":)|"(?:[^"\\]|\\.)*"|(-?[0-9]+)|([][{}])', re.DOTALL)
LABEL = r'(?:[^"\\]|\\["\\]){0,200}'
TIME = r"[12]\d{3}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ"
HEAD = re.compile(  # canonical, so its fields stand in this order
    rf'{{"at":"{TIME}","number":"{LABEL}","on":"{LABEL}","party":"[A-Z]{{2,3}}"'
    r',"record":"[0-9a-f]{16}","seen":\[\d+,"[0-9a-f]{64}"\]'
    r',"type":"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+","v":[1-9]\d*}', re.ASCII)  # fmt: skip
NOT_SHOWN = """Not shown: that what is said is so, that clocks were right, that nothing came later,
that no checkpoint is left out, nobody got another history (compare them), a person read it."""


class Wrong(ValueError):  # noqa: N818 - what is wrong, in words; the report adds with which file
    """What is wrong with what is being read."""


DAMAGE = (ValueError, OSError, LookupError, TypeError, AttributeError, RuntimeError, EOFError)
Files = dict[str, Callable[[], bytes]]  # by path, each with how to read it


def need(holds: object, what: str) -> None:
    """Raise Wrong unless it holds."""
    if not holds:
        raise Wrong(what)


def sha(*parts: bytes) -> bytes:
    """Return the SHA-256 of these bytes."""
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text: str) -> bytes:
    """Return the bytes of base64 in its one spelling."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "holds base64 in another spelling")
    return data


def write_json(value: Any) -> bytes:
    """Return canonical bytes: RFC 8785, for values as narrow as a record's."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def read_json(data: bytes, *names: str, limit: int = 65_535) -> dict[str, Any]:
    """Return the object of canonical bytes; it has exactly these fields, if any are named."""
    need(len(data) <= limit, f"is longer than {limit} bytes")
    text, depth = data.decode(), 0
    need(not REFUSED.search(text), "holds a character that no text of a record holds")
    for token in TOKEN.finditer(text):
        key, number, bracket = token.groups("")
        depth += (bracket in "[{") - (bracket in "]}")  # both for "": nothing changes
        need(depth <= 16, "is nested deeper than 16")
        need(not key or re.fullmatch('"[a-z][a-z0-9_]*":', key), "has a key of other characters")
        need(len(number) < 18 and abs(int(number or 0)) < 2**53, "holds an integer of 2^53 or more")
    value = json.loads(text, parse_float=int, parse_constant=int)  # int() fails: no floats
    need(type(value) is dict and write_json(value) == data, "is not canonical JSON")
    need(not re.search(r'\\[^n"]', text.replace("\\\\", "")), "holds a control character")
    need(not names or set(names) == set(value), f"has other fields than {', '.join(names)}")
    return dict(value)


def is_signed(raw: bytes, sig: bytes, message: bytes) -> bool:
    """Tell whether this Ed25519 key signed. A key that anybody can sign for is refused."""
    y = int.from_bytes(raw, "little") & (1 << 255) - 1
    need(len(raw) == 32 and y < PRIME and y not in SMALL, "holds a key anybody can sign for")
    with suppress(InvalidSignature):
        Ed25519PublicKey.from_public_bytes(raw).verify(sig, message)
        return True
    return False


def read_keys(data: bytes, before: dict[str, Any]) -> dict[str, Any]:
    """Return the keys document that follows `before` ({}: the first), its node keys raw."""
    whole = read_json(data, "keys", "sig", limit=60_000)
    said = whole["keys"]
    need({type(said[name]) for name in ("v", "seq", "threshold")} == {int}, "has no such number")
    raw = {name: unbase64(said[name]) for name in ("root", "log", "cosign", "line")}
    message = b"legation/keys/v1\n" + write_json(said)
    need(is_signed(raw["root"], unbase64(whole["sig"]), message), "is not signed by its root key")
    need(said["v"] == 1 <= said["threshold"] and len(set(raw.values())) == 4, "is not sound")
    before = before or {"seq": -1, "hash": "", "party": said["party"], "root": raw["root"]}
    place = (before["seq"] + 1, before["hash"], before["party"], before["root"])
    need(place == (said["seq"], said["prev"], said["party"], raw["root"]), "does not follow")
    return {**said, **raw, "data": data, "hash": sha(data).hex(), "gone": frozenset()}


def roots_of(leaves: Sequence[bytes], sizes: set[int]) -> dict[int, bytes]:
    """Return the root (RFC 6962, 2.1) that the log had at each of these sizes."""
    peaks, roots = list[bytes](), {0: sha()}
    for index, leaf in enumerate(leaves):
        top, rest = leaf, index
        while rest & 1:
            top, rest = sha(b"\1", peaks.pop(), top), rest >> 1
        peaks.append(top)
        if index + 1 in sizes:
            for peak in reversed(peaks[:-1]):
                top = sha(b"\1", peak, top)
            roots[index + 1] = top
    return roots


def path_root(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that an inclusion proof leads to (RFC 6962, 2.1.1)."""
    if size == 1 and not path:
        return leaf
    need(size > 1 and path, "has a proof of another length than its place asks for")
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return sha(b"\1", path_root(leaf, index, half, path[:-1]), path[-1])
    return sha(b"\1", path[-1], path_root(leaf, index - half, size - half, path[:-1]))


@dataclass
class Note:
    """A checkpoint: all its bytes, what it says, and its lines: (name, key id and signature)."""

    data: bytes = b""
    origin: str = ""
    size: int = 0
    root: bytes = b""
    lines: list[tuple[str, bytes]] = field(default_factory=list)


def read_note(data: bytes) -> Note:
    """Take a checkpoint apart. Source: c2sp.org/signed-note, c2sp.org/tlog-checkpoint."""
    text, _, below = data.decode().rpartition("\n\n")
    origin, size, root = text.split("\n")
    *signed, end = below.split("\n")
    plain = not end and 1 <= len(signed) <= 16 and not re.search(rb"[\0-\t\v-\37]", data)
    need(plain and re.fullmatch("0|[1-9][0-9]{0,18}", size), "is not a checkpoint")
    need(all(re.fullmatch(r"— [^\s+]+ [A-Za-z0-9+/=]{8,}", n) for n in signed), "has no signature")
    lines = [line.split(" ")[1:] for line in signed]
    return Note(data, origin, int(size), unbase64(root), [(n, unbase64(sig)) for n, sig in lines])


@dataclass
class Act:
    """An opened act. signed: what officers sign of it. seen: the most its log had seen so far."""

    index: int
    leaf: bytes
    body: bytes
    sigs: bytes
    signed: bytes
    head: dict[str, Any] = field(default_factory=dict)
    seen: int = 0


def read_act(data: bytes, index: int, note: Note) -> Act:
    """Return the act of a proof file, proved against a checkpoint. Source: c2sp.org/tlog-proof."""
    before, _, checkpoint = data.partition(b"\n\n")
    first, extra, place, *path = before.decode().split("\n")
    known = (first, extra[:6], place) == ("c2sp.org/tlog-proof@v1", "extra ", f"index {index}")
    need(known and index < note.size, "is not this act's proof file")
    need(checkpoint == note.data, "ends in another checkpoint than its log's")
    opening = unbase64(extra[6:])
    salts, rest, parts = (opening[:32], opening[32:64], opening[64:96]), opening[96:], []
    for width in (2, 2, 1):
        end = width + int.from_bytes(rest[:width], "big")
        need(end <= len(rest) and len(opening) < 65_536, "holds an act that is cut short")
        parts.append(rest[width:end])
        rest = rest[end:]
    head, sigs, re_ = parts
    need(len(head) <= 4096 and len(re_) in (0, 32), "holds an act with other parts than acts have")
    h, b = sha(b"legation/head/v1\n", salts[0], head), sha(b"legation/body/v1\n", salts[2], rest)
    r, s = sha(b"legation/re/v1\n", salts[1], re_), sha(b"legation/sigs/v1\n", sigs)
    leaf = sha(b"\0\1", sha(b"legation/act/v1\n", r, h, b, s))
    root = path_root(leaf, index, note.size, [unbase64(line) for line in path])
    need(root == note.root, "holds an act (text, salts, signatures) or a proof not of this log")
    act = Act(index, leaf, rest, sigs, h + b)
    with suppress(*DAMAGE):
        said = read_json(head)
        datetime.fromisoformat(said["at"])  # fails for a day that no calendar has
        if HEAD.fullmatch(head.decode()):
            act.head = said
    return act


def open_folder(path: Path) -> Files:
    """Return the plain files below a folder; no link is followed, no device opened."""
    files = Files()
    for entry in path.rglob("*"):
        name = entry.relative_to(path).as_posix()
        plain = not entry.is_symlink() and (entry.is_file() or any(entry.glob("*")))
        small = entry.lstat().st_size <= MAX_FILE and len(files) < MAX_FILES
        need(plain and small, f"holds '{name}', not a file of ours, or holds too much")
        files |= {name: entry.read_bytes} if entry.is_file() else {}
    return files


def open_zip(path: Path) -> Files:
    """Return the files of a zip that is byte for byte as exports are: stored, dated 1980."""
    need(path.stat().st_size <= MAX_FILE << 4, "is larger than any export")
    files, out, raw = Files(), BytesIO(), path.read_bytes()
    entries = (packed := ZipFile(BytesIO(raw))).infolist()
    with ZipFile(out, "w") as copy:
        need(not any(each.compress_type for each in entries), "holds compressed files: unpack it")
        need(sum(each.file_size for each in entries) < len(raw), "would unpack to more bytes")
        need(len({*packed.namelist()}) == len(entries), "holds two files of one name")
        for each in entries:
            plain = ZipInfo(each.filename)
            plain.create_system = 3
            copy.writestr(plain, packed.read(each))
            files[each.filename] = lambda each=each: packed.read(each)  # type: ignore[misc] # bound
    need(out.getbuffer() == raw and [*files] == sorted(files), "header changed or repacked: unpack")
    return files


@dataclass
class Log:
    """One party, and its log. history, origins, lost: what holds from a position of it on."""

    party: str
    name: str
    fp: str
    note: Note = field(default_factory=Note)
    documents: list[dict[str, Any]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    history: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    origins: list[tuple[int, str]] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)
    lost: list[tuple[int, int]] = field(default_factory=list)
    binding: dict[int, bool] = field(default_factory=dict)
    times: dict[int, int] = field(default_factory=dict)

    def keys_at(self, position: int) -> dict[str, Any]:
        """Return the keys document in force for the act at this index."""
        return [keys for at, keys in self.history if at < max(position, 0)][-1]


@dataclass
class Report:
    """What was found: faults (file, what), what is shown, in plain words, and figures."""

    faults: list[dict[str, str]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)
    verdict: str = "It does not agree with itself, or not with the root keys given."

    @contextmanager
    def reading(self, file: str) -> Iterator[None]:
        """Note what is wrong with a file, and go on."""
        try:
            yield
        except (*DAMAGE, BadZipFile) as e:
            what = str(e) if isinstance(e, Wrong) else f"cannot be read ({type(e).__name__}: {e})"
            self.faults.append({"file": repr(file)[1:-1], "what": repr(what)[1:-1]})


def read_manifest(files: Files, report: Report) -> dict[str, Any]:
    """Check the manifest against its own hash, and every file against the manifest (1)."""
    need("manifest.json" in files, "is missing: this is no export of a record")
    said = read_json(files["manifest.json"](), limit=MAX_FILE)
    need(said.pop("sha256") == sha(write_json(said)).hex(), "is not what its own hash says")
    codes = [each["party"] for each in said["parties"] if type(said["v"]) is int]
    need(codes and all(re.fullmatch("[A-Z]{2,3}", code) for code in codes), "is of no such parties")
    listed = {each["path"]: (each["size"], each["sha256"]) for each in said["files"]}
    who = f"({'|'.join(codes)})"
    form = rf"introductions/{who}\.json|keys/{who}/[0-9]+\.json|logs/{who}/"
    form += r"(checkpoint(s/[0-9]+)?|acts/[0-9]+\.tlog-proof)"
    for name in sorted(({*files} | {*listed}) - {"manifest.json"}):
        with report.reading(name):
            need(name in listed and re.fullmatch(form, name), "is no file of this export")
            need(name in files, "is missing")
            data = files[name]()
            need((len(data), sha(data).hex()) == listed[name], "has other bytes than were listed")
    return said


def read_party(files: Files, log: Log, record: str, report: Report) -> None:
    """Read a party's keys, introduction and log (2, 3)."""
    for seq in range(sum(name.startswith(f"keys/{log.party}/") for name in files)):
        with report.reading(file := f"keys/{log.party}/{seq}.json"):
            log.documents.append(read_keys(files[file](), log.documents[-1] if seq else {}))
    with report.reading(file := f"introductions/{log.party}.json"):
        whole, keys = read_json(files[file](), "introduction", "sig"), log.documents[0]
        said, sig = whole["introduction"], unbase64(whole["sig"])
        message = b"legation/introduction/v1\n" + write_json(said)
        need(is_signed(keys["log"], sig, message), "is not signed by its party's log key")
        need(write_json(said["keys"]) == keys["data"], "brings other keys than the first document")
        names = (said["party"], keys["party"], said["name"], said["root"], sha(keys["root"]).hex())
        need(names == (log.party, log.party, log.name, log.fp, log.fp), "is another party's")
        log.origins, log.history = [(-1, f"{log.party}/{record}/{said['term']}")], [(-1, keys)]
    with report.reading(file := f"logs/{log.party}/checkpoint"):
        log.note = read_note(files[file]())
    there = sum(name.startswith(f"logs/{log.party}/acts/") for name in files)
    for index in range(there + (log.note.size > there)):  # it may claim any number
        with report.reading(file := f"logs/{log.party}/acts/{index}.tlog-proof"):
            log.acts.append(read_act(files[file](), index, log.note))


def count_officers(act: Act, record: str, keys: dict[str, Any], role: str) -> int:
    """Return how many signed with key files (no passkeys yet). Raises Wrong if one does not fit."""
    message = b"legation/sign/v1\n" + record.encode() + act.signed
    listed, signers = read_json(act.sigs, "sigs")["sigs"], set[bytes]()
    for each in listed:  # an entry of another form undoes all, whoever's it is: so on a node
        form = [*each] == ["alg", "officer", "sig"] and {*map(type, each.values())} == {str}
        need(form, "a signature has another form")
        sig = unbase64(each["sig"])
        officer = {one["name"]: one for one in keys["officers"]}.get(each["officer"])
        key = unbase64(officer["key"]) if officer else b""
        if officer is None or key in keys["gone"] or role not in ("", officer["role"]):
            continue
        fits = each["alg"] == officer["alg"] == "ed25519" and is_signed(key, sig, message)
        need(fits and key not in signers and len(listed) <= 16, "a signature does not fit")
        signers.add(key)
    return len(signers)


def follow_binding(log: Log, record: str) -> None:
    """Find which binding acts their officers signed (4), and what they did to keys and origins."""
    for act in log.acts:
        kind, keys = act.head.get("type", ""), log.keys_at(act.index)
        named = [act.head.get(name) for name in ("party", "record", "v")]
        if named != [log.party, record, 1] or not BINDING.fullmatch(kind):
            continue
        log.binding[act.index] = False
        with suppress(*DAMAGE):
            body, one = read_json(act.body), kind == "key.suspended"  # one custodian may, at once
            if kind == "log.resumed" and type(body.get("heard")) is int:  # acts that may name more
                log.lost.append((act.index, body["heard"]))
            signed = count_officers(act, record, keys, "custodian" if one else "")
            need(signed >= (1 if one else keys["threshold"]), "too few signed")
            log.binding[act.index] = True
            if one:
                gone = keys["gone"] | {bytes.fromhex(body["key"])}
                log.history.append((act.index, {**keys, "gone": gone}))
            elif kind == "key.rotated":  # one that does not follow is without effect
                log.history.append((act.index, read_keys(write_json(body["document"]), keys)))
            elif kind == "log.resumed" and body["origin"] not in dict(log.origins).values():
                log.origins.append((act.index, body["origin"]))


def check_checkpoint(log: Log, peer: Log, note: Note, record: str) -> None:
    """Check a checkpoint's root, origin and signatures (5); note when it was countersigned."""
    need(log.roots.get(note.size) == note.root, "has another root than the acts give")
    origin = [each for at, each in log.origins if at < max(note.size, 0)][-1]
    need(note.origin == origin, f"is of the log {note.origin}; of this size it is {origin}")
    keys, text = log.keys_at(note.size), note.data.rpartition(b"\n\n")[0] + b"\n"
    stopped = keys["gone"] & log.keys_at(note.size - 1)["gone"]
    need(keys["log"] not in stopped, "is signed by a log key that was suspended before")
    cosigner, times = f"{peer.party}/{record}/cosign", dict[str, int]()
    known = {(origin, sha(origin.encode(), b"\n\1", keys["log"])[:4]): keys["log"]}
    for _, each in peer.history:
        known[cosigner, sha(cosigner.encode(), b"\n\4", each["cosign"])[:4]] = each["cosign"]
    for name, sig in note.lines:
        if name in (origin, cosigner):  # others may sign too; nobody here knows them
            need((name, sig[:4]) in known and name not in times, f"has a wrong line of {name}")
            at = times[name] = int.from_bytes(sig[4:12], "big") if name == cosigner else 0
            message = (f"cosignature/v1\ntime {at}\n".encode() if at else b"") + text
            fits = is_signed(known[name, sig[:4]], sig[12 if at else 4 :], message)
            need(fits and at < 2**63, f"has a false signature of {name}")
    need(origin in times, "is not signed by its log")
    log.times[note.size] = max(times.get(cosigner, 0), log.times.get(note.size, 0))


def check_logs(files: Files, logs: Sequence[Log], record: str, report: Report) -> None:
    """Check two logs against their checkpoints and against each other (4, 5, 6)."""
    for log in logs:
        follow_binding(log, record)
        brought = {keys["seq"]: keys["data"] for _, keys in log.history}
        held = {keys["seq"]: keys["data"] for keys in log.documents}
        for seq in brought | held:
            with report.reading(f"keys/{log.party}/{seq}.json"):
                need(seq in brought, "is a keys document that no act of its log brought")
                need(held.get(seq) == brought[seq], "is missing, or not as its log brought it")
    for log, peer in (logs, logs[::-1]):
        notes, seen = {}, {act.head["seen"][0] for act in peer.acts if act.head}
        for name in [each for each in files if each.startswith(f"logs/{log.party}/checkpoint")]:
            with report.reading(name):
                notes[name] = read_note(files[name]())
                seen.add(notes[name].size)
        log.roots = roots_of([act.leaf for act in log.acts], seen)
        for name, note in notes.items():
            with report.reading(name):
                check_checkpoint(log, peer, note, record)
                newest, size = name.endswith("checkpoint"), name.rpartition("/")[2]
                need(newest or size == str(note.size), "is of another size than its name says")
                need(newest or log.times[note.size], "is an earlier one, but not countersigned")
    for log, peer in (logs, logs[::-1]):
        for act in log.acts:
            with report.reading(f"logs/{log.party}/acts/{act.index}.tlog-proof"):
                n, root = act.head["seen"] if act.head else (0, sha().hex())
                left = min([n, *(size for size, heard in peer.lost if act.index < heard)])
                what = f"names {n} entries of {peer.party}'s log, with a root it never had"
                need(left < n or peer.roots.get(n) == bytes.fromhex(root), what)
                act.seen = max(left, log.acts[act.index - 1].seen if act.index else 0)


def arrange(a: Log, b: Log) -> tuple[list[tuple[int, int, int]], int]:
    """Return (level, 0 or 1, index) of all acts in the one order, and how many are settled (7)."""
    levels, before = ([0], [0]), -1
    while before < (before := len(levels[0]) + len(levels[1])):
        for mine, theirs, log in ((*levels, a), (*levels[::-1], b)):
            while len(mine) <= len(log.acts) and log.acts[len(mine) - 1].seen < len(theirs):
                mine.append(1 + max(mine[-1], theirs[log.acts[len(mine) - 1].seen]))
    items = [(level, side, at) for side in (0, 1) for at, level in enumerate(levels[side][1:])]
    items.sort(key=lambda item: (item[0], item[1] == item[0] & 1))  # a first at odd levels
    return items, sum(item[0] <= min(levels[0][-1], levels[1][-1]) for item in items)


def conclude(logs: Sequence[Log], record: str, report: Report) -> None:
    """Say in plain words what all this shows."""
    order, settled = arrange(*logs)
    report.facts = {"record": record, "settled": settled}
    report.facts["order"] = [f"{logs[side].party} {index}" for _, side, index in order]
    report.shown = [f"Acts of both logs in one order: {len(order)}, {settled} of them for good."]
    for log, peer in (logs, logs[::-1]):
        size, acts = max((n for n, at in log.times.items() if at), default=0), log.note.size
        when = datetime.fromtimestamp(min(log.times.get(size, 0), 2**37), UTC) if size else "never"
        void = [n for n, signed in log.binding.items() if not signed]
        report.facts[log.party] = {"root_fp": log.fp, "size": acts, "countersigned": size}
        report.shown += [
            f"Acts {log.party} ({repr(log.name)[1:-1]}) signed: {acts}. None is missing.",
            f"{peer.party} countersigned, so held, at least {size} of them ({when}, by its clock).",
        ]
        of = f"; {len(void)} of them without its officers' signatures: {void}" if void else ""
        report.shown += [f"Acts that bind {log.party}: {len(log.binding)}{of}."] * bool(log.binding)
    report.shown.append(NOT_SHOWN)


def verify(path: str, roots: dict[str, str]) -> Report:
    """Check an export. roots: fingerprints of root keys by party, learnt another way."""
    report = Report()
    with report.reading(path):
        files = (open_folder if Path(path).is_dir() else open_zip)(Path(path))
        with report.reading("manifest.json"):
            said = read_manifest(files, report)
            logs = [Log(each["party"], each["name"], each["root_fp"]) for each in said["parties"]]
            logs.sort(key=lambda log: log.fp)
            record = sha("".join(log.fp for log in logs).encode()).hex()[:16]
            need((said["v"], said["record"], len(logs)) == (1, record, 2), "is of no such record")
            need(logs[0].party != logs[1].party, "is of one party")
            for log in logs:
                read_party(files, log, record, report)
            need(roots.items() <= {log.party: log.fp for log in logs}.items(), "is of other roots")
        if not report.faults:
            check_logs(files, logs, record, report)
        if not report.faults:
            conclude(logs, record, report)
            whose = ("whose it is was not checked", "its roots are those given")[len(roots) == 2]
            report.verdict = f"It is consistent with itself; {whose}."
    return report


def main(argv: Sequence[str]) -> int:
    """Run the command; return 0 when all fits, 1 when it does not."""
    parser = argparse.ArgumentParser(prog="verify.py", description=str(__doc__).split("\n")[0])
    parser.add_argument("out", help="the export: a folder or a zip")
    parser.add_argument("--root", action="append", default=[], metavar="PARTY:FINGERPRINT")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    args = parser.parse_args(argv)
    roots = {each.partition(":")[0]: each.partition(":")[2].lower() for each in args.root}
    once = len(roots) == len({each.lower() for each in args.root})
    if not (once and all(re.fullmatch("[A-Z]{2,3}:[0-9A-Fa-f]{64}", each) for each in args.root)):
        parser.error("--root is a party, once, and its root key's 64 hex digits: --root US:0123...")
    report = verify(args.out, roots)
    lines = [f"{each['file']}: {each['what']}" for each in report.faults[:50]] or report.shown
    whole = json.dumps({"ok": not report.faults, **vars(report)})
    print(whole if args.json else "\n".join([*lines, report.verdict]))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # poor screens
    sys.exit(main(sys.argv[1:]))
