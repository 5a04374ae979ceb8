"""Forms of answers: one answer to a notice of one line, or a sheet with an answer a line.

On the sheet one control gives the same answer to every line, and each line may say otherwise or
wait. Which answers there are, and what each says besides its name, the kind declares.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext

from legation.acts.codec import fields_of, from_body, from_json
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.notices import Answer
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries import book as desk
from legation.notices import rows
from legation.notices.fields import Around, Asked, Entry, Part, entries_of
from legation.notices.forms import ActForm, GroupView, around_of
from legation.notices.persons import PersonOf
from legation.notices.queries.lists import kind_of
from legation.notices.rows import Data
from legation.notices.wording import roles_shown, text_parts, with_texts
from legation.record.canon import Json

SAME: Final = "same"
ALL: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """One allowed answer and its form. title: an untranslated message."""

    code: str
    title: str
    final: bool
    form: ActForm


def allowed(thing: NoticeState) -> tuple[type[Answer], ...]:
    """Return the answers that a notice allows as it stands."""
    return from_body(kind_of(thing.kind, thing.version), thing.fields, thing.id).allowed()


def answer_forms(
    node: Node, notice: str, *, data: Mapping[str, Any] | None = None
) -> tuple[AnswerForm, ...]:
    """Return a form for each answer that a notice's kind allows.

    data: what was posted; it names the answer (`answer`), and only that form takes it.
    Raises Refusal "unknown-subject".
    """
    thing = asked(node, notice)
    around, langs = around_of(node)
    chosen = "" if data is None else str(data.get("answer", ""))
    return tuple(
        AnswerForm(
            code=cls.code,
            title=cls.title,
            final=cls.final,
            form=_answer_form(cls, thing, around, langs, data=data if cls.code == chosen else None),
        )
        for cls in allowed(thing)
    )


def answer_form(node: Node, notice: str, *, data: Mapping[str, Any]) -> AnswerForm:
    """Return the form of the answer that was posted. Raises Refusal "choice" for no such one."""
    forms_here = answer_forms(node, notice, data=data)
    chosen = str(data.get("answer", ""))
    found = next((each for each in forms_here if each.code == chosen), None)
    if found is None:
        raise Refusal(
            "choice",
            thing=N_("Notice {name}"),
            rule=N_("“{answer}” is no answer to it; the answers are {answers}."),
            remedy=N_("Choose one of them."),
            name=notice,
            answer=chosen[:80],
            answers=", ".join(each.code for each in forms_here),
        )
    return found


def asked(node: Node, notice: str) -> NoticeState:
    """Return the notice as it stands. Raises Refusal "unknown-subject"."""
    thing = desk.thing(node, notice)
    if not isinstance(thing, NoticeState):
        raise _unknown(notice)
    return thing


def _answer_form(
    cls: type[Answer],
    thing: NoticeState,
    around: Around,
    langs: tuple[str, ...],
    *,
    data: Mapping[str, Any] | None,
) -> ActForm:
    entries: list[Entry] = _fields(cls, around, prefix="", count=rows.counter(data, {}))
    own = {place.key for place in fields_of(cls)}
    entries += text_parts(langs)
    widget = forms.HiddenInput()
    named = Asked(required=False, widget=widget, initial=cls.code)
    entries.append(Part(name="answer", field=named, read=lambda _: None))
    texts = with_texts(langs)

    def shape(filled: Data) -> Data:
        filled = texts(filled)
        fields = {key: filled.pop(key) for key in list(filled) if key in own}
        return {**filled, "lines": [{"line": 1, "answer": cls.code, **fields}]}

    told = thing.fields if isinstance(thing.fields, dict) else {}
    begun = {key: told[key] for key in cls.as_asked if key in told}
    return ActForm(entries, data=data, filled=begun, apart=cls.code, shape=shape)


def _fields(cls: type[Answer], around: Around, *, prefix: str, count: Any) -> list[Entry]:
    return list(entries_of(cls, fields_of(cls), around, prefix=prefix, count=count))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line of the sheet. number: 0 is the answer for all. choice: which answer it gets."""

    number: int
    person: PersonOf | None
    choice: BoundField
    entries: tuple[BoundField | GroupView, ...]


