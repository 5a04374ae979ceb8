"""A node: one party's folder, database, keys and clock, as every service is given it.

Layout of a node's folder
    node.json               who it is, where its fence is
    db.sqlite3              both logs, the folded state, drafts, officers
    keys/                   log, cosign, line, seal (private); line.crt; documents/N.json
    root/root.key           the party's root, encrypted: belongs on another medium
    introduction.json       what was exported for the other side
    officers/               tokens, and custodians' keys
    secret.txt              signs the desk's cookies
The fence lies beside the folder, never inside: a restored backup must not bring it along.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol

from legation.acts.catalogue import Catalogue, catalogue
from legation.errors import N_, Refusal
from legation.line import documents
from legation.line.core.fence import Fence
from legation.line.databases import check_schema, connect, migrate
from legation.line.files import PUBLIC, sync_folder, write_durably
from legation.line.keyfiles import (
    PASSPHRASE_ENV,
    PASSPHRASE_FILE,
    ROOT_FILE,
    NodeSecrets,
    new_signing_key,
    write_signing_key,
)
from legation.line.sealing import Sealer
from legation.line.tls import self_signed
from legation.line.whole import aside_of
from legation.record.merkle import EMPTY

NODE_FILE: Final = "node.json"
VERSION: Final = 1


class Sealing(Protocol):
    """Seals bundles to one peer and opens the peer's: `legation.line.sealing.Sealer`."""

    @property
    def overhead(self) -> int:
        """Bytes that sealing adds."""

    def seal(self, plain: bytes) -> bytes:
        """Return `plain` sealed to the peer."""

    def open(self, sealed: bytes | memoryview) -> bytes:
        """Return what the peer sealed to us. Raises Refusal "sealed"."""


class SealingFor(Protocol):
    """Makes the sealing of one record from our private key and the peer's public one."""

    def __hash__(self) -> int:
        """Tell it from others: what it made is kept."""

    def __call__(
        self, private: bytes, peer_public: bytes, *, record: str, own: str, peer: str
    ) -> Sealing:
        """Return the sealing. own, peer: party codes."""


