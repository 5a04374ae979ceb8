"""Every write of this room: state a field, declare a regime, contest, load a dossier.

What is meant for the other side leaves as a draft of acts, which a second officer clears. It is
rehearsed first: an act that would be without effect is refused while it is being written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from legation.acts.base import Act
from legation.acts.bodies import stating_version
from legation.acts.catalogue import act_types
from legation.acts.codec import fields_of, from_body, from_json, to_body, to_json
from legation.acts.kinds.calendar import Calendar, Year
from legation.acts.kinds.contest import StatementContested
from legation.acts.kinds.regime import Dated, Declared, Regime
from legation.acts.state import Thing
from legation.acts.statements import Register, Statement
from legation.errors import N_, Refusal
from legation.line.models import Peer
from legation.line.node import Node
from legation.line.queries.book import overlay
from legation.line.queries.standing import Current
from legation.line.queries.state import record_id
from legation.line.services.append import NewAct
from legation.line.services.rehearsal import rehearse
from legation.missions.history import Kept
from legation.missions.known import Known
from legation.missions.models import ChronicleEntry
from legation.missions.search import of_facts
from legation.missions.services.known import drop_declared, keep_known
from legation.officers import services as officers
from legation.officers.models import Draft, DraftAct, DraftState, Officer
from legation.officers.permissions import DRAFT, require
from legation.officers.services.lookup import find_officer
from legation.officers.wording import DraftedAct
from legation.record import canon
from legation.record.canon import Json
from legation.search import services as search

BATCH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What loading a dossier did.

    draft: of the acts that our side may state, None when nothing is new. acts: how many it
    has. already: how many are stated the same, or wait in a draft. kept: entries of chronicle.
    known: statements of both sides that are new to us, kept as ours only.
    """

    draft: Draft | None
    acts: int
    already: int
    kept: int
    known: int = 0


def load_dossier(
    node: Node,
    *,
    title: str,
    parties: Sequence[str],
    acts: Sequence[DraftedAct],
    entries: Sequence[Kept],
    known: Sequence[Known] = (),
    by: Officer | str,
    at: datetime,
) -> Loaded:
    """Draft those acts that say something new, in one draft; keep the entries as chronicle.

    known: what both sides' things are, kept as ours only until it is stated.

    Raises Refusal "other-parties", "suspended", "role", and what the rehearsal finds.
    """
    _check_parties(node, parties)
    with transaction.atomic(using=node.alias):
        officer = find_officer(node, by)
        require(officer, DRAFT)
        new = _news(node, acts)
        row = None
        if new:
            rehearse_acts(node, new, at)
            row = officers.draft(node, acts=new, title=title, by=officer, at=at)
        _keep(node, title, entries, officer, at)
        drop_declared(node, title, entries)
        count = keep_known(node, title, known, officer, at)
    return Loaded(
        draft=row,
        acts=len(new),
        already=len(acts) - len(new),
        kept=len(entries),
        known=count,
    )


def state_fields(
    node: Node,
    *,
    thing: str,
    sending: str,
    receiving: str,
    fields: Mapping[str, Json],
    by: Officer | str,
    at: datetime,
) -> Draft:
    """Draft an act that states fields of a post or premises.

    fields: field -> {"value", "from"?, "until"?, "by"?, "basis"?, "sources"?, "note"?}.
    Raises Refusal for an unknown field, a wrong value, a field of the other side, or one that
    the other side's node does not read yet ("not-spoken").
    """
    prefix = thing.partition("/")[0]
    cls = _act_type(f"{prefix}.stated", thing, stating_version(prefix, fields))
    body = {"sending": sending, "receiving": receiving, "fields": dict(fields)}
    act = DraftedAct(
        type=cls.type,
        version=cls.version,
        on=thing,
        body=to_json(from_json(cls, body, thing)),
    )
    return _draft(node, act, title=f"{thing}: {', '.join(sorted(fields))}", by=by, at=at)


def declare_regime(
    node: Node, *, regime: str, terms: Mapping[str, Json], by: Officer | str, at: datetime
) -> Draft:
    """Draft an act that declares a regime of ours. terms: without `by`, which is our party."""
    cls = _act_type("regime.declared", regime)
    body = {**terms, "by": node.party}
    act = DraftedAct(type=cls.type, on=regime, body=to_json(from_json(cls, body, regime)))
    return _draft(node, act, title=regime, by=by, at=at)


def contest(
    node: Node,
    *,
    thing: str,
    field: str,
    words: str,
    view: Json = None,
    by: Officer | str,
    at: datetime,
) -> Draft:
    """Draft an act that puts our view beside what the other side states of a field.

    view: how we would state it, in the field's own form; None when we only object. words: why.
    Raises Refusal "unknown-subject" where the other side has stated no such field.
    """
    body: dict[str, Json] = {"thing": thing, "field": field, "words": words}
    if view is not None:
        body["view"] = view
    made = from_json(StatementContested, body, thing)
    act = DraftedAct(
        type=StatementContested.type,
        on=f"contest/{node.party}-{node.random(8).hex()}",
        body=to_json(made),
    )
    return _draft(node, act, title=f"{thing}: {field}", by=by, at=at)


def _act_type(name: str, thing: str, version: int = 1) -> type[Act]:
    found = act_types().get((name, version))
    if found is None:
        raise Refusal(
            "unknown-subject",
            thing=N_("{name}"),
            rule=N_("nothing can be stated of such a thing."),
            remedy=N_("Choose a post, premises or a regime."),
            name=thing[:80],
        )
    return found


