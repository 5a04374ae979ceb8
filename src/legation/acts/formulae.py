"""The note verbale: third person, one subject, opening and closing courtesy.

A kind gives the sentence that says what is asked for; this gives the frame around it. Made from
these, a text is a proposal: the officer sees it before clearance and may write another.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from itertools import count
from typing import Final

from legation.acts.codec import fields_of
from legation.acts.compiled import Record
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.kinds.post import Post
from legation.acts.names import (
    Office,
    StateName,
    day_in_words,
    instant_in_words,
    office,
    state_name,
)
from legation.acts.notices import NoticeKind
from legation.acts.parties import Parties
from legation.acts.shapes import Choice, Listing, Shape
from legation.acts.state import State
from legation.acts.values import Day, Instant

NUMBER: Final = {"en": "No. {number}", "ru": "№ {number}", "tr": "No: {number}"}
_OPENING: Final = {
    "en": "The {sender} presents its compliments to the {addressee} and",
    "ru": "{sender} свидетельствует своё уважение {addressee_dative} и",
    "tr": "{sender}, {addressee_dative} saygılarını sunar ve",
}
_REPLY: Final = {
    "en": ", with reference to the {asker}’s note No. {their_number} of {their_date},",
    "ru": " в ответ на ноту {asker_genitive} № {their_number} от {their_date}",
    "tr": " {asker_genitive} {their_date} tarihli ve {their_number} sayılı notasına atıfla",
}
_REFERS: Final = {
    "en": (", with reference to note {notes},", ", with reference to notes {notes},"),
    "ru": (", ссылаясь на ноту {notes},", ", ссылаясь на ноты {notes},"),
    "tr": (" {notes} notaya atıfla", " {notes} notalara atıfla"),
}
_REFERRED: Final = {
    "en": ("No. {number} of {date}", " and "),
    "ru": ("№ {number} от {date}", " и "),
    "tr": ("{date} tarihli ve {number} sayılı", " ile "),
}
_ASKED_BY: Final = {
    "en": "The {short} would be grateful for an answer by {day}.",
    "ru": "{short} {grateful} за ответ до {day}.",
    "tr": "{short}, {day} tarihine kadar cevap verilmesinden memnuniyet duyacaktır.",
}
_CLOSING: Final = {
    "en": (
        "The {short} avails itself of this opportunity to renew to the {addressee_short} the"
        " assurances of its highest consideration."
    ),
    "ru": (
        "{short} пользуется этим случаем, чтобы возобновить {addressee_short_dative} уверения в"
        " своём весьма высоком уважении."
    ),
    "tr": "{short}, bu vesileyle {addressee_short_dative} en derin saygılarını yineler.",
}
_WITHDRAWN: Final = {
    "en": "has the honor to state that it withdraws that note.",
    "ru": "имеет честь сообщить, что указанная нота отзывается.",
    "tr": "anılan notayı geri çektiğini bildirmekten onur duyar.",
}
_LINES: Final = {"en": "list:", "ru": "по списку:", "tr": "liste:"}
_AGAIN: Final = {"en": "The {short}", "ru": "{short}", "tr": "{short},"}
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_AS_RELEASED: Final = frozenset({"number", "date"})


@dataclass(frozen=True, slots=True)
class Correspondents:
    """Who writes to whom: two post ids, and what is known of both."""

    sender: str
    addressee: str
    parties: Parties
    state: State | None = None

    def places(self, lang: str) -> dict[str, str]:
        """Return the names of both in a language, in the cases the frame needs."""
        ours, theirs = self._office(self.sender), self._office(self.addressee)
        our_state, their_state = self._state(self.sender), self._state(self.addressee)
        city = self._city(self.sender)
        if lang == "ru":
            return {
                "sender": f"{ours.ru[0]} {our_state.ru}",
                "addressee_dative": f"{theirs.ru[1]} {their_state.ru}",
                "asker_genitive": theirs.ru_short[2],
                "short": ours.ru_short[0],
                "grateful": ours.ru_grateful,
                "addressee_short_dative": theirs.ru_short[1],
            }
        if lang == "tr":
            return {
                "sender": f"{our_state.tr} {ours.tr[0]}",
                "addressee_dative": f"{their_state.tr} {theirs.tr[1]}",
                "asker_genitive": theirs.tr[4],
                "short": ours.tr[2],
                "addressee_short_dative": theirs.tr[3],
            }
        place = f" in {city}" if city and "Consul" in ours.en[0] else ""
        return {
            "sender": f"{ours.en[0]} of {our_state.en}{place}",
            "addressee": f"{theirs.en[0]} of {their_state.en}",
            "asker": theirs.en[1],
            "short": ours.en[1],
            "addressee_short": theirs.en[1],
        }

    def _party(self, post: str) -> str:
        return post.removeprefix("post/").partition("-")[0]

    def _office(self, post: str) -> Office:
        if post.endswith("-MFA"):
            return office("ministry", self._party(post))
        if post.endswith("-EMBASSY"):
            return office("embassy", self._party(post))
        return office(self._stated(post, "type"), self._party(post))

    def _stated(self, post: str, field: str) -> str:
        """Return what a post's own side states of it, "" when nothing is known."""
        found = None if self.state is None else self.state.find(Post, post)
        view = None if found is None else found.view(self._party(post))
        told = None if view is None else view.fields.get(field)
        return "" if told is None else str(told.statements[-1].value)

    def _city(self, post: str) -> str:
        return self._stated(post, "city")

    def _state(self, post: str) -> StateName:
        party = self._party(post)
        return state_name(party, self.parties.own(party).name)


