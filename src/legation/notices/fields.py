"""Form fields drawn from a declared type: one widget and one reader for each shape.

The reader gives the JSON that a program would have written; whether it is right is decided in
one place, by the codec, and its refusals come back to the field (`forms`). So nothing here
validates, and no kind is known.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from django import forms
from django.utils.translation import gettext

from legation.acts.codec import Place, Record, fields_of
from legation.acts.money import AMOUNTS, CURRENCY
from legation.acts.shapes import Boolean, Choice, Integer, Listing, Shape, Text, WrittenText
from legation.acts.values import Day, Id, Instant
from legation.notices.moments import Choices, ZonedInput, read_instant, zones_of
from legation.record.canon import Json
from legation.ui.templatetags.parts import label as in_words

ONE_LINE: Final = 200
LONG: Final = 1_000
PERSON: Final = "person"
NOTICE: Final = "notice"
Read = Callable[[Any], Json]
Show = Callable[[Any], object]
Count = Callable[[str], int | None]
"""How many rows a list has that is drawn below a name; None: nothing says, so as few as may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a form is drawn with: things to choose from by their kind, and both parties."""

    things: Mapping[str, Choices]
    parties: tuple[str, ...]


def _same(value: object) -> object:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One field of a form. name: in the form, "outer__inner" below. read: its JSON, or None.

    show: what its widget shows for a JSON value. currency: for an amount of money, the name of
    the field whose currency says how many of its digits stand after the point.
    """

    name: str
    field: forms.Field
    read: Read
    show: Show = _same
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A list whose entries have several fields each: so many rows of parts, numbered from 1.

    name: in the form; `{name}__rows` counts the rows, `{name}__2__rank` is a field of the second.
    personal: whether its fields tell of persons. item: the shape of one entry.
    """

    name: str
    label: str
    hint: str
    least: int
    most: int
    personal: bool
    item: Record
    rows: "tuple[tuple[Entry, ...], ...]"
    sample: "tuple[Entry, ...]"
    """What one row asks for, where there is none yet."""

    @property
    def is_top(self) -> bool:
        """Whether it stands in the form itself, not in a row of another list."""
        return "__" not in self.name

    @property
    def counter(self) -> str:
        """Return the name of the field that counts the rows and bears what is wrong with them."""
        return f"{self.name}__rows"


Entry: TypeAlias = Part | Group


@dataclass(frozen=True, slots=True)
class Drawn:
    """How one shape is asked for."""

    widget: forms.Widget
    read: Read
    hint: str = ""
    show: Show = _same


class Asked(forms.Field):
    """A field that takes what was typed as it is; the codec judges it.

    personal: it tells of a person, travels beside the act and can be erased.
    """

    def __init__(self, *, personal: bool = False, **how: Any) -> None:
        super().__init__(**how)
        self.personal = personal

    def validate(self, value: object) -> None:
        """Leave it to the codec, which tells all faults at once."""

    def run_validators(self, value: object) -> None:
        """Leave it to the codec."""


def _one(_name: str) -> int:
    return 1


def parts_of(
    place: Place, around: Around, *, prefix: str = "", count: Count = _one
) -> Iterator[Entry]:
    """Yield what asks for one declared field: one part, those of a dataclass, or a group of rows.

    count: how many rows a list has, by its name in the form.
    """
    name = prefix + place.key
    if isinstance(place.shape, Record):
        cls, places = place.shape.cls, place.shape.places
        yield from entries_of(cls, places, around, prefix=f"{name}__", count=count)
    elif isinstance(place.shape, Listing) and isinstance(place.shape.item, Record):
        yield _group(place, place.shape, place.shape.item, around, name=name, count=count)
    else:
        yield _part(place, around, name)


def entries_of(
    cls: type[object],
    places: Sequence[Place],
    around: Around,
    *,
    prefix: str = "",
    count: Count = _one,
    open_: Collection[str] = (),
) -> Iterator[Entry]:
    """Yield what asks for the fields of a dataclass; a person's number is kept, not asked for.

    open_: fields for which nothing is chosen beforehand: left so, the rule in force tells them.
    """
    told = described(cls)
    about_person = any(place.personal for place in places)
    is_money = any(place.key == CURRENCY for place in places)
    for place in places:
        if about_person and place.key == PERSON:
            yield hidden(prefix + place.key)
            continue
        for drawn in parts_of(place, around, prefix=prefix, count=count):
            entry = drawn
            if is_money and place.key in AMOUNTS and isinstance(drawn, Part):
                entry = _money(drawn, prefix + CURRENCY)
            hint = told.get(place.key, "")
            if isinstance(entry, Part) and entry.name == prefix + place.key and " " in hint:
                entry.field.help_text = f"{gettext(hint)} {entry.field.help_text}".strip()
            if isinstance(entry, Part) and place.key in open_:
                entry.field.initial = None
                left = gettext("Left open, it is filled in from the rule in force.")
                entry.field.help_text = f"{entry.field.help_text} {left}".strip()
            yield entry


def _money(part: Part, currency: str) -> Part:
    """Return an amount that is asked for as people write it, in the currency beside it."""
    field = Asked(
        label=part.field.label,
        help_text=gettext("As it is written: 1200.50."),
        widget=forms.TextInput(attrs={"maxlength": 24, "inputmode": "decimal"}),
        required=part.field.required,
    )
    return Part(name=part.name, field=field, read=_text, currency=currency)


def hidden(name: str) -> Part:
    """Return a part that keeps a value which nobody types."""
    return Part(name=name, field=Asked(required=False, widget=forms.HiddenInput()), read=_text)


def _group(
    place: Place, shape: Listing, item: Record, around: Around, *, name: str, count: Count
) -> Group:
    told = count(name)
    asked = shape.least if told is None else min(told, shape.most)

    def row(number: int) -> tuple[Entry, ...]:
        prefix = f"{name}__{number}__"
        return tuple(entries_of(item.cls, item.places, around, prefix=prefix, count=count))

    rows = tuple(row(number) for number in range(1, asked + 1))
    return Group(
        name=name,
        label=gettext(in_words(place.key)),
        hint=gettext("At most %(most)d.") % {"most": shape.most},
        least=shape.least,
        most=shape.most,
        personal=any(each.personal for each in item.places),
        item=item,
        rows=rows,
        sample=rows[0] if rows else row(1),
    )


def _part(place: Place, around: Around, name: str) -> Part:
    drawn = _drawn(place.shape, around, required=place.required)
    return Part(
        name=name,
        field=Asked(
            label=gettext(in_words(place.key)),
            help_text=drawn.hint,
            required=place.required,
            widget=drawn.widget,
            initial=_initial(place.default),
            personal=place.personal,
        ),
        read=drawn.read,
        show=drawn.show,
    )


def described(cls: type[object]) -> dict[str, str]:
    """Return what a class's docstring says of its fields: name -> a sentence."""
    names = "|".join(re.escape(place.key) for place in fields_of(cls))
    if not names:
        return {}
    doc = " ".join((cls.__doc__ or "").split())
    mark = rf"(?:^|(?<=[.;:] ))((?:{names})(?:, (?:{names}))*): "
    pieces = re.split(mark, doc)
    out: dict[str, str] = {}
    for keys, words in zip(pieces[1::2], pieces[2::2], strict=True):
        sentence = words.strip()
        for key in keys.split(", "):
            out[key] = sentence[:1].upper() + sentence[1:]
    return out


