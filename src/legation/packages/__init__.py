"""Which combinations both sides could accept: every one of them, exactly, in milliseconds.

A case has matters with options, what each option is worth to each side, and rules that tie
matters together. A package picks one option of every matter. `solve` returns all efficient
packages' values, the agreed points and the packages behind them; nothing is sampled, and
nothing is approximate without saying so. Pure: no clock, no files but those that are named.
"""

from legation.packages.agreed import Agreed, agreed_points
from legation.packages.answering import read_answer
from legation.packages.checking import Fault, Verdict, check
from legation.packages.explaining import (
    Change,
    Explanation,
    Short,
    WhyNot,
    drop,
    explain,
    force,
    why_not,
)
from legation.packages.interchange.formats import load
from legation.packages.model import (
    AtMost,
    Bonus,
    Case,
    Excludes,
    Matter,
    Number,
    Points,
    Requires,
    Rule,
    Together,
)
from legation.packages.parts import METHODS, Method
from legation.packages.paths import Path, Step, path
from legation.packages.reading import read_case
from legation.packages.result import Point, Result
from legation.packages.robustness import Robustness, Standing, Weight, around, robust
from legation.packages.solving import Limits, solve

__all__ = [
    "METHODS",
    "Agreed",
    "AtMost",
    "Bonus",
    "Case",
    "Change",
    "Excludes",
    "Explanation",
    "Fault",
    "Limits",
    "Matter",
    "Method",
    "Number",
    "Path",
    "Point",
    "Points",
    "Requires",
    "Result",
    "Robustness",
    "Rule",
    "Short",
    "Standing",
    "Step",
    "Together",
    "Verdict",
    "Weight",
    "WhyNot",
    "agreed_points",
    "around",
    "check",
    "drop",
    "explain",
    "force",
    "load",
    "path",
    "read_answer",
    "read_case",
    "robust",
    "solve",
    "why_not",
]
