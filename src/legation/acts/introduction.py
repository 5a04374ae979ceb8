r"""The introduction: the one file by which two nodes come to know each other.

    {"introduction": {...}, "sig": base64 of the log key's signature}      narrowed JSON, <= 64 KiB

The signature is over "legation/introduction/v1\n" and the canonical bytes of the inner object.
It shows that the file came from the node that holds the log key, and nothing about whose node
that is: this is what two officers on each side compare the twelve words for. They are the first
132 bits of the SHA-256 of the file's bytes.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Final

from annotated_types import Ge, Le, MaxLen, MinLen
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from legation.acts.codec import from_json, to_json
from legation.acts.shapes import Fault, Faults
from legation.acts.values import Hash, JsonValue, Line200, Matches, Party
from legation.errors import N_, Refusal
from legation.record import canon
from legation.record.keys import KeysDocument, check_first, fingerprint, verifies, words_of

DOMAIN: Final = b"legation/introduction/v1\n"
MAX_FILE: Final = 65_536
_SIG: Final = re.compile(r"[A-Za-z0-9+/]{86}==", re.ASCII)

Spoken = Annotated[
    str,
    MaxLen(80),
    Matches(
        r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*/[1-9][0-9]{0,3}",
        N_("a type is named with its version, as notice.released/1."),
    ),
]
"""A type of act or kind of notice with its version, as a node lists what it can read."""
SpokenList = Annotated[tuple[Spoken, ...], MaxLen(500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """Who a node says it is, and how it can be reached.

    root: fingerprint of the party's root key. keys: the first keys document, as JSON. line_url:
    where its line answers, "" for none (folder only). term: 16 hex digits, the first run of its
    log. speaks: what it can read, "notice.released/1".
    """

    v: Annotated[int, Ge(1), Le(1)] = 1
    party: Party
    name: Line200
    peer: Party
    root: Hash
    keys: JsonValue
    line_url: Annotated[
        str,
        MaxLen(200),
        Matches(
            r"(https://[A-Za-z0-9.\-\[\]:]{1,120}(/[A-Za-z0-9._~/\-]*)?)?",
            N_("the address of a line begins with https:// and has no spaces, ? or #."),
        ),
    ] = ""
    term: Annotated[
        str, MinLen(1), MaxLen(16), Matches("[0-9a-f]{16}", N_("a term is 16 of 0-9 and a-f."))
    ]
    speaks: SpokenList

    def check(self, faults: Faults) -> None:
        """Note an introduction of a party to itself."""
        if self.party == self.peer:
            rule, remedy = N_("a record has two parties."), N_("Name the other party as peer.")
            faults.append(Fault("peer", rule, remedy, path=["peer"]))

    def encode(self) -> bytes:
        """Return the canonical bytes that the log key signs (after the domain)."""
        return canon.encode(to_json(self))

    @property
    def document(self) -> KeysDocument:
        """The first keys document. Raises Refusal for one that does not hold."""
        assert isinstance(self.keys, dict)
        return check_first(canon.encode(self.keys))


def sign(introduction: Introduction, log_key: Ed25519PrivateKey) -> bytes:
    """Return the file's bytes. Raises Refusal for an introduction that would not be read."""
    sig = log_key.sign(DOMAIN + introduction.encode())
    file = canon.encode_large(
        {"introduction": to_json(introduction), "sig": b64encode(sig).decode("ascii")}
    )
    open_introduction(file)
    return file


def open_introduction(file: bytes) -> Introduction:
    """Read a file and check all that can be checked without knowing whose it is.

    Raises Refusal "size", "text", "depth", "not-canonical" for the bytes, the codes of
    `from_json` for the fields, "signature", "introduction", those of `check_first`.
    """
    whole = canon.decode(file, limit=MAX_FILE)
    sig = whole.get("sig")
    if set(whole) != {"introduction", "sig"} or not isinstance(sig, str):
        raise _refusal(N_("it has exactly the fields introduction and sig."))
    introduction = from_json(Introduction, whole["introduction"], N_("Introduction"))
    if not isinstance(introduction.keys, dict):
        raise _refusal(N_("its keys are a keys document."))
    document = introduction.document
    if document.party != introduction.party:
        raise _refusal(N_("its keys document is that of its party."))
    if fingerprint(document.root) != introduction.root:
        raise _refusal(N_("its root is the fingerprint of its keys document's root key."))
    if _SIG.fullmatch(sig) is None or not _signed(sig, document.log, introduction):
        raise Refusal(
            "signature",
            thing=N_("Introduction of {party}"),
            rule=N_("it is signed by the log key that its keys document names."),
            remedy=N_("Ask for the file again: this copy was changed on its way."),
            party=introduction.party,
        )
    return introduction


def _signed(sig: str, log_key: bytes, introduction: Introduction) -> bool:
    try:
        raw = b64decode(sig, validate=True)
    except (Base64Error, ValueError):
        return False
    if b64encode(raw).decode("ascii") != sig:
        return False
    return verifies(log_key, raw, DOMAIN + introduction.encode())


def words(file: bytes) -> tuple[str, ...]:
    """Return the twelve words of a file, to be compared by voice or on paper."""
    return words_of(sha256(file).digest())


def _refusal(rule: str) -> Refusal:
    return Refusal(
        "introduction",
        thing=N_("Introduction file"),
        rule=rule,
        remedy=N_("Ask the other side to export it again."),
    )
