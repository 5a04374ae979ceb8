"""Every write of the persons list. Each look and each change is written down by name.

1. What is imported is taken whole or not at all. 2. A person is known again by the passport's
number, else by name and day of birth. 3. An officer writes only what they see: the persons of
their own post, or all for the ministry.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from legation.errors import N_, Refusal
from legation.line.databases import writing
from legation.line.node import Node
from legation.missions.persons.columns import (
    BY_KEY,
    COLUMNS,
    cells_of,
    check,
    columns_of,
    is_known,
    keys_of,
    mixed,
    odd_letters,
    spoilt_in,
)
from legation.missions.persons.models import Import, Person
from legation.missions.persons.queries import in_sight, mine, unknown
from legation.missions.persons.search import document as found_of
from legation.officers.permissions import DRAFT, require
from legation.officers.services import Officer, note_down
from legation.officers.services.lookup import find_active
from legation.officers.sheets.reading import read_sheet
from legation.officers.sheets.sheet import MOST_ROWS, fault
from legation.officers.sight import Sight, sight_of
from legation.record.canon import Json
from legation.search import services as search

PIECE: Final = 1_000
"""Rows that are checked in one step, so that a page can say how far it is."""
MOST_FAULTS: Final = 1_000
KEPT: Final = tuple(column.key for column in COLUMNS)


def add(node: Node, *, given: Mapping[str, str], by: Officer | str, at: datetime) -> str:
    """Add one person; return the id. Raises Refusal with every fault, "twice"."""
    with writing(node.alias):
        officer, person = _checked(node, given, by)
        row = _new(node, person, officer, at)
        _check_twice(node, row, sight_of(officer))
        row.save(using=node.alias)
        search.put(node, [found_of(row)])
        note_down(node, what="person.added", by=officer, at=at, about=row.id)
    return row.id


def change(
    node: Node, *, person: str, given: Mapping[str, str], by: Officer | str, at: datetime
) -> None:
    """Change what is kept of a person. Raises Refusal as `add`, and "unknown-person"."""
    with writing(node.alias):
        officer, values = _checked(node, given, by)
        row = in_sight(node, sight_of(officer)).filter(id=person).first()
        if row is None:
            raise unknown(person)
        _fill(row, values)
        row.changed_by, row.changed_at = officer.username, at
        _check_twice(node, row, sight_of(officer))
        row.save(using=node.alias)
        search.put(node, [found_of(row)])
        note_down(node, what="person.changed", by=officer, at=at, about=row.id)


def remove(node: Node, *, person: str, by: Officer | str, at: datetime) -> None:
    """Delete a person from the list, for good. Raises Refusal "unknown-person"."""
    with writing(node.alias):
        officer = _writer(node, by)
        row = in_sight(node, sight_of(officer)).filter(id=person).first()
        if row is None:
            raise unknown(person)
        row.delete()
        search.drop(node, [person])
        note_down(node, what="person.removed", by=officer, at=at, about=person)


def begin_import(
    node: Node,
    *,
    data: bytes,
    name: str,
    update: bool = False,
    by: Officer | str,
    at: datetime,
) -> int:
    """Read a list to be checked; return its number. Nothing is taken yet.

    update: change those in the list already, instead of refusing them. Raises Refusal for a file
    of which no row can be judged; else what is wrong is told with its rows.
    """
    officer = _writer(node, by)
    sheet = read_sheet(data, known=is_known, most=MOST_ROWS)
    columns, titles = columns_of(sheet)
    faults = [*titles, *sheet.faults]
    told = {column for column in columns if column is not None}
    spoilt = {str(row.number): spoilt_in(row, columns) for row in sheet.rows if row.spoilt}
    rows: list[Json] = [[row.number, {**cells_of(row, columns)}] for row in sheet.rows]
    if not rows:
        raise fault(
            "empty", N_("it has a header and no row."), N_("Choose the file with the list.")
        )
    with writing(node.alias):
        Import.objects.using(node.alias).filter(by=officer.username).delete()
        row = Import.objects.using(node.alias).create(
            by=officer.username,
            at=at,
            file=name[:200],
            told=sheet.told[:200],
            update=update,
            rows=rows,
            state={
                "faults": [], "found": 0, "notes": [], "keys": {}, "known": 0,
                "untold": [each.key for each in COLUMNS if titles and each not in told],
                "spoilt": spoilt,
            },
        )  # fmt: skip
        _note_faults(row, faults)
        row.save(using=node.alias)
    return int(row.pk)


def check_piece(node: Node, *, number: int, by: Officer | str) -> bool:
    """Check the next rows of a list; tell whether all are checked. Raises "unknown-import"."""
    with writing(node.alias):
        officer = _writer(node, by)
        row = mine(node, number, officer.username)
        sight = sight_of(officer)
        piece = row.rows[row.checked : row.checked + PIECE]
        known = _known(node, [cells for _number, cells in piece], sight)
        for place, (line, cells) in enumerate(piece, start=row.checked):
            values = _with_post(cells, officer)
            spoilt = row.state.get("spoilt", {}).get(str(line), ())
            untold = [*row.state.get("untold", ()), *spoilt]
            person, faults = check(line, values, untold=untold)
            if not _told(faults, "post"):
                faults += _about_post(node, line, person, sight)
            if not faults and not untold:
                faults = _twice(row, line, person, known)
            _note_faults(row, faults)
            _note_mixed(row, line, person)
            row.rows[place] = [line, person]
        row.checked += len(piece)
        row.state["faults"].sort(key=lambda each: int(each["values"]["row"]))
        row.save(using=node.alias)
    return bool(row.checked >= len(row.rows))


def take(node: Node, *, number: int, by: Officer | str, at: datetime) -> tuple[int, int]:
    """Take a checked list into the persons list, whole; return how many are new and changed.

    Raises Refusal "not-checked", "faults", and "twice" where the list was changed meanwhile.
    """
    with writing(node.alias):
        officer = _writer(node, by)
        row = mine(node, number, officer.username)
        if row.checked < len(row.rows):
            raise _not_yet(N_("its rows are not all checked yet."), "not-checked")
        if row.state["found"]:
            raise _not_yet(N_("some of its rows are wrong."), "faults")
        known = _known(node, [cells for _line, cells in row.rows], sight_of(officer))
        new: list[Person] = []
        old: dict[str, Person] = {}
        for line, cells in row.rows:
            held = _held(cells, known)
            if held is None:
                new.append(_new(node, cells, officer, at))
            elif row.update and held.id not in old:
                _fill(held, cells)
                held.changed_by, held.changed_at = officer.username, at
                old[held.id] = held
            else:
                raise _already(line, cells)
        Person.objects.using(node.alias).bulk_create(new, batch_size=500)
        fields = [*KEPT, "passport_key", "name_key", "changed_by", "changed_at"]
        Person.objects.using(node.alias).bulk_update(old.values(), fields, batch_size=200)
        search.put(node, map(found_of, (*new, *old.values())))
        detail = {"new": len(new), "changed": len(old)}
        note_down(node, what="persons.imported", by=officer, at=at, about="persons", detail=detail)
        row.delete()
    return len(new), len(old)


def drop(node: Node, *, number: int, by: Officer | str) -> None:
    """Drop a list that is not to be taken, with all that it holds."""
    with writing(node.alias):
        mine(node, number, str(by)).delete()


def _writer(node: Node, by: Officer | str) -> Officer:
    officer = find_active(node, by)
    require(officer, DRAFT)
    return officer


def _checked(
    node: Node, given: Mapping[str, str], by: Officer | str
) -> tuple[Officer, dict[str, str]]:
    officer = _writer(node, by)
    person, faults = check(0, _with_post(given, officer))
    if not _told(faults, "post"):
        faults += _about_post(node, 0, person, sight_of(officer))
    for one in faults:
        key = next((c.key for c in COLUMNS if c.titles[0] == one.values["column"]), "")
        one.values = {**one.values, "field": key}
    if faults:
        first, *others = faults
        first.others = tuple(others)
        raise first
    return officer, person


def _with_post(cells: Mapping[str, str], officer: Officer) -> dict[str, str]:
    """Return a row; where it names no post, it is the officer's own."""
    own = officer.post.removeprefix("post/")
    if cells.get("post") or not own or own.endswith("-MFA"):
        return dict(cells)
    return {**cells, "post": own}


