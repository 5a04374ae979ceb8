"""Facts made up for a judgement: XA's posts in XB and the other way round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from legation.acts.notices import Spending
from legation.acts.values import Day
from legation.missions.readiness.facts import Facts, Ground, Line, Request, Rule, Said, Subject
from legation.record.canon import Json

ON: Final = date(2025, 4, 10)
SENDING: Final[Mapping[str, str]] = {
    "post": (
        "type city district name opened accredited_to status head head_status head_rank nominated"
        " in_place established communications archives protection custody"
    ),
    "premises": "name use post title closed lists utilities lease_end",
    "slot": "post state why_empty function person",
    "person": "slot state",
    "channel": "post bank currency purpose state licence last_success",
    "service": "post kind state moved_to",
    "limit": "",
    "licence": "",
}
RECEIVING: Final[Mapping[str, str]] = {
    "post": "consent status_seen agrement custody_agreed protection_given",
    "premises": "status access",
    "slot": "",
    "person": "acceptable visa",
    "channel": "",
    "service": "",
    "limit": "kind number counted post rule state effective",
    "licence": "name state expires",
}


@dataclass(kw_only=True)
class World:
    """Facts in the making; every statement is told by its author unless it is `own`."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    thresholds: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def says(
        self,
        thing: str,
        /,
        *,
        sending: str = "XA",
        since: str | None = None,
        until: str | None = None,
        by: str | None = None,
        own: bool = False,
        **fields: Json,
    ) -> "World":
        return self.tell(thing, fields, sending=sending, since=since, until=until, by=by, own=own)

    def tell(
        self,
        thing: str,
        fields: Mapping[str, Json],
        *,
        sending: str = "XA",
        since: str | None = None,
        until: str | None = None,
        by: str | None = None,
        own: bool = False,
    ) -> "World":
        for key, value in fields.items():
            self._say(thing, key, value, sending, (since, until, by), own=own)
        return self

    def _say(
        self,
        name: str,
        key: str,
        value: Json,
        sending: str,
        days: tuple[str | None, str | None, str | None],
        *,
        own: bool,
    ) -> None:
        subject = self._subject(name, sending)
        party = subject.authors[key]
        self.count += 1
        since, until, by = days
        ground = (
            Ground(kind="fact", party=party, ref=f"F{self.count}")
            if own
            else Ground(kind="act", party=party, ref=f"{party}:{self.count}")
        )
        said = Said(
            value=value,
            from_=None if since is None else Day(since),
            until=None if until is None else Day(until),
            by=by,
            party=party,
            index=self.count,
            ground=ground,
        )
        told = {**subject.said, key: (*subject.said.get(key, ()), said)}
        self.subjects[name] = replace(subject, said=told)

    def noted(
        self, name: str, key: str, *, basis: str | None = None, note: str | None = None
    ) -> "World":
        """Give the statement of a field that was made last a basis and a note."""
        subject = self.subjects[name]
        *before, last = subject.said[key]
        told = {**subject.said, key: (*before, replace(last, basis=basis, note=note))}
        self.subjects[name] = replace(subject, said=told)
        return self

    def contests(self, name: str, key: str, value: Json) -> "World":
        subject = self.subjects[name]
        party = subject.receiving if subject.authors[key] == subject.sending else subject.sending
        self.count += 1
        ground = Ground(kind="act", party=party, ref=f"{party}:{self.count}")
        said = Said(value=value, party=party, index=self.count, ground=ground)
        views = {**subject.contested, key: (*subject.contested.get(key, ()), said)}
        self.subjects[name] = replace(subject, contested=views)
        return self

    def _subject(self, name: str, sending: str) -> Subject:
        prefix = name.partition("/")[0]
        receiving = other(sending)
        authors = dict.fromkeys(SENDING[prefix].split(), sending)
        authors |= dict.fromkeys(RECEIVING[prefix].split(), receiving)
        made = Subject(id=name, sending=sending, receiving=receiving, authors=authors, said={})
        return self.subjects.setdefault(name, made)

    def rule(
        self,
        name: str,
        mode: str,
        *,
        by: str = "XB",
        since: str | None = None,
        until: str | None = None,
        own: bool = False,
        radius_miles: int | None = None,
        hours: int | None = None,
        quota: tuple[int, str] | None = None,
    ) -> "World":
        kind = "fact" if own else "act"
        self.rules.append(
            Rule(
                id=name,
                by=by,
                applies_to=other(by),
                subject="movement",
                mode=mode,  # type: ignore[arg-type] # written as it is in a table
                from_=None if since is None else Day(since),
                until=None if until is None else Day(until),
                ground=Ground(kind=kind, party=by, ref=f"{by}:{name}"),  # type: ignore[arg-type] # one of both
                radius_miles=radius_miles,
                hours=hours,
                quota=quota,
            )
        )
        return self

    def asks(
        self,
        name: str,
        essential: str,
        released: date,
        *,
        post: str = "post/XA-MIS",
        by: str = "XA",
        answered: Iterable[date | None] = (None,),
        ended: date | None = None,
        own: bool = False,
        about: tuple[str, ...] = (),
        grants: bool = True,
        withdrawn: bool = False,
        spends: Spending | None = None,
    ) -> "World":
        lines = tuple(
            Line(
                line=number,
                answer="made_up" if on else None,
                final=on is not None,
                on=on,
                grants=grants and on is not None,
            )
            for number, on in enumerate(answered, start=1)
        )
        self.requests.append(
            Request(
                id=f"notice/{name}",
                kind="made.up",
                title="Made up",
                essential=essential,
                by=by,
                post=post,
                about=about,
                released=released,
                ended=ended,
                lines=lines,
                ours=own,
                withdrawn=withdrawn,
                spends=spends,
            )
        )
        return self

    @property
    def facts(self) -> Facts:
        return Facts(
            parties=("XA", "XB"),
            subjects=dict(self.subjects),
            rules=tuple(self.rules),
            requests=tuple(self.requests),
            thresholds=dict(self.thresholds),
        )


