"""Forms drawn from a kind's own declaration: a notice, a withdrawal, a closing.

A form has the fields that the kind declares, in their order, and gives the JSON that the
services take (`as_data`); what the services refuse comes back to the fields it names. Nothing
here names a kind, and nothing here decides what is right. Answers: `answering`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext

from legation.acts.catalogue import newest_kind
from legation.acts.codec import fields_of
from legation.acts.drafting import Envelope
from legation.acts.kinds.notice import NoticeClosed, NoticeWithdrawn
from legation.acts.notices import NoticeKind
from legation.errors import Refusal
from legation.line.node import Node
from legation.notices import rows
from legation.notices.choosing import around_of, with_notices
from legation.notices.fields import (
    PERSON,
    Around,
    Asked,
    Entry,
    Group,
    Part,
    described,
    entries_of,
    parts_of,
)
from legation.notices.moments import Choices
from legation.notices.noted import beside_stated, with_posts
from legation.notices.rows import Data
from legation.notices.wording import roles_shown, text_parts, with_texts
from legation.officers.models import Draft
from legation.record.canon import Json

__all__ = ["ActForm", "Data", "GroupView", "around_of", "described", "notice_form"]
REFERS_MOST: Final = 20
_HELD_APART: Final = frozenset({"kind", "texts", "languages", "refers", "reply", "files"})
"""Fields of the envelope that the form asks for in its own way, or not at all."""
EXTRAS: Final = frozenset({"to", "reference", "refers"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Picking:
    """Rows from elsewhere, for the list of this name: whom to choose from, or what is wrong."""

    name: str
    words: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    faults: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row of a list: its number and what it asks for."""

    number: int
    entries: "tuple[BoundField | GroupView, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A list of a form as a page draws it. counter: holds the number of rows, and the errors."""

    group: Group
    counter: BoundField
    rows: tuple[RowView, ...]
    is_group: bool = True

    @property
    def errors(self) -> bool:
        """Tell whether anything is wrong with the list or in it."""
        inside = (entry.errors for row in self.rows for entry in row.entries)
        return bool(self.counter.errors) or any(map(bool, inside))

    @property
    def full(self) -> bool:
        """Tell whether the list has as many rows as it may."""
        return len(self.rows) >= self.group.most


class ActForm(forms.Form):
    """A form of declared entries.

    apart: keeps the ids of several forms on one page apart. shape: last change to the data.
    filled: data to begin from, as `as_data` gives it.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        *,
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
        filled: Mapping[str, Json] | None = None,
        apart: str = "act",
        shape: Callable[[Data], Data] = dict,
    ) -> None:
        self.entries = tuple(entries)
        begun = {**(initial or {}), **rows.shown(self.entries, filled or {})}
        super().__init__(data, initial=begun, auto_id=f"id_{apart}_%s")
        self._shape = shape
        self._places: rows.Places = {}
        self.picking: Picking | None = None
        self.fields.update({part.name: part.field for part in rows.leaves(self.entries)})
        self.groups = {group.name: group for group in rows.groups(self.entries)}
        for group in self.groups.values():
            self.fields[group.counter] = Asked(required=False, widget=forms.HiddenInput())

    def as_data(self) -> Data:
        """Return what was filled in, as the services take it; what was left empty is left out."""
        self.full_clean()
        self._places = {}
        return self._shape(rows.read(self.entries, self.cleaned_data, self._places))

    def drafts(self, make: Callable[[Data], Draft]) -> Draft | None:
        """Have a draft made of what was filled in; None when refused: the form says why."""
        try:
            return make(self.as_data())
        except Refusal as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal, and those found beside it, to the fields that they name."""
        for one in (refusal, *refusal.others):
            name = self.named(str(one.values.get("field", "")))
            words = one.as_dict(gettext)
            told = words["sentence"] if name is None else f"{words['rule']} {words['remedy']}"
            self.add_error(name, told)

    def named(self, path: str) -> str | None:
        """Return the form's field for a dotted path: "amount.minor", "members.2.name", "texts.1".

        A path counts the entries of a list that say something; the form counts its rows.
        """
        steps = [step for step in re.sub(r"^(lines\.\d+|fields)\.", "", path).split(".") if step]
        for length in range(len(steps), 0, -1):
            name = self._place(steps[:length])
            for found in (name, f"{name}__rows"):
                if found in self.fields:
                    return found
        if steps[:1] == ["texts"]:
            return next((name for name in self.fields if name.startswith("text_")), None)
        return None

    def _place(self, steps: Sequence[str]) -> str:
        for length in range(len(steps), 0, -1):
            row = self._places.get(".".join(steps[:length]))
            if row is not None:
                return "__".join([row, *steps[length:]])
        return "__".join(steps)

    def typed(self) -> list[str]:
        """Return every text in it, as typed or as it was filled at first."""
        own = (str(self[name].value() or "") for name in self.fields)
        return [text for text in own if not text.isascii()]

    def asked_first(self) -> list[BoundField | GroupView]:
        """Return what everybody fills in: the kind's own fields, and who writes."""
        return self._views(entry for entry in self.entries if not _is_extra(entry.name))

    def asked_if_wanted(self) -> list[BoundField | GroupView]:
        """Return what most leave empty: addressee, reference."""
        return self._views(entry for entry in self.entries if entry.name in EXTRAS)

    def texts(self) -> list[tuple[BoundField, BoundField]]:
        """Return the role and the text of each language, to stand beside one another."""
        named = (name.removeprefix("role_") for name in self.fields if name.startswith("role_"))
        return [(self[f"role_{lang}"], self[f"text_{lang}"]) for lang in named]

    def texts_wrong(self) -> bool:
        """Tell whether a text or its role has something against it."""
        return any(bound.errors for pair in self.texts() for bound in pair)

    def _views(self, entries: Iterable[Entry]) -> list[BoundField | GroupView]:
        return [
            self[entry.name] if isinstance(entry, Part) else self.view(entry)
            for entry in entries
            if isinstance(entry, Group) or not entry.field.widget.is_hidden
        ]

    def view(self, group: Group) -> GroupView:
        """Return a list as a page draws it."""
        return GroupView(
            group=group,
            counter=self[group.counter],
            rows=tuple(
                RowView(number=number, entries=tuple(self._views(row)))
                for number, row in enumerate(group.rows, start=1)
            ),
        )

    def counters(self) -> dict[str, int]:
        """Return how many rows each list has, for the fields that count them."""
        return {group.counter: len(group.rows) for group in self.groups.values()}


