"""Which rule holds on a day, which rules contradict each other, and what is left of a quota.

A state may declare several regimes for one subject: one eases another, or both were forgotten.
Nothing here judges that. Of several that hold on a day the one that began last is taken, and
`overlaps` tells which others hold beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import assert_never

from legation.acts.codec import from_body
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.kinds.regime import Dated, Quota, Regime
from legation.acts.notices import NoticeKind, Spending
from legation.acts.pairing import grants
from legation.acts.state import Placed, State


@dataclass(frozen=True, slots=True)
class Rule:
    """Terms of a regime as one party applies them to the other."""

    regime: str
    by: str
    applies_to: str
    terms: Dated

    def holds_on(self, day: date) -> bool:
        """Tell whether it covers a day, as far as its dates are known."""
        return self.first <= day <= self.last

    @property
    def first(self) -> date:
        """The first day that it may cover."""
        return date.min if self.terms.from_ is None else self.terms.from_.first

    @property
    def last(self) -> date:
        """The last day that it may cover."""
        return date.max if self.terms.until is None else self.terms.until.last


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules of one party on one subject that both cover these days.

    first, last: the days; `date.min` and `date.max` stand for open ends.
    """

    one: Rule
    other: Rule
    first: date
    last: date


def rules(regimes: Iterable[Regime], applies_to: str, subject: str) -> list[Rule]:
    """Return the rules on a subject that apply to a party, the oldest first."""
    found = [
        Rule(regime.id, declared.by, declared.applies_to, terms)
        for regime in regimes
        for declared in regime.declared
        if declared.applies_to == applies_to
        for terms in declared.terms
        if terms.subject == subject
    ]
    return sorted(found, key=lambda rule: (rule.first, rule.terms.index, rule.regime))


def in_force(found: Sequence[Rule], day: date) -> Rule | None:
    """Return the rule that holds on a day: of several, the one that began last."""
    fit = [rule for rule in found if rule.holds_on(day)]
    return fit[-1] if fit else None


def overlaps(found: Sequence[Rule]) -> tuple[Overlap, ...]:
    """Return every two rules that cover the same days."""
    return tuple(
        Overlap(one, other, max(one.first, other.first), min(one.last, other.last))
        for one, other in combinations(found, 2)
        if max(one.first, other.first) <= min(one.last, other.last)
    )


def regimes_of(state: State) -> list[Regime]:
    """Return every regime of a state, by id: for drafts and pages, never for the fold."""
    found = (state.find(Regime, name) for name in state.named(Regime.prefix))
    return [regime for regime in found if regime is not None]


def rule_seen(regime: Regime, at: Placed, applies_to: str, day: date, subject: str) -> Rule | None:
    """Return the rule of one regime that holds on a day, as far as an act's author had seen."""
    declared = tuple(replace(each, terms=each.as_seen(at)) for each in regime.declared)
    return in_force(rules([replace(regime, declared=declared)], applies_to, subject), day)


# --- Quotas


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a quota. first, last: days of the period. used: notices that count."""

    quota: Quota
    first: date
    last: date
    used: tuple[str, ...]
    spent: int

    @property
    def left(self) -> int:
        """What may still be used; never below nought."""
        return max(0, self.quota.count - self.spent)

    @property
    def over(self) -> int:
        """By how much more was used than the quota as it stands now allows."""
        return max(0, self.spent - self.quota.count)


def period(quota: Quota, day: date) -> tuple[date, date]:
    """Return the first and last day of the quota's period that holds a day. Weeks begin Monday."""
    match quota.per:
        case "day":
            return day, day
        case "week":
            first = day - timedelta(days=day.weekday())
            return first, first + timedelta(days=6)
        case "month":
            return _months(day.year, day.month, 1)
        case "quarter":
            return _months(day.year, day.month - (day.month - 1) % 3, 3)
        case "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        case _:
            assert_never(quota.per)


def _months(year: int, month: int, many: int) -> tuple[date, date]:
    end = month + many
    after = date(year + (end - 1) // 12, (end - 1) % 12 + 1, 1)
    return date(year, month, 1), after - timedelta(days=1)


def left_of(
    quota: Quota, day: date, notices: Iterable[NoticeState], state: State, party: str
) -> Left:
    """Return what a party has left of a quota in the period of a day.

    notices: those that may count; others are passed over. A notice counts from its release on,
    unless it was withdrawn or every line of it was refused.
    """
    first, last = period(quota, day)
    used, spent = [], 0
    for notice in sorted(notices, key=lambda each: each.index):
        spending = spending_of(notice, state)
        if notice.by != party or spending is None or not first <= spending.day <= last:
            continue
        if notice.withdrawn is None and not _refused(notice, state):
            used.append(notice.id)
            spent += spending.count
    return Left(quota, first, last, tuple(used), spent)


def spending_of(notice: NoticeState, state: State) -> Spending | None:
    """Return what a notice takes of a quota, or None."""
    kind = state.catalogue.notice(notice.kind, notice.version)
    if kind.spends is NoticeKind.spends:
        return None
    return from_body(kind, notice.fields, notice.id).spends()


def _refused(notice: NoticeState, state: State) -> bool:
    kind = state.catalogue.notice(notice.kind, notice.version)
    return notice.answered and not any(grants(kind, line) for line in notice.lines)