class AnswerSheet(ActForm):
    """One page that answers each line, or all alike, or some now and the others later."""

    def __init__(
        self,
        thing: NoticeState,
        around: Around,
        langs: tuple[str, ...],
        *,
        lines: tuple[int, ...],
        data: Mapping[str, Any] | None = None,
        filled: Mapping[str, Json] | None = None,
    ) -> None:
        self._answers = {cls.code: cls for cls in allowed(thing)}
        self._lines = lines
        self._around = around
        begun = _as_sheet(filled)
        self._chosen = {
            place: self._choice(place, data, begun) for place in (ALL, *map(_place, lines))
        }
        self._texts = with_texts(langs)
        self.people: Mapping[int, PersonOf] = {}
        super().__init__(
            [*self._all_entries(data, begun), *_words(), *text_parts(langs)],
            data=data,
            initial=roles_shown(langs, filled),
            filled=begun,
            apart="sheet",
            shape=self._shaped,
        )
        self.initial.update(self.counters())

    def _choice(self, place: str, data: Mapping[str, Any] | None, begun: Mapping[str, Json]) -> str:
        usual = "" if place == ALL or begun else SAME
        told_here = (
            rows.at(begun, f"{place}__answer") if data is None else data.get(f"{place}__answer")
        )
        return str(usual if told_here is None else told_here)[:80]

    def _all_entries(
        self, data: Mapping[str, Any] | None, begun: Mapping[str, Json]
    ) -> list[Entry]:
        count = rows.counter(data, begun)
        found: list[Entry] = []
        for place, chosen in self._chosen.items():
            found.append(self._which(place, chosen))
            cls = self._answers.get(chosen)
            if cls is not None:
                prefix = f"{place}__says__"
                found += _fields(cls, self._around, prefix=prefix, count=count)
        return found

    def _which(self, place: str, chosen: str) -> Part:
        named = [(code, gettext(cls.title)) for code, cls in self._answers.items()]
        if place == ALL:
            label, choices = gettext("The same answer for all lines"), [("", "–"), *named]
        else:
            # Its legend numbers the line; a reader of fields alone hears which one it is.
            label = gettext("Answer to line %(n)s") % {"n": place.removeprefix("line")}
            first = [(SAME, gettext("As for all")), ("", gettext("Not now"))]
            choices = [*first, *named]
        field = Asked(
            label=label,
            widget=forms.Select(choices=choices),
            required=False,
            initial=chosen,
        )
        return Part(name=f"{place}__answer", field=field, read=lambda raw: str(raw or "") or None)

    @property
    def numbers(self) -> str:
        """The lines that it asks about, as the page says them back: "1 2 3"."""
        return " ".join(map(str, self._lines))

    def sheet(self) -> list[SheetLine]:
        """Return the answer for all, then each line, as the page draws them."""
        out = []
        for number, place in enumerate(self._chosen):
            prefix = f"{place}__says__"
            mine = [entry for entry in self.entries if entry.name.startswith(prefix)]
            line_number = 0 if number == 0 else self._lines[number - 1]
            out.append(
                SheetLine(
                    number=line_number,
                    person=self.people.get(line_number),
                    choice=self[f"{place}__answer"],
                    entries=tuple(self._views(mine)),
                )
            )
        return out

    def rest(self) -> list[BoundField | GroupView]:
        """Return what stands below the lines: words and texts."""
        places = tuple(f"{place}__" for place in self._chosen)
        apart = (*places, "text_", "role_")
        return self._views(entry for entry in self.entries if not entry.name.startswith(apart))

    def _shaped(self, filled: Data) -> Data:
        filled = self._texts(filled)
        said = {place: filled.pop(place, None) for place in self._chosen}
        lines: list[Json] = []
        faults: list[Refusal] = []
        for number in self._lines:
            place = _place(number)
            chosen = self._chosen[place]
            source = ALL if chosen == SAME else place
            cls = self._answers.get(self._chosen[source])
            if cls is None:
                continue
            block = said[source]
            fields = block.get("says", {}) if isinstance(block, dict) else {}
            assert isinstance(fields, dict)
            faults += _faults(cls, fields, f"{source}.says")
            lines.append({"line": number, "answer": cls.code, **fields})
        if faults:
            first, *others = _once(faults)
            first.others = tuple(others)
            raise first
        return {**filled, "lines": lines}


def _words() -> list[Part]:
    field = Asked(
        label=gettext("Words"),
        help_text=gettext("Stands beside all that is answered here."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 2_000}),
        required=False,
    )
    return [Part(name="words", field=field, read=lambda raw: str(raw or "").strip() or None)]


def _place(number: int) -> str:
    return f"line{number}"


def _faults(cls: type[Answer], fields: Mapping[str, Json], prefix: str) -> list[Refusal]:
    """Return all that is wrong with one answer, each with the place of its field on the sheet."""
    try:
        from_json(cls, dict(fields), cls.code)
    except Refusal as refusal:
        found = [refusal, *refusal.others]
        refusal.others = ()
        for one in found:
            one.values = {**one.values, "field": f"{prefix}.{one.values.get('field', '')}"}
        return found
    return []


def _once(faults: list[Refusal]) -> list[Refusal]:
    """Return each fault once: what all lines share is said where it was typed."""
    return list({(str(one.values.get("field")), one.rule): one for one in faults}.values())


def _as_sheet(filled: Mapping[str, Json] | None) -> dict[str, Json]:
    """Return an answer's data as the sheet shows it: each line by itself."""
    if filled is None:
        return {}
    out: dict[str, Json] = {key: value for key, value in filled.items() if key != "lines"}
    lines = filled.get("lines")
    for each in lines if isinstance(lines, list) else ():
        if isinstance(each, dict):
            says = {key: value for key, value in each.items() if key not in {"line", "answer"}}
            out[f"line{each.get('line')}"] = {"answer": each.get("answer"), "says": says}
    texts = filled.get("texts")
    for text in texts if isinstance(texts, list) else ():
        if isinstance(text, dict):
            out[f"text_{text.get('lang')}"] = text.get("text")
    return out


def answer_sheet(
    node: Node,
    notice: str,
    *,
    data: Mapping[str, Any] | None = None,
    filled: Mapping[str, Json] | None = None,
) -> AnswerSheet:
    """Return the sheet for a notice: its lines without a final answer, or all for a change.

    filled: what a draft, or an entry that is corrected, says already; its lines are there too.
    Raises Refusal "unknown-subject".
    """
    thing = asked(node, notice)
    around, langs = around_of(node)
    still = tuple(each.line for each in thing.lines if each.final is None)
    shown = {*(still or (each.line for each in thing.lines)), *_lines_of(filled)}
    lines = tuple(each.line for each in thing.lines if each.line in shown)
    return AnswerSheet(thing, around, langs, lines=lines, data=data, filled=filled)


def _lines_of(filled: Mapping[str, Json] | None) -> list[Json]:
    lines = None if filled is None else filled.get("lines")
    return [
        each.get("line")
        for each in (lines if isinstance(lines, list) else ())
        if isinstance(each, dict)
    ]


def _unknown(name: str) -> Refusal:
    return Refusal(
        "unknown-subject",
        thing=N_("Notice {name}"),
        rule=N_("the record holds no such notice."),
        remedy=N_("Choose it from the list of notices."),
        name=name[:80],
    )