def languages(sender: str, addressee: str) -> tuple[str, ...]:
    """Return the languages of a note between two parties, or posts of them: the sender's first."""
    parties = (name.removeprefix("post/").partition("-")[0] for name in (sender, addressee))
    ours, theirs = (state_name(party, "").language for party in parties)
    return tuple(dict.fromkeys((ours, theirs)))


def note_text(
    lang: str,
    who: Correspondents,
    sentence: str,
    form: object,
    *,
    asked_by: Day | None = None,
    refers: Sequence[str] = (),
) -> str:
    """Return the whole text of a note whose subject a kind's `sentence` says.

    refers: ids of the notes that it refers to; named are those that the state holds.
    """
    names = who.places(lang)
    told = {**spoken(form, lang), **(form.said(lang) if isinstance(form, NoticeKind) else {})}
    opening = _filled(_OPENING[lang], names) + _referring(lang, who, refers)
    parts = [
        NUMBER[lang],
        f"{opening} {_filled(sentence, told)}",
        *_asked(lang, names, asked_by),
        _filled(_CLOSING[lang], names),
        "{date}",
    ]
    return "\n\n".join(parts)


def _referring(lang: str, who: Correspondents, refers: Sequence[str]) -> str:
    """Return the words that name other notes by number and day, "" where none is known."""
    found = () if who.state is None else [who.state.find(NoticeState, name) for name in refers]
    each, between = _REFERRED[lang]
    named = [
        each.format(number=note.number, date=day_in_words(note.at[:10], lang))
        for note in found
        if note is not None
    ]
    if not named:
        return ""
    return _REFERS[lang][len(named) > 1].format(notes=between.join(named))


