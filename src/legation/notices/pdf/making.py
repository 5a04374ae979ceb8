"""Which sheet a notice, an answer, a withdrawal or a draft makes. Knows no kind by name.

What is ours only (who drafted, cleared or released; drafts of others) is never asked for here.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from legation.acts.codec import from_body
from legation.acts.formulae import Correspondents
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.kinds.post import Post
from legation.acts.names import LANGUAGES
from legation.acts.parties import Parties
from legation.acts.persons import Person, persons_of
from legation.acts.state import State
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries import book
from legation.notices import services
from legation.notices.pdf.places import Filling
from legation.notices.pdf.sheet import Column, Sheet
from legation.notices.pdf.words import word
from legation.notices.queries.lists import kind_of
from legation.notices.queries.papers import BOOK, ActOnPaper, acts_on_paper
from legation.officers.sight import Sight
from legation.record.canon import Json
from legation.ui.clocks import UTC_NAME, clock_of

CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
Named = tuple[Mapping[str, Json] | str, ...]
Persons = Callable[[list[Person], Mapping[str, Json]], Named]
"""Reads the persons of an act, in the order of the places in its texts, from the files it names."""


def nobody(persons: list[Person], body: Mapping[str, Json]) -> Named:
    """Return "withheld" for each person of an act: for whoever may not read persons' data."""
    del body
    return ("withheld",) * len(persons)


def in_sight(node: Node, notice_id: str, sight: Sight) -> NoticeState:
    """Return a notice that an officer sees. Raises Refusal "unknown-subject" for any other."""
    thing = book.thing(node, notice_id)
    if isinstance(thing, NoticeState) and sight.sees(
        str(thing.post), str(thing.to) if thing.to else None
    ):
        return thing
    raise Refusal(
        "unknown-subject",
        thing=N_("Notice {name}"),
        rule=N_("the record holds no such notice."),
        remedy=N_("Choose it from the list of notices."),
        name=notice_id[:80],
    )


def sheet_of(
    node: Node, notice_id: str, *, act: str = "", lang: str = "", persons: Persons = nobody
) -> Sheet:
    """Return the sheet of a notice's release, or of another act about it.

    act: its place, "own-12" or "peer-7"; "" for the release. lang: one language; "" for all.
    Raises Refusal "unknown-subject", "no-text", "language".
    """
    thing = book.thing(node, notice_id)
    if not isinstance(thing, NoticeState):
        raise _no_text(notice_id)
    parties = services.correspondents(node)
    peer = parties.other(node.party).party
    acts = acts_on_paper(node, notice_id, peer=peer)
    chosen = _chosen(acts, act, thing)
    state = State(book.overlay(node), parties)
    own, theirs = _ends(thing, chosen.party, parties)
    named = _forms(chosen.body, thing)
    read = persons(named, chosen.body)
    filling = Filling(number=chosen.number or thing.number, at=chosen.at, persons=read)
    columns = _columns(chosen.body, lang, filling, thing.number)
    return Sheet(
        letterhead=_head(state, own, theirs, columns[0].lang),
        addressee=_head(state, theirs, own, columns[0].lang),
        number=chosen.number,
        party=chosen.party,
        at=chosen.at,
        columns=columns,
        annex=_annex(chosen.body, named, read, columns[0].lang),
        leaf=None if chosen.side == BOOK else chosen.leaf,
        entry=None if chosen.side == BOOK else chosen.entry,
        standing=_standing(node, chosen),
    )


def sheet_of_draft(
    node: Node,
    *,
    on: str,
    body: Mapping[str, Json],
    at: datetime,
    lang: str = "",
    persons: Persons = nobody,
) -> Sheet:
    """Return the sheet of an act that was not released. Raises Refusal "no-text", "language".

    on: the notice. at: when it was drafted, which dates the document and is not printed.
    """
    parties = services.correspondents(node)
    state = State(book.overlay(node), parties)
    thing = state.get(on)
    if isinstance(thing, NoticeState):
        own, theirs = _ends(thing, node.party, parties)
    else:
        own = str(body.get("post", f"post/{node.party}-MFA"))
        theirs = str(body.get("to") or _opposite(own, parties))
    named = _forms(body, thing)
    read = persons(named, body)
    filling = Filling(number=None, at=None, persons=read)
    columns = _columns(body, lang, filling, on)
    return Sheet(
        letterhead=_head(state, own, theirs, columns[0].lang),
        addressee=_head(state, theirs, own, columns[0].lang),
        number="",
        party=node.party,
        at=at,
        columns=columns,
        annex=_annex(body, named, read, columns[0].lang),
        standing="draft",
    )


