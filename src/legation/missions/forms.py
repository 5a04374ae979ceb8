"""Forms of what we know, drawn from each field's own type: what, for which days, on what ground.

Nothing here decides what is right: the field's act does, and its refusals come back to the places
that they name. Only money is turned here, from what people write to minor units.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.translation import get_language, gettext

from legation.acts.codec import Place, Record, fields_of
from legation.acts.kinds.contest import StatementContested
from legation.acts.money import major, minor
from legation.acts.shapes import WrittenText
from legation.errors import Refusal
from legation.line.node import Node
from legation.missions import naming
from legation.missions.currencies import check_currency, currencies
from legation.missions.fields import place_of, registers, value_shape
from legation.missions.queries.things import offered
from legation.notices.fields import Around, Entry, Part, parts_of
from legation.notices.forms import ActForm
from legation.notices.rows import leaves
from legation.record.canon import Json

VALUE: Final = "value"
VALUES: Final = "values"
REST: Final = "rest"
NONE: Final = "none"
WORDS: Final = "words"
CHOOSES: Final = (forms.Select, forms.CheckboxSelectMultiple)


class StatementForm(ActForm):
    """Asks for the values of some fields of one thing, and what holds for all of them.

    Its places are `values__FIELD` and `rest__from`, `rest__sources` ….
    """

    def __init__(self, entries: Sequence[Entry], fields: Sequence[str], **how: Any) -> None:
        super().__init__(entries, apart="own", **how)
        self.keys = tuple(fields)

    def statements(self) -> dict[str, dict[str, Json]]:
        """Return field -> statement, for what was filled in; money in minor units.

        What is wrong with an amount is put to its place, and the field is left out.
        """
        data = self.as_data()
        values, rest = (_object(data.get(name)) for name in (VALUES, REST))
        out: dict[str, dict[str, Json]] = {}
        for key, value in values.items():
            try:
                out[key] = {VALUE: _in_minor(value), **rest}
            except Refusal as refusal:
                self.refuse_of(key, refusal)
        return out

    def asked_values(self) -> list[Any]:
        """Return what asks for the values of the fields."""
        return self._views(one for one in self.entries if one.name.startswith(f"{VALUES}__"))

    def asked_rest(self) -> list[Any]:
        """Return what asks for days, ground and sources, and for words."""
        return self._views(one for one in self.entries if not one.name.startswith(f"{VALUES}__"))

    def words(self) -> str:
        """Return why the other side's statement is contested."""
        return str(self.as_data().get(WORDS) or "")

    def refuse_of(self, key: str, refusal: Refusal) -> None:
        """Put the refusal of one field's statement to the places that it names."""
        for one in (refusal, *refusal.others):
            path = str(one.values.get("field", ""))
            step = f"{VALUES}.{key}" if path in {"", key} else f"{REST}.{path}"
            if path == WORDS:
                step = WORDS
            if path == VALUE or path.startswith(f"{VALUE}."):
                step = f"{VALUES}.{key}{path.removeprefix(VALUE)}"
            name = self.named(step) or self.named(f"{VALUES}.{key}")
            words = one.as_dict(gettext)
            self.add_error(name, f"{words['rule']} {words['remedy']}")


def statement_form(
    node: Node,
    thing: str,
    fields: Sequence[str],
    *,
    parties: tuple[str, ...],
    data: Mapping[str, Any] | None = None,
    filled: Mapping[str, Json] | None = None,
    names: Mapping[str, str] | None = None,
    contest: bool = False,
) -> StatementForm:
    """Return the form of statements of these fields of a thing. filled: one, to begin from.

    thing: its id, or "slot/" for a new one. names: of persons to choose from, by id. contest:
    whether it is our view of what the other side states, with words, and may be left out.
    Raises Refusal "unknown-subject", "unknown-field".
    """
    places = [place_of(thing, key) for key in fields]
    entries: list[Entry] = []
    for place in places:
        inner = replace(place, shape=value_shape(place), required=len(places) == 1 and not contest)
        known = _things(node, inner, names or {})
        around = Around(things=known, parties=parties)
        entries += [
            _worded(_chosen(entry, place.key, known), place.key, thing)
            for entry in parts_of(inner, around, prefix="values__")
        ]
    if len(places) > 1:
        for part in leaves(entries):
            part.field.required = False  # Of a field that is left empty, no part is needed.
    entries += _rest(places[0], parties)
    if contest:
        around = Around(things={}, parties=parties)
        words = {place.key: place for place in fields_of(StatementContested)}[WORDS]
        entries += parts_of(words, around)
    begun = None if filled is None else _begun(fields[0], filled)
    return StatementForm(entries, fields, data=data, filled=begun)