def _draft(node: Node, act: DraftedAct, *, title: str, by: Officer | str, at: datetime) -> Draft:
    with transaction.atomic(using=node.alias):
        row = officers.draft(node, acts=[act], title=title, by=by, at=at)
        rehearse_acts(node, [act], at)
    return row


def rehearse_acts(node: Node, acts: Sequence[DraftedAct], at: datetime) -> None:
    """Raise the refusal that would make one of these acts be without effect; write nothing."""
    news = [
        NewAct(type=act.type, version=act.version, on=act.on, body=act.body, re=act.re)
        for act in acts
    ]
    try:
        rehearse(node, news, at=at)
    except Refusal as refusal:
        newer = next((act for act in acts if act.version > 1 and "fields" in act.body), None)
        if refusal.code != "not-spoken" or newer is None:
            raise
        raise _not_read(newer) from refusal


def _not_read(act: DraftedAct) -> Refusal:
    """Return the refusal of fields that came after what the other side's node reads."""
    fields = act.body["fields"]
    assert isinstance(fields, dict)
    prefix = act.on.partition("/")[0]
    return Refusal(
        "not-spoken",
        thing=N_("{name}, field “{field}”"),
        rule=N_("the other side’s node does not read this field yet."),
        remedy=N_("State the other fields alone, or wait until their node is newer."),
        name=act.on,
        field=", ".join(each for each in sorted(fields) if stating_version(prefix, [each]) > 1),
    )


def _check_parties(node: Node, parties: Sequence[str]) -> None:
    known = Peer.objects.using(node.alias).values_list("party", flat=True).first()
    peer = known or ""
    if node.party not in parties or (peer and peer not in parties):
        raise Refusal(
            "other-parties",
            thing=N_("The dossier"),
            rule=N_("it is about {parties}; this node's record is of {own}."),
            remedy=N_("Load the dossier of this pair."),
            parties=" – ".join(parties),
            own=" – ".join(filter(None, (node.party, peer))),
        )


def _news(node: Node, acts: Sequence[DraftedAct]) -> list[DraftedAct]:
    """Return the acts cut down to what is not stated the same and in no open draft."""
    # What is on paper alone is stated while nobody else reads; for the record it is not yet.
    things = Current(node.alias) if record_id(node) else overlay(node)
    things.prefetch(act.on for act in acts)
    waiting = _waiting(node)
    out = []
    for act in acts:
        found = things.get(act.on)
        rest = _new_part(act, found, node.party)
        if rest is not None and (rest.type, rest.on, canon.encode(rest.body)) not in waiting:
            out.append(rest)
    return out


def _waiting(node: Node) -> set[tuple[str, str, bytes]]:
    """Return what open drafts would say already."""
    rows = DraftAct.objects.using(node.alias).filter(
        draft__state__in=(DraftState.DRAFTED, DraftState.CLEARED)
    )
    return {(name, on, bytes(body)) for name, on, body in rows.values_list("type", "on", "body")}


def _new_part(act: DraftedAct, thing: Thing | None, party: str) -> DraftedAct | None:
    """Return the act without what the record says already; None when it would say nothing."""
    if isinstance(thing, Regime):
        return None if _declared_same(act, thing.by(party)) else act
    if isinstance(thing, Calendar):
        cls = act_types()[act.type, act.version]
        same = to_body(_as_year(from_body(cls, act.body, act.on))) == to_body(thing.declared)
        return None if same and thing.by == party else act
    if not isinstance(thing, Register):
        return act
    view = thing.view(party)
    told = {} if view is None else view.fields
    fields = act.body["fields"]
    assert isinstance(fields, dict)
    new = {
        key: said
        for key, said in fields.items()
        if key not in told or not _said(said, told[key].statements)
    }
    if not new:
        return None
    version = stating_version(thing.prefix, new)
    return DraftedAct(type=act.type, version=version, on=act.on, body={**act.body, "fields": new})


def _said(said: Json, statements: Iterable[Statement]) -> bool:
    """Tell whether one of a field's statements says the same, its place in the log apart."""
    assert isinstance(said, dict)
    for statement in statements:
        written = to_body(statement)
        del written["index"]
        if written == said:
            return True
    return False


def _declared_same(act: DraftedAct, declared: Declared | None) -> bool:
    terms: tuple[Dated, ...] = () if declared is None else declared.terms
    cls = act_types()[act.type, act.version]
    whole = to_body(from_body(cls, act.body, act.on))
    for dated in terms:
        assert declared is not None
        written = to_body(dated)
        del written["index"]
        if {**written, "by": declared.by.text, "applies_to": declared.applies_to.text} == whole:
            return True
    return False


def _as_year(declared: object) -> Year:
    return Year(**{place.name: getattr(declared, place.name) for place in fields_of(Year)})


def _keep(node: Node, title: str, entries: Sequence[Kept], officer: Officer, at: datetime) -> None:
    rows = [
        ChronicleEntry(
            section=entry.section,
            key=entry.key,
            on=entry.on[:10],
            content=dict(entry.content),
            dossier=title,
            loaded_by=officer.username,
            loaded_at=at,
        )
        for entry in entries
    ]
    ChronicleEntry.objects.using(node.alias).bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["section", "key"],
        update_fields=["on", "content", "dossier", "loaded_by", "loaded_at"],
    )
    search.put(node, of_facts(rows))