def reply_text(
    lang: str,
    who: Correspondents,
    notice: NoticeState,
    sentences: Sequence[tuple[int, str, object]],
) -> str:
    """Return the whole text of a reply. sentences: (line, formula, answer) of each line answered.

    Lines that say the same share a sentence, which names them where the notice has several.
    """
    names = who.places(lang)
    their = {
        **names,
        "their_number": notice.number,
        "their_date": day_in_words(notice.at[:10], lang),
    }
    opening = _filled(_OPENING[lang], names) + _filled(_REPLY[lang], their)
    lines: dict[str, list[int]] = {}
    for line, formula, answer in sentences:
        lines.setdefault(_filled(formula, spoken(answer, lang)), []).append(line)
    first, *more = (
        f"{said} ({_LINES[lang]} {in_runs(places)})" if len(notice.lines) > 1 else said
        for said, places in lines.items()
    )
    again = (f"{_filled(_AGAIN[lang], names)} {said}" for said in more)
    return "\n\n".join([f"{opening} {first}", *again, _filled(_CLOSING[lang], names)])


def in_runs(lines: Sequence[int]) -> str:
    """Return numbers with runs drawn together: "1–3, 7"."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)


def withdrawal_text(lang: str, who: Correspondents, notice: NoticeState) -> str:
    """Return the whole text by which a side takes its own note back."""
    return reply_text(lang, who, replace(notice, lines=()), [(1, _WITHDRAWN[lang], None)])


def _asked(lang: str, names: Mapping[str, str], asked_by: Day | None) -> list[str]:
    if asked_by is None:
        return []
    return [_filled(_ASKED_BY[lang], {**names, "day": day_in_words(asked_by, lang)})]


def spoken(form: object, lang: str) -> dict[str, str]:
    """Return a form's fields as a note says them in a language, `{p1.name}` for the personal."""
    return {} if form is None else _said(form, lang, count(1))


def _said(form: object, lang: str, persons: "count[int]") -> dict[str, str]:
    places = fields_of(type(form))
    # Numbered as `codec.split` sets them apart: outer before inner, in the order of fields.
    person = next(persons) if any(place.personal for place in places) else 0
    out = {}
    for place in places:
        if person and place.name == "person":
            continue
        value = getattr(form, place.name)
        personal = place.personal and value not in (None, "")
        out[place.key] = (
            f"{{p{person}.{place.key}}}"
            if personal
            else _in_words(value, place.shape, lang, persons)
        )
    return out


def _in_words(value: object, shape: Shape, lang: str, persons: "count[int]") -> str:
    if value is None:
        return ""
    if isinstance(shape, Choice):
        return shape.said.get(lang, {}).get(str(value), str(value))
    if isinstance(value, Instant):
        return instant_in_words(value, lang)
    if isinstance(value, Day):
        return day_in_words(value, lang)
    if isinstance(value, tuple):
        item = shape.item if isinstance(shape, Listing) else shape
        return "; ".join(_in_words(each, item, lang, persons) for each in value)
    if is_dataclass(value):
        return ", ".join(said for said in _said(value, lang, persons).values() if said)
    return str(value)


def unsaid(form: type[object], formulae: Mapping[str, str], beside: Sequence[str]) -> list[str]:
    """Return the places of formulae that hold a choice for which a language has no words.

    beside: places that the form's own `said` fills in.
    """
    shapes = {place.key: place.shape for place in fields_of(form)}
    return [
        f"{lang}: {name}"
        for lang, template in formulae.items()
        for name in places_of(template)
        if name in shapes and name not in beside and not _is_said(shapes[name], lang)
    ]


def _is_said(shape: Shape, lang: str) -> bool:
    if isinstance(shape, Choice):
        return lang in shape.said
    if isinstance(shape, Listing):
        return _is_said(shape.item, lang)
    return not isinstance(shape, Record) or all(
        place.personal or _is_said(place.shape, lang) for place in shape.places
    )


def places_of(template: str) -> tuple[str, ...]:
    """Return the names of the places that a formula fills in."""
    return tuple(name for name in _PLACE.findall(template) if name not in _AS_RELEASED)


def _filled(template: str, places: Mapping[str, str]) -> str:
    """Fill in places in one pass: what an officer wrote is never read as a template."""
    return _PLACE.sub(
        lambda found: found.group() if found[1] in _AS_RELEASED else places[found[1]], template
    )
