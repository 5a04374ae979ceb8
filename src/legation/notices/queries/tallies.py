"""What a notice counts towards: the balance that it is tied into, the quota that it draws on.

Counted from the shared state alone, so both desks show the same. Knows no kind by name.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.acts.book import named
from legation.acts.kinds.notice_state import NoticeState
from legation.acts.kinds.regime import Regime
from legation.acts.pairing import Balance, Side, balance, is_tied
from legation.acts.parties import Parties
from legation.acts.regimes import Left, Rule, in_force, left_of, regimes_of, rules, spending_of
from legation.acts.state import State
from legation.line.node import Node
from legation.line.queries.standing import Current
from legation.notices.models import Notice, NoticeLink
from legation.officers.sight import EVERYTHING, Sight, notice_filter

ABOUT = "about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """A balance, and its notices as they are called: what follows the stroke of the id, number."""

    balance: Balance
    named: tuple[tuple[str, str], ...]

    @property
    def pairs(self) -> list[list[tuple[Side, str, str]]]:
        """The pairs, each side with its notice's key and number: both "" for one out of sight."""
        numbers = dict(self.named)
        return [
            [(side, key if key in numbers else "", numbers.get(key, "")) for side, key in keyed]
            for keyed in (
                [(side, name.partition("/")[2]) for side in pair for name in side.notices]
                for pair in self.balance.pairs
            )
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a journey draws on. rule: in force on its day. left: None where it has no quota.

    beside: other rules on the same subject that cover the day too.
    """

    party: str
    rule: Rule
    left: Left | None
    beside: tuple[Rule, ...]


def balance_of(
    node: Node, notice: NoticeState, other: str, *, sight: Sight = EVERYTHING
) -> Tied | None:
    """Return the balance that a notice is tied into, or None. other: the party opposite.

    Everything is counted; only the notices in sight are named.
    """
    if not is_tied(notice, node.catalogue):
        return None
    held = Current(node.alias, node.catalogue)
    naming = _naming(node, notice.id)
    found = balance(
        notice,
        (notice.by.text, other),
        read=held.get,
        naming=lambda name: naming if name == notice.id else _naming(node, name),
        catalogue=node.catalogue,
    )
    if found is None:
        return None
    ids = [name for side in found.sides for name in side.notices]
    return Tied(balance=found, named=_numbers(node, ids, sight))


def drawn_of(node: Node, notice: NoticeState, other: str) -> Drawn | None:
    """Return the rule and the quota that a notice draws on, or None. other: as above."""
    mine = notice.by.text
    both = Parties(a=named(mine, "", other), b=named(other, "", mine), record="")
    state = State(Current(node.alias, node.catalogue), both, node.catalogue)
    spending = spending_of(notice, state)
    regime = None if spending is None else state.find(Regime, spending.regime)
    if spending is None or regime is None:
        return None
    subjects = {terms.subject for each in regime.declared for terms in each.terms}
    found = [
        rule
        for subject in sorted(subjects)
        for rule in rules(regimes_of(state), notice.by, subject)
        if rule.holds_on(spending.day)
    ]
    rule = in_force([each for each in found if each.regime == regime.id], spending.day)
    if rule is None:
        return None
    left = None
    if rule.terms.quota is not None:
        others = _notices(state, _naming(node, regime.id))
        left = left_of(rule.terms.quota, spending.day, others, state, notice.by)
    beside = tuple(each for each in found if each != rule)
    return Drawn(party=notice.by.text, rule=rule, left=left, beside=beside)


def _naming(node: Node, thing: str) -> list[str]:
    """Return the notices that are about a thing."""
    rows = NoticeLink.objects.using(node.alias).filter(target=thing, role=ABOUT)
    return list(rows.order_by("notice").values_list("notice_id", flat=True))


def _notices(state: State, ids: Iterable[str]) -> list[NoticeState]:
    found = (state.find(NoticeState, name) for name in ids)
    return [each for each in found if each is not None]


def _numbers(node: Node, ids: list[str], sight: Sight) -> tuple[tuple[str, str], ...]:
    seen = Notice.objects.using(node.alias).filter(notice_filter(sight))
    rows = seen.filter(id__in=ids).order_by("number")
    return tuple(
        (name.partition("/")[2], number) for name, number in rows.values_list("id", "number")
    )
