"""Forms for what is on paper: a delivery, their reply, a note of theirs, the other state."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext

from legation.line.node import Node
from legation.line.queries.book import BookView, DeliveryView
from legation.line.services.countries import states
from legation.notices.answering import SheetLine, answer_form, answer_forms, answer_sheet, asked
from legation.notices.fields import Asked, Part
from legation.notices.forms import ActForm, notice_form
from legation.notices.queries.paper import PaperReply
from legation.officers.queries.attached import ScanLine
from legation.record.canon import Json
from legation.ui.clocks import clock_of

ONE_LINE: Final = 200


class Typed:
    """What stands on paper and what it says: two forms in one, both judged by the same service.

    head: number, day and what else is about the paper. body: what it says.
    """

    def __init__(self, head: ActForm, body: ActForm) -> None:
        self.head = head
        self.body = body

    def as_data(self) -> dict[str, Any]:
        """Return what was filled in, in both."""
        return {**self.body.as_data(), **self.head.as_data()}

    def refuse(self, refusal: Any) -> None:
        """Put a refusal to the field that it names, in the form that has it."""
        named = self.head.named(str(refusal.values.get("field", "")))
        (self.body if named is None else self.head).refuse(refusal)

    @property
    def errors(self) -> bool:
        """Whether anything is wrong in either."""
        return bool(self.head.errors or self.body.errors)


def delivery_form(
    node: Node,
    *,
    to: str,
    data: Mapping[str, Any] | None = None,
    corrects: DeliveryView | None = None,
    scans: Sequence[ScanLine] = (),
) -> ActForm:
    """Return the form of a delivery to party `to`. corrects: what was mistyped.

    scans: kept beside the notice, one of which may be the copy with the stamp.
    """
    today = f"{clock_of(to).local(node.clock()):%Y-%m-%d}"
    parts = [
        _part("on", gettext("Handed over on"), _day()),
        _part("place", gettext("Where"), _line()),
        _part("by_whom", gettext("By whom"), _line()),
        _part(
            "stamp",
            gettext("Registry stamp"),
            _line(),
            required=False,
            hint=gettext("Their incoming number, as it is stamped on our copy."),
        ),
        *_scan(scans),
        *_why(corrects is not None),
    ]
    begun: dict[str, Any] = {"on": today}
    if corrects is not None:
        begun = {name: getattr(corrects, name) for name in ("on", "place", "by_whom", "stamp")}
        begun["on"] = begun["on"][:10]
        begun["scan"] = corrects.scan.get("root", "")
    return ActForm(parts, data=data, initial=begun, apart="delivery")


def _scan(scans: Sequence[ScanLine]) -> list[Part]:
    """Return the choice of a scan that is kept beside the notice; none where there is none."""
    if not scans:
        return []
    choices = [("", "–"), *((each.ref.root.text, each.ref.name or "–") for each in scans)]
    hint = gettext("Of the scans that are kept beside the notice.")
    widget = forms.Select(choices=choices)
    return [_part("scan", gettext("Copy with the stamp"), widget, required=False, hint=hint)]


def reply_form(
    node: Node,
    notice: str,
    *,
    answer: str = "",
    data: Mapping[str, Any] | None = None,
    corrects: PaperReply | None = None,
) -> Typed:
    """Return the form of their reply. answer: which one, for a notice of one line.

    Raises Refusal "unknown-subject", "choice".
    """
    head = _paper_head(node, data=data, corrects=corrects)
    if len(asked(node, notice).lines) > 1:
        return Typed(head, answer_sheet(node, notice, data=data, filled=_as_typed(corrects)))
    if data is not None:
        return Typed(head, answer_form(node, notice, data=data).form)
    found = answer_forms(node, notice)
    chosen = next((each for each in found if each.code == answer), found[0])
    if corrects is not None and corrects.answers:
        chosen.form.initial.update(corrects.answers[0][3])
    return Typed(head, chosen.form)


def _as_typed(corrects: PaperReply | None) -> dict[str, Json] | None:
    """Return what a reply that is corrected says, as its sheet is filled in again."""
    if corrects is None:
        return None
    lines: list[Json] = [
        {"line": line, "answer": answer, **fields}
        for line, answer, _title, fields in corrects.answers
    ]
    return {"lines": lines, "words": corrects.words}


def answer_choices(node: Node, notice: str) -> list[tuple[str, str]]:
    """Return the answers to a notice of one line, by code and title; none for one of several."""
    if len(asked(node, notice).lines) > 1:
        return []
    return [(each.code, gettext(each.title)) for each in answer_forms(node, notice)]


def sheet_lines(form: Typed) -> list[SheetLine] | None:
    """Return the lines of a sheet, None where there is one line only."""
    sheet = getattr(form.body, "sheet", None)
    return None if sheet is None else list(sheet())


def note_form(
    node: Node,
    kind: str,
    *,
    data: Mapping[str, Any] | None = None,
    corrects: BookView | None = None,
    filled: Mapping[str, Json] | None = None,
) -> Typed:
    """Return the form of a note of theirs. corrects: what was mistyped; filled: what it says.

    How it came is corrected by itself. Raises Refusal "kind", "no-peer".
    """
    if corrects is not None:
        head = _paper_head(node, data=data, corrects=corrects)
        return Typed(head, notice_form(node, kind, data=data, filled=filled, theirs=True))
    received = [
        _part("paper__received_on", gettext("Received on"), _day(), required=False),
        _part("paper__place", gettext("Where"), _line(), required=False),
        _part("paper__by_whom", gettext("By whom"), _line(), required=False),
        _part("paper__stamp", gettext("Our registry stamp"), _line(), required=False),
    ]
    head = _paper_head(node, data=data, more=received)
    return Typed(head, notice_form(node, kind, data=data, theirs=True))


class CounterpartForm(forms.Form):
    """Which state the other party is."""

    code = forms.ChoiceField()

    def __init__(self, node: Node, *, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.label = gettext("The other state")
        field.choices = [("", "–"), *(each for each in states() if each[0] != node.party)]


def _paper_head(
    node: Node,
    *,
    data: Mapping[str, Any] | None,
    corrects: PaperReply | BookView | None = None,
    more: Iterable[Part] = (),
) -> ActForm:
    parts = [
        _part("paper__number", gettext("Their number"), _line()),
        _part("paper__on", gettext("Their date"), _day()),
        *more,
        *_why(corrects is not None),
    ]
    begun = {"paper__on": f"{clock_of(node.party).local(node.clock()):%Y-%m-%d}"}
    if corrects is not None:
        at = datetime.fromisoformat(corrects.at)
        begun = {"paper__number": corrects.number, "paper__on": f"{at:%Y-%m-%d}"}
    return ActForm(parts, data=data, initial=begun, apart="paper")


def _why(wanted: bool) -> list[Part]:  # noqa: FBT001 - one call a form
    if not wanted:
        return []
    hint = gettext("What was typed first stays, struck, with this beside it.")
    return [_part("why", gettext("What was mistyped"), _line(), hint=hint)]


def _part(
    name: str, label: str, widget: forms.Widget, *, required: bool = True, hint: str = ""
) -> Part:
    field = Asked(label=label, widget=widget, required=required, help_text=hint)
    return Part(name=name, field=field, read=lambda raw: str(raw or "").strip() or None)


def _line() -> forms.Widget:
    return forms.TextInput(attrs={"maxlength": ONE_LINE})


def _day() -> forms.Widget:
    return forms.DateInput(attrs={"type": "date"})
