"""Small cases of every form, for Hypothesis: rules of each kind, fractions, huge numbers."""

from fractions import Fraction

from hypothesis import strategies as st

from legation.packages import (
    AtMost,
    Bonus,
    Case,
    Excludes,
    Matter,
    Points,
    Requires,
    Rule,
    Together,
)
from legation.packages.model import SIDES, Condition, Number

small: st.SearchStrategy[Number] = st.integers(-3, 12)
fractions: st.SearchStrategy[Number] = st.builds(Fraction, st.integers(-20, 60), st.integers(1, 9))
huge: st.SearchStrategy[Number] = st.integers(-(10**30), 10**30)
near_64_bits: st.SearchStrategy[Number] = st.integers(-(2**58), 2**58)
numbers: st.SearchStrategy[Number] = st.one_of(small, small, fractions, huge)


@st.composite
def cases(draw: st.DrawFn, *, rules: int = 5) -> Case:
    """Draw a case of 1 to 5 matters with 1 to 4 options each."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    values = draw(st.sampled_from([small, small, fractions, near_64_bits, numbers]))
    matters = tuple(
        Matter(f"m{n}", tuple(f"o{k}" for k in range(size))) for n, size in enumerate(sizes)
    )
    points = [
        Points(
            side,
            tuple(tuple(draw(values) for _ in range(size)) for size in sizes),
            reserve=draw(values),
        )
        for side in "ab"
    ]
    listed = draw(st.integers(0, rules))
    return Case(
        id="drawn",
        matters=matters,
        sides={"a": points[0], "b": points[1]},
        rules=tuple(draw(a_rule(matters, f"r{n}")) for n in range(listed)),
    )


@st.composite
def condition(draw: st.DrawFn, matters: tuple[Matter, ...]) -> Condition:
    named = draw(st.lists(st.sampled_from(matters), min_size=1, max_size=3, unique=True))
    return tuple(
        (
            matter.id,
            tuple(draw(st.lists(st.sampled_from(matter.options), min_size=1, unique=True))),
        )
        for matter in named
    )


@st.composite
def a_rule(draw: st.DrawFn, matters: tuple[Matter, ...], name: str) -> Rule:
    match draw(st.sampled_from(["requires", "together", "excludes", "at_most", "bonus"])):
        case "requires":
            return Requires(name, draw(condition(matters)), draw(condition(matters)))
        case "together":
            return Together(name, draw(condition(matters)))
        case "excludes":
            return Excludes(name, draw(condition(matters)))
        case "bonus":
            side = draw(st.sampled_from(SIDES))
            return Bonus(name, side, draw(condition(matters)), draw(numbers))
    cost = tuple(
        (
            matter.id,
            tuple(
                (option, draw(st.one_of(st.integers(0, 5), st.just(Fraction(1, 2)))))
                for option in draw(
                    st.lists(st.sampled_from(matter.options), min_size=1, unique=True)
                )
            ),
        )
        for matter in draw(st.lists(st.sampled_from(matters), min_size=1, unique=True))
    )
    return AtMost(name, cost, draw(st.integers(0, 12)))
