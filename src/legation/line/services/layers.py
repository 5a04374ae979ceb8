"""The folded state in two layers: settled, and the tail over it.

1. Entries that come after all folded ones are folded on the current state.
2. So are entries that belong before some of these, if they have nothing to do with them: no
   thing that they put or look at was put by a later act, none that they put was looked at by
   one. Then the order among them makes no difference.
3. Else the tail is dropped and folded anew, once, from the settled layer.
4. Acts that commute change no thing: alone they refold nothing, wherever they belong.
5. What can no longer move is carried into the settled layer. If nothing else is left in the
   tail, the tail *is* the settled state, and rows are moved, not folded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from django.db.models import F

from legation.acts.fold import fold
from legation.acts.state import Placed, State, Thing, encode_thing
from legation.line.core.protocol import SEEN
from legation.line.models import Entry, StandingThing
from legation.line.queries.standing import Current, Settled, StandingThings
from legation.line.services import bulk, effects
from legation.line.services.effects import Change
from legation.line.services.rows import Facts
from legation.record.act import decode_opening

BATCH: Final = 500


def commutes(row: Entry) -> bool:
    """Tell whether an entry's type declares that it changes no thing."""
    return row.type == SEEN  # the one type that does; a head's version decides effect, not order


def fold_in(facts: Facts, usable: list[Entry], folded: tuple[StandingThings, State] | None) -> None:
    """Fold entries that have become usable, settle what can settle, tell the rooms.

    folded: the state that folding them gave over its base, if that was done already.
    """
    usable.sort(key=lambda row: facts.order_key(row.side, row.level or 0))
    solid = [row for row in usable if not commutes(row)]
    logs = (facts.own, facts.theirs)
    last = max(facts.order_key(log.side, log.solid_level) for log in logs)
    for row in solid:
        facts.log(row.side).solid_level = row.level or 0
    if folded is None:
        late = bool(solid) and facts.order_key(solid[0].side, solid[0].level or 0) < last
        changes = _fold_on(facts, usable, late_from=solid[0].level if late else None)
    else:
        base, state = folded
        changes = _write(facts, base, state.changed, usable)
    if changes is None:
        changes = refold(facts)
    facts.node.trip("folded")
    settle(facts)
    effects.project(facts.node, changes)
    facts.node.trip("projected")


def _fold_on(facts: Facts, rows: Sequence[Entry], *, late_from: int | None) -> list[Change] | None:
    """Fold entries on the current state; return what changed.

    late_from: level of the first that belongs before acts folded already, None if none does.
    None is returned if these may be affected (rule 2); then nothing was written.
    """
    base = Current(facts.alias, facts.node.catalogue)
    base.prefetch(ids_named(facts, rows))
    state = State(base, facts.parties, facts.node.catalogue)
    codes = [fold(state, placed(facts, row)) or "" for row in rows]
    if late_from is not None and _matters(facts.alias, base.looked_at, state.changed, late_from):
        return None
    _note_codes(facts.alias, rows, codes)
    return _write(facts, base, state.changed, rows)


def _matters(alias: str, looked_at: set[str], changed: Mapping[str, Thing], late_from: int) -> bool:
    """Tell whether acts from a level on have to do with what was put and looked at (rule 2)."""
    touched = sorted(looked_at | changed.keys())
    for at in range(0, len(touched), BATCH):
        part = touched[at : at + BATCH]
        rows = StandingThing.objects.using(alias).filter(id__in=part)
        for name, written, seen in rows.values_list("id", "written", "looked_at"):
            if written >= late_from or (name in changed and seen >= late_from):
                return True
    return False


def ids_named(facts: Facts, rows: Iterable[Entry]) -> list[str]:
    """Return the ids of things that folding these entries will surely ask for."""
    parties = [f"party/{log.party}" for log in (facts.own, facts.theirs)]
    return [*parties, *(row.on for row in rows if row.on)]


def placed(facts: Facts, row: Entry) -> Placed:
    """Return an entry as the fold takes it."""
    return Placed(
        facts.log(row.side).party,
        row.index,
        row.seen_to,
        decode_opening(bytes(row.opening)),
        bytes(row.leaf),
        facts.peer.record,
    )


def _note_codes(alias: str, rows: Sequence[Entry], codes: Sequence[str]) -> None:
    """Keep with each entry why it is without effect, "" if it counts."""
    differing = []
    for row, code in zip(rows, codes, strict=True):
        if row.void != code:
            row.void = code
            differing.append(row)
    _save_codes(alias, differing)