def _told(faults: Sequence[Refusal], key: str) -> bool:
    """Tell whether that column was refused already: of what was not read nothing more is said."""
    return any(one.values["column"] == BY_KEY[key].titles[0] for one in faults)


def _about_post(node: Node, line: int, person: Mapping[str, str], sight: Sight) -> list[Refusal]:
    post = person.get("post", "")
    name = BY_KEY["post"].titles[0]
    if post and not post.startswith(f"post/{node.party}-"):
        rule = N_("{post} is no post of our own side.")
        remedy = N_("The list holds members of our own missions: {own}-….")
        return [fault("post", rule, remedy, row=line, column=name, post=post, own=node.party)]
    if not sight.everything and post not in sight.posts:
        rule = N_("{post} is not your post: only its officers and the ministry see its persons.")
        remedy = N_("Leave the row out, or ask the ministry to take it in.")
        return [fault("post", rule, remedy, row=line, column=name, post=post)]
    return []


def _fill(row: Person, values: Mapping[str, str]) -> None:
    for key in KEPT:
        setattr(row, key, values.get(key, ""))
    row.passport_key, row.name_key = keys_of(values)


def _new(node: Node, values: Mapping[str, str], officer: Officer, at: datetime) -> Person:
    row = Person(
        id=f"person/{node.party}-{node.random(8).hex()}", added_by=officer.username, added_at=at
    )
    _fill(row, values)
    return row