def _standing(node: Node, act: ActOnPaper) -> str:
    """Return what a sheet says of where its act stands: what is on paper claims no entry."""
    if act.side != BOOK:
        return "record"
    return "paper" if act.party == node.party else "transcript"


def _chosen(acts: tuple[ActOnPaper, ...], key: str, thing: NoticeState) -> ActOnPaper:
    for each in acts:
        if each.key == key if key else each.leaf == thing.leaf:
            return each
    raise _no_text(thing.number)


def _forms(body: Mapping[str, Json], thing: object) -> list[Person]:
    """Return the persons in an act's form, or in its answers line by line."""
    fields, lines = body.get("fields"), body.get("lines")
    if isinstance(fields, dict) and isinstance(body.get("kind"), str):
        version = body.get("kind_version")
        kind = kind_of(str(body["kind"]), version if isinstance(version, int) else 1)
        return list(persons_of(from_body(kind, fields, kind.code)))
    if not isinstance(lines, list) or not isinstance(thing, NoticeState):
        return []
    kind = kind_of(thing.kind, thing.version)
    found: list[Person] = []
    for line in lines:
        given = line if isinstance(line, dict) else {}
        answer = kind.answer(str(given.get("answer")))
        if answer is not None:
            rest = {key: each for key, each in given.items() if key not in ("line", "answer")}
            found += persons_of(from_body(answer, rest, kind.code))
    return found


def _annex(
    body: Mapping[str, Json], persons: list[Person], read: Named, lang: str
) -> tuple[str, ...]:
    """Return the list of persons, where the texts do not name each of them."""
    texts = str(body.get("texts"))
    if all(f"{{p{person.place}." in texts for person in persons):
        return ()
    return tuple(
        word(lang, values)
        if isinstance(values, str)
        else ", ".join(str(values[key]) for key in person.fields if values.get(key))
        for person, values in zip(persons, read, strict=True)
    )


def _columns(
    body: Mapping[str, Json], lang: str, filling: Filling, name: str
) -> tuple[Column, ...]:
    given = body.get("texts", [])
    texts = [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []
    if not texts:
        raise _no_text(name)
    chosen = [each for each in texts if lang in ("", each["lang"])]
    if not chosen:
        raise Refusal(
            "language",
            thing=N_("Notice {name}"),
            rule=N_("it was released in {languages}."),
            remedy=N_("Print it in one of these."),
            name=name,
            languages=", ".join(str(each["lang"]) for each in texts),
        )
    return tuple(
        Column(
            lang=str(each["lang"]),
            role=str(each["role"]),
            text=filling.fill(str(each["text"]), str(each["lang"])),
        )
        for each in chosen
    )


def _ends(thing: NoticeState, author: str, parties: Parties) -> tuple[str, str]:
    """Return the posts of who writes and who is written to, as the notice names them."""
    sender = str(thing.post)
    addressee = str(thing.to or _opposite(sender, parties))
    return (sender, addressee) if author == thing.by else (addressee, sender)


def _opposite(post: str, parties: Parties) -> str:
    """Return to whom a post writes when it names nobody: ministry, or its embassy."""
    other = parties.other(_party(post)).party
    return f"post/{other}-EMBASSY" if post.endswith("-MFA") else f"post/{other}-MFA"


def _party(post: str) -> str:
    return post.removeprefix("post/").partition("-")[0]


def _head(state: State, post: str, other: str, lang: str) -> tuple[str, ...]:
    """Return a sender's name as notes begin with it, and its city, in a language.

    A city is stated in one script: it is left out where the sheet is in another.
    """
    if _party(post) not in state.parties.codes or _party(other) not in state.parties.codes:
        return ()
    spoken = lang if lang in LANGUAGES else "en"
    name = Correspondents(post, other, state.parties, state).places(spoken)["sender"]
    city = _stated(state, post, "city") or _capital(post)
    fits = bool(city) and (CYRILLIC.search(city) is not None) == (spoken == "ru")
    return (name, city) if fits else (name,)


def _capital(post: str) -> str:
    """Return where a ministry is; "" for a post, whose city only its own side states."""
    place = clock_of(_party(post)).place if post.endswith("-MFA") else ""
    return "" if place == UTC_NAME else place


def _stated(state: State, post: str, field: str) -> str:
    """Return what a post's own side states of it, "" where nothing is known."""
    found = state.find(Post, post)
    view = None if found is None else found.view(_party(post))
    told = None if view is None else view.fields.get(field)
    return "" if told is None else str(told.statements[-1].value)


def _no_text(name: str) -> Refusal:
    return Refusal(
        "unknown-text",
        thing=N_("Notice {name}"),
        rule=N_("the record holds no such act with a text to print."),
        remedy=N_("Choose it on the notice's page."),
        name=name[:80],
    )