def _go_on(_: str) -> None:
    """Do nothing between two steps."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """One party's node, open.

    alias: of its database. clock: aware instants. random: that many bytes fit for keys.
    fence: path of the fence file. catalogue: acts, kinds and registers that it can read. trip:
    called with a name between any two steps of a service; a simulation raises there what a crash
    is. read: what was read for the one page that this node is shown on (`queries.once`), None
    where everything is read anew.
    """

    alias: str
    home: Path
    party: str
    name: str
    keys: NodeSecrets
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]
    fence: Path
    sealing: SealingFor = field(default=Sealer)
    trip: Callable[[str], None] = field(default=_go_on)
    catalogue: Catalogue = field(default_factory=catalogue, compare=False)
    read: dict[Hashable, object] | None = field(default=None, compare=False, repr=False)


def utc_now() -> datetime:
    """Return this machine's clock. A node's clock unless it is given another."""
    return datetime.now(UTC)  # noqa: TID251 - the clock that Node.clock is, where none is given


def init_node(
    home: Path,
    *,
    party: str,
    name: str,
    peer: str | None = None,
    line_url: str | None = None,
    fence: Path | None = None,
    passphrase: str | None = None,
    now: datetime,
    random: Callable[[int], bytes] = os.urandom,
) -> None:
    """Make a node: keys, first keys document, empty database, fence.

    peer: code of the party it will be introduced to. line_url: where the peer reaches our line.
    fence: default `DIR.fence` beside the folder. passphrase: of the root key; if it is neither
    given nor in the environment one is made and left in root/PASSPHRASE, to be moved away.
    Raises Refusal "exists", "party", and what a keys document refuses. Nothing is half made.
    """
    home = home.absolute()
    fence = (fence or home.with_name(home.name + ".fence")).absolute()
    _check_place(home, fence)
    building = aside_of(home, ".new")
    try:
        for folder in ("keys/documents", "root", "officers"):
            (building / folder).mkdir(mode=0o700, parents=True)
        building.chmod(0o700)
        keys = NodeSecrets.new(random)
        keys.save(building)
        root = new_signing_key(random)
        write_signing_key(building / ROOT_FILE, root, passphrase=_passphrase(building, passphrase))
        certificate = self_signed(keys.line, party, now)
        write_durably(building / "keys/line.crt", certificate.encode(), mode=PUBLIC)
        documents.write_first(building, keys=keys, root=root, party=party, name=name)
        term = random(8).hex()
        write_durably(building / "secret.txt", secrets.token_urlsafe(48).encode())
        about = {
            "v": VERSION,
            "party": party,
            "name": name,
            "peer": peer,
            "line_url": line_url or "",
            "fence": str(fence),
            "term": term,
            "created_at": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        }
        text = json.dumps(about, ensure_ascii=False, indent=2) + "\n"
        write_durably(building / NODE_FILE, text.encode(), mode=PUBLIC)
        migrate(building)
        write_durably(fence, Fence(term, EMPTY).encode())
        building.rename(home)
        sync_folder(home.parent)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def open_node(
    home: Path,
    alias: str = "default",
    *,
    clock: Callable[[], datetime] = utc_now,
    random: Callable[[int], bytes] = os.urandom,
    as_it_lies: bool = False,
) -> Node:
    """Open the node in `home`, its database under `alias`. Signs and writes nothing.

    as_it_lies: only to read, while nobody writes and the disk has no room (`databases.still`).
    Raises Refusal "not-a-node", "node-key", "newer-database", "older-database".
    """
    home = home.absolute()
    about = about_node(home)
    keys = NodeSecrets.load(home)
    connect(home, alias, as_it_lies=as_it_lies)
    check_schema(alias)
    return Node(
        alias=alias,
        home=home,
        party=about["party"],
        name=about["name"],
        keys=keys,
        clock=clock,
        random=random,
        fence=Path(about["fence"]),
    )


def about_node(home: Path) -> dict[str, Any]:
    """Return what node.json of a folder says. Raises Refusal "not-a-node", "newer-node"."""
    try:
        about = json.loads((home / NODE_FILE).read_text(encoding="utf-8"))
        if not all(isinstance(about[key], str) for key in ("party", "name", "fence", "term")):
            raise ValueError(NODE_FILE)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Refusal(
            "not-a-node",
            thing=N_("Folder {path}"),
            rule=N_("it holds no node (no node.json that can be read)."),
            remedy=N_("Check the path, or make a node there with `legation init`."),
            path=home,
        ) from fault
    if about.get("v") != VERSION:
        raise Refusal(
            "newer-node",
            thing=N_("Folder {path}"),
            rule=N_("its node.json is of version {found}; this program knows {known}."),
            remedy=N_("Start the version of the program that made it, or a newer one."),
            path=home,
            found=about.get("v"),
            known=VERSION,
        )
    return dict(about)


def _check_place(home: Path, fence: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refusal(
            "exists",
            thing=N_("Folder {path}"),
            rule=N_("a new node is made in a folder that is empty or not there yet."),
            remedy=N_("Choose another folder, or move what is there away."),
            path=home,
        )
    if fence == home or home in fence.parents:
        raise Refusal(
            "fence",
            thing=N_("The fence {path}"),
            rule=N_("it lies outside the node's folder, where no backup of that brings it back."),
            remedy=N_("Give another path with --fence."),
            path=fence,
        )
    if not home.parent.is_dir():
        raise Refusal(
            "no-folder",
            thing=N_("Folder {path}"),
            rule=N_("a new node is made in a folder that is there."),
            remedy=N_("Make the folder first."),
            path=home.parent,
        )


def _passphrase(home: Path, given: str | None) -> str:
    if given is None:
        given = os.environ.get(PASSPHRASE_ENV)
    if given:
        return given
    made = secrets.token_urlsafe(18)
    write_durably(home / PASSPHRASE_FILE, made.encode() + b"\n")
    return made
