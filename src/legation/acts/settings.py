"""What a notice does to registers: its release and each final answer may state fields.

1. A release states in its sender's name, a final answer in its author's: as that side's own
   `x.stated` at the same place would. A change of mind states again; interim answers do not.
2. Which state is sending follows from the field: whoever may state it is on its author's side.
   What that side had stated of the thing, else what it had seen of it, may not say otherwise.
3. A thing that an act makes is named after its notice: "limit/" is "limit/RU-3f…", of the author.
4. What cannot stand leaves the whole act without effect, so no half of an answer counts.

A kind states nothing until it says so (`NoticeKind.states`, `answer_states`).
"""

from collections.abc import Iterable, Sequence

from legation.acts.base import not_entitled
from legation.acts.codec import fields_of, from_body
from legation.acts.kinds.notice_state import Given, NoticeState
from legation.acts.notices import NoticeKind, Setting
from legation.acts.state import Placed, State
from legation.acts.statements import Register, Side, author_side, state_fields
from legation.acts.values import Id, Party
from legation.errors import N_, Refusal
from legation.record.canon import Json


def release_states(state: State, at: Placed, form: NoticeKind) -> None:
    """Put what a released notice states into registers. Raises Refusal as `put`."""
    put(state, at, form.states(_day(at)))


def answers_state(
    state: State, at: Placed, notice: NoticeState, given: Sequence[tuple[int, Given]]
) -> None:
    """Put what final answers, (line, answer), state into registers. Raises Refusal as `put`."""
    kind = state.catalogue.notice(notice.kind, notice.version)
    if kind.answer_states is NoticeKind.answer_states:
        return
    form = from_body(kind, notice.fields, notice.id)
    for line, answer in given:
        if answer.final:
            fields = answer.fields if isinstance(answer.fields, dict) else {}
            put(state, at, form.answer_states(line, answer.answer, fields, _day(at)))


def put(state: State, at: Placed, settings: Iterable[Setting]) -> None:
    """State fields in the name of an act's author.

    Raises Refusal "schema" for no such thing, field or value, "not-entitled" for a field or a
    thing of the other side, and those of `state_fields`.
    """
    for name, told in _together(_named(each, state, at) for each in settings):
        cls = _register(state, name)
        side = _side(cls, name, told)
        other = Party(state.parties.other(at.party).party)
        mine = Party(at.party)
        states = (mine, other) if side == "sending" else (other, mine)
        register = state.find(cls, name) or cls(id=name)
        if register.sending_seen(at) not in (None, states[0].text):
            raise not_entitled(
                N_("{name}, field “{field}”"),
                N_("this field is stated by the {side} state."),
                name=name,
                field=next(iter(told)),
                side=side,
            )
        for statement in told.values():
            _name_measure(statement, states)
        state_fields(state, at, register, states, from_body(cls.fields_class, told, name))


def _named(setting: Setting, state: State, at: Placed) -> Setting:
    """Return a setting whose new things, "limit/", have their names."""

    def name(text: str) -> str:
        new = text.endswith("/") and text[:-1] in state.catalogue.things
        return f"{text}{at.party}-{at.head.on.rpartition('-')[2]}" if new else text

    told, value = dict(setting.statement), setting.statement.get("value")
    if isinstance(value, str):
        told["value"] = name(value)
    return Setting(name(setting.on), setting.field, told)


def _name_measure(statement: Json, states: tuple[Party, Party]) -> None:
    """Put the party's code for whose measure it was, where a kind says which side's."""
    sides: dict[Json, Party] = dict(zip(("sending", "receiving"), states, strict=True))
    if isinstance(statement, dict) and statement.get("by") in sides:
        statement["by"] = sides[statement["by"]].text


def _together(settings: Iterable[Setting]) -> list[tuple[str, dict[str, Json]]]:
    """Return thing and fields of each statement: one for a thing, unless a field comes twice."""
    out: list[tuple[str, dict[str, Json]]] = []
    for each in settings:
        room = (told for name, told in out if name == each.on and each.field not in told)
        told = next(room, None)
        if told is None:
            told = {}
            out.append((each.on, told))
        told[each.field] = dict(each.statement)
    return out


def _register(state: State, name: str) -> type[Register]:
    try:
        cls = state.catalogue.things.get(Id(name).kind)
    except Refusal:
        cls = None
    if cls is None or not issubclass(cls, Register):
        raise _refusal(name, N_("nothing can be stated of such a thing."))
    return cls


def _side(cls: type[Register], name: str, told: dict[str, Json]) -> Side:
    """Return the one side that states all of these fields."""
    if not told.keys() <= {place.key for place in fields_of(cls.fields_class)}:
        raise _refusal(name, N_("there is no such field to state."))
    sides = {author_side(cls.fields_class, field) for field in told}
    if len(sides) != 1:
        raise _refusal(name, N_("one side states one side's fields."))
    return sides.pop()


def _day(at: Placed) -> str:
    return at.head.at[:10]


def _refusal(name: str, rule: str) -> Refusal:
    return Refusal(
        "schema",
        thing=N_("{name}"),
        rule=rule,
        remedy=N_("Name the thing that it is about."),
        name=name[:80],
    )