def _save_codes(alias: str, rows: Sequence[Entry]) -> None:
    # By place: rows that were just inserted do not know their keys.
    for row in rows:
        Entry.objects.using(alias).filter(side=row.side, index=row.index).update(void=row.void)


def _write(
    facts: Facts, base: StandingThings, changed: Mapping[str, Thing], rows: Sequence[Entry]
) -> list[Change]:
    """Write changed things over the current ones; return what changed, before and after."""
    level = max((row.level or 0 for row in rows), default=0)
    base.prefetch(changed)
    _put_tail(facts.alias, changed, level)
    _mark_looked_at(facts.alias, base.looked_at - changed.keys(), level)
    return [Change(name, base.held(name), thing) for name, thing in changed.items()]


def _put_tail(alias: str, things: Mapping[str, Thing], level: int) -> None:
    rows = [
        StandingThing(id=name, tail=encode_thing(each), written=level, looked_at=level)
        for name, each in things.items()
    ]
    bulk.upsert(alias, rows, ["tail", "written", "looked_at"])


def _mark_looked_at(alias: str, names: Iterable[str], level: int) -> None:
    rows = [StandingThing(id=name, looked_at=level) for name in sorted(names)]
    bulk.upsert(alias, rows, ["looked_at"])


def tail_rows(facts: Facts, *, above: int, up_to: int | None = None) -> Iterator[Entry]:
    """Yield the entries of both logs above a level, in their order."""
    rows = Entry.objects.using(facts.alias).filter(level__gt=above)
    if up_to is not None:
        rows = rows.filter(level__lte=up_to)
    pair: list[Entry] = []
    for row in rows.order_by("level").iterator(BATCH):
        if pair and pair[0].level != row.level:
            yield from _in_order(facts, pair)
            pair = []
        pair.append(row)
    yield from _in_order(facts, pair)


def _in_order(facts: Facts, pair: list[Entry]) -> list[Entry]:
    return sorted(pair, key=lambda row: facts.order_key(row.side, row.level or 0))


def refold(facts: Facts) -> list[Change]:
    """Fold the tail anew over the settled layer; return the things that came out otherwise."""
    alias = facts.alias
    rows = StandingThing.objects.using(alias)
    current = Current(alias, facts.node.catalogue)
    old = list(rows.filter(tail__isnull=False).values_list("id", flat=True))
    current.prefetch(old)
    base = Settled(alias, facts.node.catalogue)
    state = State(base, facts.parties, facts.node.catalogue)
    differing = []
    for row in tail_rows(facts, above=facts.peer.settled_level):
        code = fold(state, placed(facts, row)) or ""
        if code != row.void:
            row.void = code
            differing.append(row)
    _save_codes(alias, differing)
    current.prefetch(state.changed)
    before = {name: current.held(name) for name in dict.fromkeys((*old, *state.changed))}
    level = max(facts.own.level, facts.theirs.level)
    rows.filter(tail__isnull=False).update(tail=None)
    _put_tail(alias, state.changed, level)
    _mark_looked_at(alias, base.looked_at - state.changed.keys(), level)
    after = Current(alias, facts.node.catalogue)
    after.prefetch(before)
    return [
        Change(name, thing, now)
        for name, thing in before.items()
        if (now := after.held(name)) != thing
    ]


def settle(facts: Facts) -> None:
    """Carry what can no longer move into the settled layer (rule 5)."""
    limit = min(facts.own.level, facts.theirs.level)
    if limit <= facts.peer.settled_level:
        return
    rows = StandingThing.objects.using(facts.alias).filter(tail__isnull=False)
    if max(facts.own.solid_level, facts.theirs.solid_level) <= limit:
        rows.update(settled=F("tail"), tail=None)
    else:
        state = State(
            Settled(facts.alias, facts.node.catalogue), facts.parties, facts.node.catalogue
        )
        for row in tail_rows(facts, above=facts.peer.settled_level, up_to=limit):
            fold(state, placed(facts, row))
        settled = [
            StandingThing(id=name, settled=encode_thing(each))
            for name, each in state.changed.items()
        ]
        bulk.upsert(facts.alias, settled, ["settled"])
        rows.filter(settled=F("tail")).update(tail=None)
    facts.peer.settled_level = limit
