"""The reciprocity ledger: what each of two parties does to the other, counted alike.

Pure: the same facts and day give the same ledger, on either node and for ever. Exchange the two
parties and the ledger is the same, with its halves exchanged.
"""

from datetime import date
from typing import Final

from legation.errors import N_
from legation.missions.readiness.facts import Facts
from legation.missions.readiness.figures import Answering, Figure, Half, Ledger, Row, Way
from legation.missions.readiness.measures import Measure, measures_of
from legation.missions.readiness.messages import Message
from legation.record.canon import Json


def ledger(facts: Facts, on: date) -> Ledger:
    """Return all measures on a day. Facts that are ours only colour only what is made of them."""
    first, second = facts.parties
    there = Way(facts=facts, on=on, by=first, to=second, notices=facts.measured)
    back = Way(facts=facts, on=on, by=second, to=first, notices=facts.measured)
    rows = tuple(_row(measure, there, back) for measure in measures_of(facts))
    return Ledger(on=on, parties=facts.parties, rows=rows, logs=facts.logs)


def _row(measure: Measure, there: Way, back: Way) -> Row:
    halves = (_half(measure, there), _half(measure, back))
    answering, reason, differs = _answering(measure, halves)
    return Row(
        measure=measure.code,
        label=measure.label,
        articles=measure.articles,
        halves=halves,
        answering=answering,
        reason=reason,
        differs=differs,
        fence=measure.fence,
    )


def _half(measure: Measure, way: Way) -> Half:
    figures = tuple(figure for part in measure.parts for figure in part.figures(way))
    return Half(by=way.by, to=way.to, figures=figures)


# --- A mirror, or not


NEVER: Final = N_("Nothing that the other side did allows it, and it answers nothing.")
Judged = tuple[Answering, Message, tuple[str, ...]]


def _answering(measure: Measure, halves: tuple[Half, Half]) -> Judged:
    """Decide by the declared rules; what is not stated is never taken for nought.

    1. Something behind the fence is done: never. 2. Figures of which neither side tells are left
    out. 3. A figure of which one side tells nothing: unknown. 4. All nought, nothing unstated:
    none. 5. Something differs: not a mirror. 6. Equal, but things are unstated: unknown. 7. Equal:
    a mirror.
    """
    if any(_done(half.figure(code)) for half in halves for code in measure.fence):
        return "never", Message(code="ledger-never", text=NEVER), ()
    pairs = [
        (code, one, two)
        for code in measure.compares
        for one, two in [(halves[0].figure(code), halves[1].figure(code))]
        if _told(one) or _told(two)
    ]
    silent = [
        half.by
        for half in halves
        if not pairs or any(not _told(half.figure(code)) for code, _, _ in pairs)
    ]
    if silent:
        return "unknown", _silent(silent), ()
    figures = [figure for pair in pairs for figure in pair[1:] if figure is not None]
    unsure = any(figure.unstated or figure.disputed for figure in figures)
    done = [half.by for half in halves if any(_done(half.figure(pair[0])) for pair in pairs)]
    if not done:
        return ("unknown", _unsure(), ()) if unsure else ("none", _neither(), ())
    differs = tuple(name for code, one, two in pairs for name in _differences(code, one, two))
    if differs:
        return "not_mirror", _not_alike(done, halves), differs
    if unsure:
        return "unknown", _unsure(), ()
    return "mirror", _mirror(), ()


def _told(figure: Figure | None) -> bool:
    return figure is not None and figure.value is not None


def _done(figure: Figure | None) -> bool:
    return figure is not None and bool(figure.value)


def _differences(code: str, one: Figure | None, two: Figure | None) -> tuple[str, ...]:
    """Return in what two figures differ: in their terms where they have some, else in number."""
    assert one is not None
    assert two is not None
    ours, theirs = _content(one), _content(two)
    if ours == theirs:
        return ()
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return tuple(name for name in ours if ours[name] != theirs.get(name))
    return (code,)


def _content(figure: Figure) -> Json:
    """Return what is compared: one term sheet, several in an order of their own, or the value."""
    if isinstance(figure.content, list):
        several = sorted(figure.content, key=repr)
        return several[0] if len(several) == 1 else several
    return figure.value if figure.content is None else figure.content


def _silent(parties: list[str]) -> Message:
    if len(parties) == 2:
        return Message(
            code="ledger-silent",
            text=N_("Neither side has stated what would be compared, so nothing can be said."),
        )
    return Message(
        code="ledger-silent",
        text=N_("{party}: not stated, or nothing in the record, so it cannot be told."),
        values={"party": parties[0]},
    )


def _unsure() -> Message:
    return Message(
        code="ledger-unsure",
        text=N_("Some of it is not stated or disputed, so it cannot be told."),
    )


def _neither() -> Message:
    return Message(code="ledger-neither", text=N_("Neither side does it, as stated for the day."))


def _mirror() -> Message:
    return Message(
        code="ledger-mirror", text=N_("Both do the same, with the same content, on this day.")
    )


def _not_alike(done: list[str], halves: tuple[Half, Half]) -> Message:
    if len(done) == 2:
        return Message(code="ledger-not-alike", text=N_("Both do it, and not alike."))
    (by,) = done
    other = next(half.by for half in halves if half.by != by)
    return Message(
        code="ledger-one-side",
        text=N_("{party} does it, and {other} does not."),
        values={"party": by, "other": other},
    )
