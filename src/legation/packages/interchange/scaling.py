"""A side's points as shares of one: every matter's largest value is 1, times its weight."""

from dataclasses import dataclass
from fractions import Fraction

from legation.errors import N_, Refusal
from legation.packages.model import Bonus, Case, Number, Side


@dataclass(frozen=True, slots=True)
class Scaled:
    """full: the points that are utility 1. shift: what was added up and taken from the points.

    GENIUS and NegMAS know no weight below 0, so the least of a matter that has some is 0 there.
    """

    full: Fraction
    shift: Number
    weights: tuple[Fraction, ...]
    evaluations: tuple[tuple[Fraction, ...], ...]


def scaled(case: Case, side: Side) -> Scaled:
    """Return a side's table as weights and evaluations."""
    own = case.sides[side]
    shifts = [min(0, *row) for row in own.table]
    most = [max(row) - shift for row, shift in zip(own.table, shifts, strict=True)]
    full = Fraction(own.full if own.full is not None and own.full > 0 else sum(most) or 1)
    return Scaled(
        full,
        sum(shifts),
        tuple(Fraction(each) / full for each in most),
        tuple(
            tuple(Fraction(each - shift) / top if top else Fraction(1) for each in row)
            for row, shift, top in zip(own.table, shifts, most, strict=True)
        ),
    )


def bonuses_only(case: Case, program: str) -> None:
    """Raise Refusal "rules", naming the rules that only this program knows."""
    unknown = [rule.id for rule in case.rules if not isinstance(rule, Bonus)]
    if unknown:
        raise Refusal(
            "rules",
            thing=N_("Case {case}"),
            rule=N_("{program} knows bonuses and no other rules; this has {rules}."),
            remedy=N_("Leave these rules out, or write it as a case."),
            case=case.id,
            program=program,
            rules=", ".join(unknown[:10]) + ("…" if len(unknown) > 10 else ""),
        )