Known = dict[str, Person]
"""Persons of the list by what tells them apart."""


def _known(node: Node, people: list[dict[str, str]], sight: Sight) -> Known:
    keys = [keys_of(each) for each in people if each.get("name")]
    rows = in_sight(node, sight)
    found: Known = {}
    for field, wanted in (
        ("passport_key", [key for key, _name in keys if key]),
        ("name_key", [name for _key, name in keys if name]),
    ):
        for begin in range(0, len(wanted), 500):
            for row in rows.filter(**{f"{field}__in": wanted[begin : begin + 500]}):
                found[getattr(row, field)] = row
    return found


def _held(cells: Mapping[str, str], known: Known) -> Person | None:
    return next((known[key] for key in keys_of(cells) if key in known), None)


def _twice(row: Import, line: int, person: Mapping[str, str], known: Known) -> list[Refusal]:
    """Tell of a person who stands in the file twice, or in the list already.

    Two rows are one person too where one has the number and one the name of somebody listed.
    """
    seen: dict[str, int] = row.state["keys"]
    held = _held(person, known)
    keys = [key for key in (*keys_of(person), "" if held is None else held.id) if key]
    before = next((seen[key] for key in keys if key in seen), None)
    seen.update(dict.fromkeys(keys, line))
    if before is not None:
        rule = N_("“{name}” stands in row {before} already.")
        remedy = N_("Delete one of the two rows.")
        return [fault("twice", rule, remedy, row=line, name=person["name"], before=before)]
    if held is None:
        return []
    if row.update:
        row.state["known"] += 1
        return []
    return [_already(line, person)]


def _already(line: int, person: Mapping[str, str]) -> Refusal:
    rule = N_("“{name}” is in the persons list already.")
    remedy = N_("Delete the row, or import with “change those in the list”.")
    return fault("twice", rule, remedy, row=line, name=person["name"])


def _check_twice(node: Node, row: Person, sight: Sight) -> None:
    """Refuse a person who is in the list, as far as the officer sees it: else it would tell."""
    others = in_sight(node, sight).exclude(id=row.id)
    by_passport = bool(row.passport_key) and others.filter(passport_key=row.passport_key).exists()
    if by_passport or (bool(row.name_key) and others.filter(name_key=row.name_key).exists()):
        refusal = Refusal(
            "twice",
            thing=N_("“{name}”"),
            rule=N_("is in the persons list already: same passport, or same name and birth."),
            remedy=N_("Change that entry instead."),
        )
        refusal.values = {"name": row.name, "field": "passport" if by_passport else "name"}
        raise refusal


def _note_faults(row: Import, faults: list[Refusal]) -> None:
    row.state["found"] += len(faults)
    room = MOST_FAULTS - len(row.state["faults"])
    row.state["faults"] += [
        {
            "code": each.code,
            "thing": each.thing,
            "rule": each.rule,
            "remedy": each.remedy,
            "values": {key: str(value) for key, value in each.values.items()},
        }
        for each in faults[: max(room, 0)]
    ]


def _note_mixed(row: Import, line: int, person: Mapping[str, str]) -> None:
    for key in ("name", "name_own", "transliteration"):
        for word in mixed(person.get(key, "")):
            if len(row.state["notes"]) < MOST_FAULTS:
                row.state["notes"].append([line, word, odd_letters(word)])


def _not_yet(rule: str, code: str) -> Refusal:
    return Refusal(
        code,
        thing=N_("The list"),
        rule=rule,
        remedy=N_("See what its page says of it; it is taken whole or not at all."),
    )