def _initial(default: object) -> object:
    """Return a default as a form shows it: numbers and words; nothing for what is left out."""
    if isinstance(default, bool):
        return "true" if default else "false"
    return default if isinstance(default, int | str) and default != "" else None


def _drawn(shape: Shape, around: Around, *, required: bool) -> Drawn:
    """Return how a shape is asked for."""
    if isinstance(shape, Text):
        return Drawn(_text_widget(shape.most), _text, _written_how(shape))
    if isinstance(shape, WrittenText):
        return _written(shape, around, required=required)
    if isinstance(shape, Integer):
        limits = {"min": shape.least, "max": shape.most, "inputmode": "numeric"}
        hint = gettext("From %(least)d to %(most)d.") % {"least": shape.least, "most": shape.most}
        return Drawn(forms.NumberInput(attrs=limits), _whole, hint)
    if isinstance(shape, Boolean):
        yes_no = (("true", gettext("Yes")), ("false", gettext("No")))
        return Drawn(forms.RadioSelect(choices=yes_no), _boolean, "", _initial)
    if isinstance(shape, Choice):
        words = [(word, gettext(in_words(word))) for word in shape.words]
        return Drawn(_select(words, required=required), _text)
    if isinstance(shape, Listing) and not isinstance(shape.item, Listing):
        return _listing(shape, around)
    widget = forms.Textarea(attrs={"rows": 4, "class": "code"})
    return Drawn(widget, _any_json, gettext("As JSON."), _dumped)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _written_how(shape: Text) -> str:
    """Return the form that a text must have, else how long it may be."""
    rule = "" if shape.matches is None else gettext(shape.matches.rule)
    return rule[:1].upper() + rule[1:] or _at_most(shape.most)