def _is_extra(name: str) -> bool:
    return name in EXTRAS or name.startswith(("text_", "role_"))


def notice_form(
    node: Node,
    kind: str,
    *,
    data: Mapping[str, Any] | None = None,
    post: str = "",
    filled: Mapping[str, Json] | None = None,
    theirs: bool = False,
    about: Sequence[str] = (),
    pairs: Choices = (),
) -> ActForm:
    """Return the form of a notice of this kind. Raises Refusal "kind".

    post: chosen at first. filled: data to begin from, of a draft or a template. theirs: of one
    that came on paper. about: ids of things, chosen at first where the kind asks for such a one.
    pairs: notices to choose from, where it names one; without them its number is typed.
    """
    cls = newest_kind(kind)
    around, langs = around_of(node, theirs=theirs)
    known = partial(beside_stated, node, filled=filled, theirs=theirs)
    count = rows.counter(data, filled or {})
    envelope = {place.key: place for place in fields_of(Envelope) if place.key not in _HELD_APART}
    sender, addressee = reversed(around.parties) if theirs else around.parties
    # What a sending state asks for happens in the receiving state: its clock is the first.
    there = (addressee, sender) if cls.sent_by == "sending" else (sender, addressee)
    entries = [
        *parts_of(envelope.pop("post"), with_posts(around, sender, known(sender))),
        *entries_of(
            cls,
            fields_of(cls),
            with_notices(replace(around, parties=there), cls, pairs, (data or {}, filled or {})),
            count=count,
            open_=cls.fills,
        ),
        *parts_of(envelope.pop("to"), with_posts(around, addressee, known(addressee))),
        *(e for place in envelope.values() for e in parts_of(place, around)),
        _refers(),
        *text_parts(langs),
    ]
    chosen = f"post/{(post or f'{sender}-MFA').removeprefix('post/')}"
    initial = {"asked_by": _asked_by(node, cls), "post": chosen, **roles_shown(langs, filled)}
    initial |= _about(cls, about)
    if filled is not None:
        initial.pop("asked_by")
    form = ActForm(
        entries, data=data, initial=initial, filled=_flat(filled), shape=with_texts(langs)
    )
    form.initial.update(form.counters())
    return form


def _about(cls: type[NoticeKind], about: Sequence[str]) -> dict[str, str]:
    """Return the fields that name a thing, with the first of these that is such a thing."""
    found = {}
    for place in fields_of(cls):
        kind = getattr(place.shape, "kind", None)
        named = next((each for each in about if kind and each.partition("/")[0] == kind), None)
        if named is not None:
            found[place.key] = named
    return found


def _flat(filled: Mapping[str, Json] | None) -> dict[str, Json] | None:
    """Return data with each text beside the fields, as the form asks for it."""
    if filled is None:
        return None
    texts = filled.get("texts")
    flat = dict(filled)
    for text in texts if isinstance(texts, list) else ():
        if isinstance(text, dict):
            flat[f"text_{text.get('lang')}"] = text.get("text")
    return flat


def withdraw_form(
    *, data: Mapping[str, Any] | None = None, filled: Mapping[str, Json] | None = None
) -> ActForm:
    """Return the form of a withdrawal."""
    return _plain(NoticeWithdrawn, data, filled, "withdraw")


def close_form(
    *, data: Mapping[str, Any] | None = None, filled: Mapping[str, Json] | None = None
) -> ActForm:
    """Return the form of a closing."""
    return _plain(NoticeClosed, data, filled, "close")


def _plain(
    cls: type[object],
    data: Mapping[str, Any] | None,
    filled: Mapping[str, Json] | None,
    apart: str,
) -> ActForm:
    nothing = Around(things={}, parties=())
    places = (place for place in fields_of(cls) if place.key not in {"texts", "files"})
    entries = entries_of(cls, list(places), nothing)
    return ActForm(entries, data=data, filled=filled, apart=apart)


def _refers() -> Part:
    field = Asked(
        label=gettext("Refers to"),
        help_text=gettext("Numbers of earlier notices, one a line."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def read(raw: object) -> Json:
        named = re.split(r"[\s,;]+", str(raw or "").strip())
        return [name for name in named if name][:REFERS_MOST] or None

    def show(value: object) -> str:
        return "\n".join(map(str, value)) if isinstance(value, list) else ""

    return Part(name="refers", field=field, read=read, show=show)


def _asked_by(node: Node, cls: type[NoticeKind]) -> str | None:
    """Return the day that a kind asks for by default."""
    if cls.clock is None or cls.clock.unit != "days":
        return None
    return f"{node.clock() + timedelta(days=cls.clock.amount):%Y-%m-%d}"


def impersonal(kind: str, data: Mapping[str, Json]) -> Data:
    """Return data without what is personal in it: rows of persons, and fields marked so."""
    places = {place.key: place for place in fields_of(newest_kind(kind))}
    return {
        key: value
        for key, value in data.items()
        if key != PERSON
        and not (key in places and (places[key].personal or places[key].shape.personal))
    }