def other(party: str) -> str:
    return "XB" if party == "XA" else "XA"


def a_world(**fields: Json) -> World:
    """An open embassy of XA in XB, and nothing else told of it but these fields."""
    embassy: dict[str, Json] = {"type": "embassy", "city": "Wye", "status": "open"}
    return World().tell("post/XA-MIS", {**embassy, **fields})


def in_order() -> World:
    """The same with every essential in order."""
    world = a_world(
        head_rank="ambassador",
        in_place=9,
        established=10,
        communications="works",
        archives="safe",
        protection="adequate",
        custody="XC",
        custody_agreed="agreed",
    )
    world.says("premises/A1", name="Chancery", use="chancery", post="post/XA-MIS", access="full")
    world.says("channel/XA-1", post="post/XA-MIS", state="works", bank="First Bank")
    world.says("service/XA-MIS-all", post="post/XA-MIS", kind="all", state="running")
    world.rule("regime/B1", "free")
    return world.asks("XA-1", "entry_visas", date(2025, 1, 1), answered=(date(2025, 1, 5),))


def swapped(facts: Facts) -> Facts:
    """Return the same facts with each party in the other's place."""
    turn = str.maketrans("AB", "BA")

    def said(one: Said) -> Said:
        ground = replace(
            one.ground, party=other(one.ground.party), ref=one.ground.ref.translate(turn)
        )
        by = None if one.by is None else other(one.by)
        value = one.value
        if isinstance(value, str) and "/X" in value:
            value = value.translate(turn)
        return replace(one, party=other(one.party), ground=ground, by=by, value=value)

    def subject(one: Subject) -> Subject:
        return replace(
            one,
            id=name(one.id),
            sending=other(one.sending),
            receiving=other(one.receiving),
            authors={key: other(party) for key, party in one.authors.items()},
            said={key: tuple(map(said, several)) for key, several in one.said.items()},
            contested={key: tuple(map(said, several)) for key, several in one.contested.items()},
        )

    def name(thing: str) -> str:
        return thing.translate(turn) if "/X" in thing else thing

    return replace(
        facts,
        subjects={name(each.id): subject(each) for each in facts.subjects.values()},
        rules=tuple(
            replace(
                each,
                by=other(each.by),
                applies_to=other(each.applies_to),
                ground=replace(each.ground, party=other(each.by)),
            )
            for each in facts.rules
        ),
        requests=tuple(
            replace(
                each,
                by=other(each.by),
                post=name(each.post),
                about=tuple(map(name, each.about)),
            )
            for each in facts.requests
        ),
    )