def _rest(place: Place, parties: tuple[str, ...]) -> Iterator[Entry]:
    """Yield what asks for the days, the ground and the sources of statements."""
    assert isinstance(place.shape, Record)
    around = Around(things={}, parties=parties)
    for inner in place.shape.places:
        if inner.key != VALUE:
            for entry in parts_of(inner, around, prefix="rest__"):
                yield _worded(entry, inner.key, "", parties)


def _begun(field: str, statement: Mapping[str, Json]) -> dict[str, Json]:
    rest = {key: each for key, each in statement.items() if key != VALUE}
    return {VALUES: {field: _in_major(statement.get(VALUE))}, REST: rest}


def _worded(entry: Entry, key: str, thing: str, parties: tuple[str, ...] = ()) -> Entry:
    """Return an entry in the words of pages, with widgets that fit a statement."""
    for part in leaves([entry]):
        last = part.name.rpartition("__")[2]
        part.field.label = gettext(naming.field_name(last, thing.partition("/")[0]))
        widget = part.field.widget
        if isinstance(widget, forms.DateInput):
            part.field.widget = forms.TextInput(attrs={"maxlength": 10, "autocomplete": "off"})
            part.field.help_text = gettext("A year, a month or a day: 2021, 2021-06, 2021-06-10.")
        elif last == "currency":
            part.field.widget = forms.Select(choices=_currencies())
        elif last == "by" and parties:
            part.field.widget = forms.Select(choices=[("", "–"), *((one, one) for one in parties)])
        elif isinstance(widget, CHOOSES):
            widget.choices = [(word, _word(key, word, shown)) for word, shown in _pairs(widget)]
        if last != key:
            part.field.label = f"{gettext(naming.field_name(key))}: {part.field.label}"
    # What is wrong with an amount is told field by field (`statements`), not by the form's reader.
    return replace(entry, currency="") if isinstance(entry, Part) else entry


def _currencies() -> list[tuple[str, str]]:
    named = currencies(get_language() or "en")
    return [("", "–"), *((code, f"{code} · {name}") for code, name in named)]


def _pairs(widget: Any) -> Iterator[tuple[str, str]]:
    for word, shown in widget.choices:
        yield str(word), str(shown)


def _word(field: str, value: str, shown: str) -> str:
    return (
        shown
        if not value or value == NONE or "/" in value
        else gettext(naming.value_name(field, value))
    )


def _things(node: Node, place: Place, names: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Return what a field chooses from: stated things, and those that only we know."""
    kind = place.shape.kind if isinstance(place.shape, WrittenText) else place.key
    if kind is None or kind not in registers():
        return {}
    known = offered(node, kind, on=node.clock().date())
    return {kind: [(name, names.get(name) or called) for name, called in known]}


def _chosen(entry: Entry, key: str, known: Mapping[str, Sequence[tuple[str, str]]]) -> Entry:
    """Return a choice of things where a text may name one or say that there is none."""
    if isinstance(entry, Part) and key in known and isinstance(entry.field.widget, forms.TextInput):
        choices = [("", "–"), (NONE, gettext("Nobody")), *known[key]]
        entry.field.widget = forms.Select(choices=choices)
    return entry


def _object(value: Json) -> dict[str, Json]:
    return dict(value) if isinstance(value, dict) else {}


def _in_minor(value: Json) -> Json:
    """Return a value whose amount is in minor units.

    Raises Refusal as `money.minor`, and "unknown-currency".
    """
    if not isinstance(value, dict) or "amount" not in value:
        return value
    currency = str(value.get("currency", "")).upper()
    if currency:
        check_currency(currency)
    told = {**value, "amount": minor(str(value["amount"]), currency)}
    return {**told, "currency": currency} if currency else told


def _in_major(value: Json) -> Json:
    if isinstance(value, dict) and isinstance(amount := value.get("amount"), int):
        return {**value, "amount": major(amount, str(value.get("currency", "")))}
    return value
