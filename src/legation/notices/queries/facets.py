"""Filters of a list of notices: links that can be sent, and how many each would show.

All counts come from one question: how many notices there are of each sort that filters tell
apart. What a filter lets through is said twice, for the database and for such a sort; a test
compares the two.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from legation.acts.catalogue import catalogue
from legation.errors import N_
from legation.line.node import Node
from legation.notices.models import Notice, State
from legation.officers.sight import Sight, notice_filter
from legation.search import queries as search

OURS: Final = "ours"
THEIRS: Final = "theirs"
SIDES: Final = (OURS, THEIRS)
SOON: Final = timedelta(days=21)
"""What is due within this time is coming due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which notices: "" leaves a filter out.

    state: of `State`. by, move: "ours" or "theirs": whose notice, whose answer is awaited.
    kind: a kind's code. post: a post's id. due: "over" (by a clock that both accepted), "passed"
    (the day that was asked for), "soon" or "later". text: words that must all be there.
    """

    state: str = ""
    by: str = ""
    move: str = ""
    kind: str = ""
    post: str = ""
    due: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: str) -> "Filters":
        """Read filters from the query of an address, as it is kept under a name."""
        return cls.read(dict(parse_qsl(query)))

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        """Read filters from an address; what no notice can have is left as it is, and empty."""
        given = {each.name: query.get(each.name, "")[:200].strip() for each in fields(cls)}
        return cls(**given)

    def link(self, **changes: str) -> str:
        """Return the query of an address with these filters and changes, "" for none."""
        told = {each.name: getattr(self, each.name) for each in fields(self)} | changes
        return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a filter, as a link. label: an untranslated message, or a name.

    count: notices that it would show, the other filters being kept. link: the query.
    """

    value: str
    label: str
    count: int
    chosen: bool
    link: str


Facets = Mapping[str, tuple[Choice, ...]]
"""Filter -> its values. The first value, "", leaves the filter out."""


_STATES: Final = {
    State.RELEASED: N_("Released"),
    State.RECEIVED: N_("Received"),
    State.ANSWERED: N_("Answered"),
    State.WITHDRAWN: N_("Withdrawn"),
    State.CLOSED: N_("Closed"),
}
_WHOSE: Final = {OURS: N_("Ours"), THEIRS: N_("Theirs")}
_WHOSE_MOVE: Final = {OURS: N_("We are to answer"), THEIRS: N_("They are to answer")}
_DUES: Final = {
    "over": N_("Overdue"),
    "passed": N_("Asked for by a day that has passed"),
    "soon": N_("Coming due"),
    "later": N_("Due later"),
}
_COLUMNS: Final = ("state", "by", "move", "kind", "post", "when")


Group = tuple[str, str, str, str, str, str]
"""State, author, whose move, kind, post, when due."""


def within(node: Node, sight: Sight, text: str = "") -> QuerySet[Notice]:
    """Return the notices in sight that hold these words."""
    rows = Notice.objects.using(node.alias).filter(notice_filter(sight))
    if not text.strip():
        return rows
    held = search.keys(text, prefix="notice/")
    return rows.none() if held is None else rows.filter(id__in=held)


def groups(rows: QuerySet[Notice], now: datetime) -> dict[Group, int]:
    """Count notices by everything that filters tell apart: one question for all counts."""
    sorts = rows.order_by().annotate(when=_when(now)).values_list(*_COLUMNS)
    counted = sorts.annotate(count=Count("id"))
    return {(a, b, c, d, e, f): n for a, b, c, d, e, f, n in counted}


def _when(now: datetime) -> Case:
    return Case(
        *(When(condition, then=Value(name)) for name, condition in _due(now).items()),
        default=Value(""),
        output_field=CharField(),
    )


def _due(now: datetime) -> dict[str, Q]:
    """Return each value of the filter `due` as a condition on columns; they exclude each other."""
    past = Q(due_at__lte=now)
    return {
        "over": past & Q(due_binding=True),
        "passed": past & Q(due_binding=False),
        "soon": Q(due_at__gt=now, due_at__lte=now + SOON),
        "later": Q(due_at__gt=now + SOON),
    }


def where(filters: Filters, own: str, now: datetime) -> Q:
    """Return the filters but `text` as a condition on columns: the same as `fits`."""
    found = Q()
    for name in ("state", "kind", "post"):
        if value := getattr(filters, name):
            found &= Q(**{name: value})
    if filters.by:
        found &= Q(by=own) if filters.by == OURS else ~Q(by=own)
    if filters.move:
        found &= Q(move=own) if filters.move == OURS else ~Q(move__in=("", own))
    if filters.due:
        found &= _due(now).get(filters.due, Q(pk__in=()))
    return found


def _values(group: Group, own: str) -> dict[str, str]:
    """Return what each filter would have to say to let a group through."""
    state, by, move, kind, post, when = group
    whose_move = "" if not move else OURS if move == own else THEIRS
    whose = OURS if by == own else THEIRS
    return {
        "state": state,
        "by": whose,
        "move": whose_move,
        "kind": kind,
        "post": post,
        "due": when,
    }


def fits(group: Group, filters: Filters, own: str) -> bool:
    """Tell whether the filters but `text` let a sort of notices through."""
    told = _values(group, own)
    return all(getattr(filters, name) in ("", value) for name, value in told.items())


def facets(groups: Mapping[Group, int], filters: Filters, own: str) -> Facets:
    """Return each filter's values; its counts keep the other filters, not this one."""
    out: dict[str, tuple[Choice, ...]] = {}
    for name, values in _named(groups, filters).items():
        others = replace(filters, **{name: ""})
        seen: Counter[str] = Counter()
        for group, count in groups.items():
            if fits(group, others, own):
                for value in {"", _values(group, own)[name]}:
                    seen[value] += count
        out[name] = tuple(
            Choice(
                value=value,
                label=label,
                count=seen[value],
                chosen=getattr(filters, name) == value,
                link=filters.link(**{name: value}),
            )
            for value, label in values.items()
        )
    return out


def _named(groups: Iterable[Group], filters: Filters) -> dict[str, dict[str, str]]:
    """Return for each filter its values and their labels: those that some notice has."""
    groups = list(groups)
    codes = sorted({group[3] for group in groups} | {filters.kind} - {""})
    titles = {code: kind.title for (code, _), kind in sorted(catalogue().notices.items())}
    posts = sorted({group[4] for group in groups} | {filters.post} - {""})
    dues = {group[5] for group in groups} | {filters.due}
    every = {"": N_("All")}
    return {
        "state": every | {state.value: word for state, word in _STATES.items()},
        "by": every | _WHOSE,
        "move": every | _WHOSE_MOVE,
        "kind": every | {code: titles.get(code, code) for code in codes},
        "post": every | {post: post.removeprefix("post/") for post in posts},
        "due": every | {value: word for value, word in _DUES.items() if value in dues},
    }
