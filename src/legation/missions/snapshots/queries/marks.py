"""How far a node's rows had come when somebody read them, and whether they only went on since."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import connections

from legation.line.databases import FILE
from legation.line.models import BookEntry, Side
from legation.line.node import Node
from legation.line.queries.book import codes
from legation.line.queries.tree import StoredHashes
from legation.missions.readiness.facts import LogSize
from legation.missions.snapshots.models import Changed

_SQL: Final = f"""
SELECT (SELECT max("n") FROM "{Changed._meta.db_table}"),
       (SELECT max("n") FROM "line_bookentry"),
       (SELECT hex("leaf") FROM "line_bookentry" ORDER BY "n" DESC LIMIT 1),
       (SELECT count(*) || ';' || coalesce(max("id"), 0) || ';' || coalesce(max("entered_at"), '')
          || ';' || count("struck_at") || ';' || coalesce(max("struck_at"), '')
          FROM "missions_ownstatement"),
       (SELECT count(*) || ' ' || coalesce(max("loaded_at"), '') || ' ' || coalesce(max("id"), '')
          FROM "missions_chronicleentry" WHERE "section" IN ('regimes', 'facts')),
       (SELECT group_concat("side" || ' ' || "party" || ' ' || "size" || ' ' || hex("root"), ';')
          FROM "line_log"),
       (SELECT count(*) FROM "line_peer" WHERE "second_at" IS NOT NULL)
"""  # noqa: S608, SLF001 - names of our own; one statement, so that all of it is of one moment


@dataclass(frozen=True, slots=True)
class Noted:
    """How far what we know and have not stated had come.

    rows: how many, the last of them, and when it was entered. struck: how many, and when last.
    """

    rows: int
    last: int
    entered: str
    struck: int
    struck_at: str

    @classmethod
    def of(cls, listed: str) -> "Noted":
        """Return it from what the query says."""
        rows, last, entered, struck, struck_at = listed.split(";")
        return cls(int(rows), int(last), entered, int(struck), struck_at)


def noted_since(node: Node, then: Noted, now: Noted) -> set[str] | None:
    """Return the things of which something was entered or struck since, None for any of them."""
    if then == now:
        return set()
    with connections[node.alias].cursor() as cursor:
        cursor.execute(
            'SELECT "thing", "id" > %s FROM "missions_ownstatement"'
            ' WHERE "id" > %s OR "struck_at" >= %s',
            [then.last, then.last, then.struck_at or "0"],
        )
        found = cursor.fetchall()
    if then.rows + sum(new for _, new in found) != now.rows:
        return None  # rows are gone: nothing tells which
    return {thing for thing, _ in found}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """All that a reading hangs on.

    file: which file the database is. changed: changes counted. book: its last entry and leaf.
    own: of what we know and have not stated. told: of what the chronicle tells. sides: our log,
    then theirs, as held; empty while there is no record.
    """

    file: tuple[int, int]
    parties: tuple[str, str]
    changed: int
    book: tuple[int, str]
    own: "Noted"
    told: str
    sides: tuple[LogSize, ...]

    @property
    def logs(self) -> tuple[LogSize, ...]:
        """Both logs by party: on both nodes the same."""
        return tuple(sorted(self.sides, key=lambda each: each.party))


def mark(node: Node) -> Mark:
    """Return how far a node's rows have come, in one query once there is a record."""
    with connections[node.alias].cursor() as cursor:
        cursor.execute(_SQL)
        changed, entries, leaf, own, told, logs, peers = cursor.fetchone()
    sides = _sides(logs or "") if peers else ()
    found = (each.party for each in sides) if sides else codes(node)
    parties = sorted(found)
    return Mark(
        file=_file(node.home),
        parties=(parties[0], parties[1]) if len(parties) > 1 else ("", node.party),
        changed=changed or 0,
        book=(-1 if entries is None else entries, leaf or ""),
        own=Noted.of(own),
        told=told,
        sides=sides,
    )


def _sides(listed: str) -> tuple[LogSize, ...]:
    """Return our log and theirs, of "own US 12 AB…;peer RU 9 CD…"."""
    found = {}
    for each in filter(None, listed.split(";")):
        side, party, size, root = each.split(" ")
        found[side] = LogSize(party=party, size=int(size), root=root.lower())
    return (found[Side.OWN], found[Side.PEER]) if len(found) > 1 else ()


def _file(home: Path) -> tuple[int, int]:
    try:
        about = (home / FILE).stat()
    except OSError:
        return (0, 0)  # a database in memory
    return about.st_dev, about.st_ino


def goes_on(node: Node, then: Mark, now: Mark) -> bool:
    """Tell whether all that was there then is there now, so that only what is newer is to be read.

    It is not after a restore: by the hashes of the record and of the book, whatever the counts.
    """
    return (
        (then.file, then.parties) == (now.file, now.parties)
        and then.changed <= now.changed
        and len(then.sides) == len(now.sides)
        and all(
            _continues(node, side, *pair)
            for side, pair in zip(
                (Side.OWN, Side.PEER), zip(then.sides, now.sides, strict=True), strict=False
            )
        )
        and _book_continues(node, then.book, now.book)
    )


def _continues(node: Node, side: str, then: LogSize, now: LogSize) -> bool:
    if then.size > now.size:
        return False
    if then.size == now.size:
        return then.root == now.root
    return StoredHashes(node.alias, side).root(then.size).hash.hex() == then.root


def _book_continues(node: Node, then: tuple[int, str], now: tuple[int, str]) -> bool:
    if then == now or then[0] < 0:
        return True
    if then[0] >= now[0]:
        return False
    rows = BookEntry.objects.using(node.alias).filter(n=then[0]).values_list("leaf", flat=True)
    leaf = rows.first()
    return leaf is not None and bytes(leaf).hex().upper() == then[1]
