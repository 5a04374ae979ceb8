"""The book over the record: folded anew where the record has changed beneath it.

A thing that the record changed and the book has to do with is folded again from the record's
side up. Everything else of the book stays as it is stored. If an entry ever put a thing that it
is not about, the whole book is folded: then no subject stands alone.
"""

from collections.abc import Iterable, Mapping, Sequence

from legation.acts.book import fold_book, ground
from legation.acts.state import State, Thing, decode_thing, encode_thing
from legation.line.models import BookEntry, BookThing
from legation.line.node import Node
from legation.line.queries.book import Overlay, parties, placed
from legation.line.services.effects import Change


def over(node: Node, changes: Sequence[Change]) -> Sequence[Change]:
    """Return changes of the record as this desk sees them, the book folded anew over them."""
    touched = subjects_in(node, [change.id for change in changes])
    if not touched:
        return changes
    shared = {change.id: change.before for change in changes}
    stored = BookThing.objects.using(node.alias).filter(id__in=touched)
    before = {
        name: decode_thing(bytes(body), node.catalogue)
        for name, body in stored.values_list("id", "body")
    }
    names = dict.fromkeys((*sorted(touched), *sorted(refold(node, touched))))
    now = Overlay(node.alias, node.catalogue)
    now.prefetch(names)
    return [
        *(change for change in changes if change.id not in names),
        *(Change(name, before.get(name, shared.get(name)), now.held(name)) for name in names),
    ]


def subjects_in(node: Node, names: Iterable[str]) -> set[str]:
    """Return those of the ids that the book has to do with."""
    wanted = list(names)
    entries = BookEntry.objects.using(node.alias).filter(on__in=wanted)
    things = BookThing.objects.using(node.alias).filter(id__in=wanted)
    return {*entries.values_list("on", flat=True), *things.values_list("id", flat=True)}


def refold(node: Node, subjects: Iterable[str] | None = None) -> set[str]:
    """Fold the book's entries about these things anew, None for all; return the ids put."""
    rows = BookEntry.objects.using(node.alias)
    things = BookThing.objects.using(node.alias)
    only = None if subjects is None or things.filter(apart=True).exists() else list(subjects)
    counting = rows.filter(replaced_by=None).order_by("place")
    if only is not None:
        counting, things = counting.filter(on__in=only), things.filter(id__in=only)
    entries = list(counting)
    things.delete()
    if not entries:
        return set()
    base = Overlay(node.alias, node.catalogue, bare=only)
    base.prefetch(row.on for row in entries)
    state, codes = folded(node, base, entries)
    for row, code in zip(entries, codes, strict=True):
        if row.void != code:
            rows.filter(n=row.n).update(void=code)
    store(node, state, {row.on for row in entries})
    return set(state.changed)


def folded(
    node: Node, base: Mapping[str, Thing], entries: Sequence[BookEntry]
) -> tuple[State, list[str]]:
    """Fold entries over a base; return the layer, and for each why it is without effect."""
    state = ground(base, parties(node), node.catalogue)
    leaves = corrected(node)
    return state, fold_book(state, (placed(row, leaves) for row in entries))


def corrected(node: Node) -> dict[bytes, bytes]:
    """Return the leaf of each corrected entry -> that of the entry which counts in its place."""
    rows = BookEntry.objects.using(node.alias)
    places = rows.filter(replaced_by__isnull=False).values("place")
    chain = list(rows.filter(place__in=places).values_list("place", "replaced_by", "leaf"))
    now = {place: bytes(leaf) for place, by, leaf in chain if by is None}
    return {bytes(leaf): now[place] for place, by, leaf in chain if by is not None}


def store(node: Node, state: State, subjects: set[str]) -> None:
    """Keep what folding entries about `subjects` put."""
    BookThing.objects.using(node.alias).bulk_create(
        [
            BookThing(id=name, body=encode_thing(each), apart=name not in subjects)
            for name, each in state.changed.items()
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["body", "apart"],
    )