def _at_most(most: int) -> str:
    return gettext("At most %(most)d characters.") % {"most": most} if most < LONG * 10 else ""


def _text_widget(most: int) -> forms.Widget:
    if most <= ONE_LINE:
        return forms.TextInput(attrs={"maxlength": most})
    return forms.Textarea(attrs={"maxlength": most, "rows": 10 if most > LONG else 4})


def _written(shape: WrittenText, around: Around, *, required: bool) -> Drawn:
    if issubclass(shape.cls, Instant):
        zones = zones_of(around.parties)
        return Drawn(ZonedInput(zones), read_instant, gettext("With the place whose clock it is."))
    if issubclass(shape.cls, Day):
        return Drawn(forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), _text)
    known = around.things.get(shape.kind or "", ()) if issubclass(shape.cls, Id) else ()
    if known:
        return Drawn(_select(known, required=required), _text)
    of_notice = shape.kind == NOTICE and issubclass(shape.cls, Id)
    hint = gettext("Its number, as in the list of notices.") if of_notice else ""
    return Drawn(forms.TextInput(attrs={"maxlength": 80}), _text, hint)


def _select(choices: Choices, *, required: bool) -> forms.Widget:
    blank = ("", gettext("Choose") if required else "–")
    return forms.Select(choices=[blank, *choices])


def _listing(shape: Listing, around: Around) -> Drawn:
    if isinstance(shape.item, Choice):
        words = [(word, gettext(in_words(word))) for word in shape.item.words]
        return Drawn(forms.CheckboxSelectMultiple(choices=words), _several)
    item = _drawn(shape.item, around, required=True)

    def lines(raw: object) -> Json:
        found = [line.strip() for line in str(raw or "").splitlines() if line.strip()]
        return [item.read(line) for line in found] or None

    def written(value: object) -> str:
        return "\n".join(str(item.show(each)) for each in value) if isinstance(value, list) else ""

    hint = gettext("One a line, at most %(most)d.") % {"most": shape.most}
    return Drawn(forms.Textarea(attrs={"rows": 3}), lines, hint, written)


def _text(raw: object) -> Json:
    """Return what was typed; browsers end lines with CR LF, notes end them with LF."""
    typed = str(raw or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return typed or None


def _whole(raw: object) -> Json:
    typed = str(raw if raw is not None else "").strip()
    if typed.lstrip("-").isdecimal() and typed.isascii() and len(typed) < 18:
        return int(typed)
    return typed or None


def _boolean(raw: object) -> Json:
    return {"true": True, "false": False}.get(str(raw or ""), _text(raw))


def _several(raw: object) -> Json:
    return [str(one) for one in raw] if isinstance(raw, list) and raw else None


def _any_json(raw: object) -> Json:
    typed = _text(raw)
    try:
        found: Json = json.loads(typed) if isinstance(typed, str) else None
    except (ValueError, RecursionError):
        return typed
    return found
