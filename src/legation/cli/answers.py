"""What the commands of `packages` share: limits, a run that shows its progress, an answer told."""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from legation.cli.cases import MAX_INPUT, read_files
from legation.cli.inputs import read_input
from legation.cli.output import working
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.packages import Case, Limits, Number
    from legation.packages import Result as Answer

MEGABYTE: Final = 1 << 20
FOREVER: Final = 10**9


def seconds(text: str) -> float:
    """Read a number of seconds. Raises ValueError, as argparse wants it."""
    found = float(text)
    if not 0 < found < FOREVER:
        raise ValueError(text)
    return found


def amount(text: str) -> int:
    """Read a whole number above nothing. Raises ValueError, as argparse wants it."""
    found = int(text)
    if not 0 < found < FOREVER:
        raise ValueError(text)
    return found


def limits_of(args: argparse.Namespace) -> "Limits":
    """Return the limits that the arguments set."""
    from legation.packages import Limits

    until = None if args.seconds is None else time.monotonic() + args.seconds
    given: dict[str, Any] = {} if args.memory is None else {"memory": args.memory * MEGABYTE}
    return Limits(
        stop=lambda: until is not None and time.monotonic() > until,
        left=lambda: None if until is None else max(0.0, until - time.monotonic()),
        **given,
    )


def solved(args: argparse.Namespace) -> "tuple[Case, Limits, Answer]":
    """Solve the case that the arguments name, within their limits."""
    from legation.packages import solve
    from legation.packages.plotting import brief

    limits = limits_of(args)
    case = read_files(args.files)
    with working(_("Solving")) as progress:

        def found(values: "Sequence[tuple[Number, Number]]") -> None:
            if not values:
                return
            first, last = (f"{brief(a)}/{brief(b)}" for a, b in (values[0], values[-1]))
            progress.about(
                _("{count} points so far, {first} to {last}; gaps closed").format(
                    count=len(values), first=first, last=last
                )
            )

        heard = replace(limits, progress=progress.at, found=found)
        return case, limits, solve(case, heard, method=args.method)


def answered(args: argparse.Namespace, given: str) -> "tuple[Case, Limits, Answer]":
    """Read the case that the arguments name, and an answer to it that was made elsewhere."""
    from legation.packages import read_answer

    case = read_files(args.files)
    return case, limits_of(args), read_answer(read_input(given, limit=MAX_INPUT), case, where=given)


def sentences(answer: "Answer") -> str:
    """Return an answer as lines for a person."""
    if answer.status == "infeasible":
        return _("No combination meets every rule.")
    if answer.status == "limit":
        what, _plus, missing = answer.reached.partition("+")
        said = [_reached(what)]
        if "ortools" in (what, missing):
            said.append(_("OR-tools solves more; it is not installed."))
        return " ".join(said)
    lines = [_("{count} efficient points:").format(count=len(answer.frontier))]
    if answer.status == "epsilon":
        a, b = (told(each) for each in answer.guarantee)
        lines[0] = _(
            "{count} points; no combination is better than one of them by more than {a} and {b}:"
        ).format(count=len(answer.frontier), a=a, b=b)
    marks = {
        _("Nash"): answer.nash,
        _("Kalai-Smorodinsky"): answer.ks,
        _("egalitarian"): answer.egalitarian,
        _("largest sum"): answer.welfare,
    }
    for point in answer.frontier:
        named = ", ".join(name for name, points in marks.items() if point.value in points)
        lines.append(f"  {told(point.a):>8} {told(point.b):>8}  {named}".rstrip())
    return "\n".join(lines)


def _reached(what: str) -> str:
    match what:
        case "stopped":
            return _("Not solved: the time was up.")
        case "labels":
            return _("Not solved: there are more combinations to hold than a run may.")
        case "memory":
            return _("Not solved: it takes more memory than it may have.")
        case "numbers":
            return _("Not solved: its numbers are too long for OR-tools.")
        case _:
            return _("Not solved.")


def told(number: "Number") -> str:
    """Return a number as the answer's JSON tells it."""
    from legation.packages import result

    return str(result.told(number))
