"""`legation packages`: which combinations both sides could accept; needs no node."""

import argparse
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from legation.cli.answers import amount, answered, seconds, sentences, solved, told
from legation.cli.cases import (
    apart,
    draw,
    pair,
    pairs,
    register_convert,
    register_plot,
    takes_files,
)
from legation.cli.output import Result, working
from legation.cli.parsing import Family
from legation.cli.words import _
from legation.errors import N_, Refusal

if TYPE_CHECKING:
    from legation.packages import Case
    from legation.packages import Result as Answer

PLACE = 95


def register(top: Family) -> None:
    """Add the family `packages`."""
    packages = top.family(
        "packages", about=_("combinations that both sides could accept, exactly; needs no node")
    )
    solve = _command(
        packages,
        "solve",
        run_solve,
        _("every efficient combination of a case, and the points that theories agree on"),
        "legation packages solve case.json --packages --seconds 10",
    )
    solve.add_argument(
        "--packages", action="store_true", help=_("tell one combination for each point, too")
    )
    _command(
        packages,
        "check",
        run_check,
        _("check an answer (the last file, or -), or solve and check that, without the solver"),
        "legation packages check case.json answer.json --seconds 60",
    )
    _explain(packages)
    walk = _command(
        packages,
        "path",
        run_path,
        _("from as it stands to a point of the frontier, step by step"),
        "legation packages path case.json --to 690,810",
    )
    walk.add_argument(
        "--to", metavar="A,B", help=_("the point to reach (else the Nash point, or the first)")
    )
    guess = _command(
        packages,
        "robust",
        run_robust,
        _("what stays efficient when the points of side b are only guesses"),
        "legation packages robust case.json --percent 20",
    )
    guess.add_argument(
        "--percent", type=amount, default=20, metavar="P", help=_("how far a guess may be off (20)")
    )
    register_convert(packages)
    _limited(register_plot(packages, run_plot))


def run_plot(args: argparse.Namespace) -> Result:
    """Solve a case and draw its answer."""
    return draw(args, solved)


def _explain(packages: Family) -> None:
    explain = _command(
        packages,
        "explain",
        run_explain,
        _("who falls short, which rules clash, and what one change would cost"),
        "legation packages explain case.json --force 'visas=parity'",
    )
    explain.add_argument("--force", metavar="MATTER=OPTION", help=_("hold one matter"))
    explain.add_argument("--drop", metavar="RULE", help=_("leave one rule out"))
    explain.add_argument(
        "--why-not",
        metavar="MATTER=OPTION",
        nargs="+",
        help=_("a whole combination: why is it not efficient?"),
    )


def _command(
    packages: Family,
    name: str,
    run: Callable[[argparse.Namespace], Result],
    about: str,
    example: str,
) -> argparse.ArgumentParser:
    command = packages.command(
        name, run, about=about, examples=[f"legation packages {name} case.json --json", example]
    )
    takes_files(command)
    return _limited(command)


def _limited(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument("--seconds", type=seconds, metavar="S", help=_("give up after so long"))
    command.add_argument("--memory", type=amount, metavar="MB", help=_("give up beyond so much"))
    command.add_argument(
        "--method",
        choices=("auto", "dp", "cpsat", "epsilon"),
        default="auto",
        help=_("how to solve (auto); epsilon leaves narrow gaps, and says how narrow"),
    )
    return command


def run_solve(args: argparse.Namespace) -> Result:
    """Solve a case and print its answer."""
    _case, _limits, answer = solved(args)
    return Result(
        text=sentences(answer),
        data=answer.answer(packages=args.packages),
        code=0 if answer.status in ("exact", "infeasible") else 1,
    )


def run_check(args: argparse.Namespace) -> Result:
    """Check an answer, or solve a case and check that, and say how it was checked."""
    from legation.packages import check

    args.files, given = apart(args.files)
    case, limits, answer = solved(args) if given is None else answered(args, given)
    with working(_("Checking")):
        verdict = check(case, answer, stop=limits.stop, left=limits.left)
    whole = {
        "enumerated": _("Nothing is missing: every combination was looked at."),
        "proved": _("Nothing is missing: every gap was proved empty."),
        "not checked": _("Not checked whether anything is missing: {why}.").format(why=verdict.why),
    }[verdict.whole]
    lines = [_("{count} points checked.").format(count=len(answer.frontier)), whole]
    lines += [f"{fault.code}: {fault.words}" for fault in verdict.faults]
    data = {
        "ok": verdict.ok,
        "status": answer.status,
        "points": len(answer.frontier),
        "whole": verdict.whole,
        "counted": verdict.counted,
        "why": verdict.why,
        "faults": [{"code": each.code, "words": each.words} for each in verdict.faults],
    }
    is_shown = verdict.ok and verdict.whole != "not checked"
    return Result(text="\n".join(lines), data=data, code=0 if is_shown else 1)


def run_explain(args: argparse.Namespace) -> Result:
    """Explain an answer, or what one change would make of it."""
    from legation.packages import drop, explain, force, why_not
    from legation.packages.explaining import package_of

    case, limits, answer = solved(args)
    if args.force:
        return _change(force(case, answer, *pair(args.force), limits))
    if args.drop:
        return _change(drop(case, answer, args.drop, limits))
    if args.why_not:
        package = package_of(case, pairs(args.why_not))
        return _why(case, why_not(case, answer, package))
    said = explain(case, answer, limits)
    lines = [sentences(answer).splitlines()[0]]
    if said.conflict:
        lines.append(_("These rules clash: {rules}.").format(rules=", ".join(said.conflict)))
        for each, lower in zip(said.repairs, said.then, strict=True):
            lines.append(
                _("Without {rules} there are combinations.").format(rules=" + ".join(each))
            )
            lines += [f"  {line}" for line in _lower(lower)]
    lines += _lower(said.reserves)
    lines += [_smallest(each) for each in said.smallest]
    lines += [
        _("At {a}, {b}: side a falls short by {short_a}, side b by {short_b}.").format(
            a=told(each.point.a),
            b=told(each.point.b),
            short_a=told(each.a),
            short_b=told(each.b),
        )
        for each in said.short
    ]
    data = {
        "status": said.status,
        "conflict": list(said.conflict),
        "repairs": [list(each) for each in said.repairs],
        "then": [[[told(a), told(b)] for a, b in lower] for lower in said.then],
        "reserves": [[told(a), told(b)] for a, b in said.reserves],
        "smallest": [
            {"rules": list(each.rules), "reserves": [[told(a), told(b)] for a, b in each.lower]}
            for each in said.smallest
        ],
        "short": [
            {"point": [told(s.point.a), told(s.point.b)], "a": told(s.a), "b": told(s.b)}
            for s in said.short
        ],
    }
    return Result(text="\n".join(lines), data=data)


def _smallest(repair: Any) -> str:
    lower = _(" or ").join(f"{told(a)}/{told(b)}" for a, b in repair.lower)
    rules = " + ".join(repair.rules)
    if not lower:
        return _("Smallest change: without {rules}.").format(rules=rules)
    if not rules:
        return _("Smallest change: reserves of a/b lower by {lower}.").format(lower=lower)
    return _("Smallest change: without {rules}, and reserves of a/b lower by {lower}.").format(
        rules=rules, lower=lower
    )


def _lower(reserves: Any) -> list[str]:
    return [
        _("Reserves lower by {a} and {b} would do.").format(a=told(a), b=told(b))
        for a, b in reserves
    ]


def _change(change: Any) -> Result:
    data = {
        "what": change.what,
        "loss": None if change.loss is None else [told(each) for each in change.loss],
        "answer": change.result.answer(),
    }
    if change.loss is None:
        return Result(
            text=_("With {what} nothing is feasible.").format(what=change.what), data=data
        )
    lost = [told(each) for each in change.loss]
    text = _("With {what} the best of side a falls by {a}, of side b by {b}.").format(
        what=change.what, a=lost[0], b=lost[1]
    )
    return Result(text=f"{text}\n{sentences(change.result)}", data=data)


def _why(case: "Case", said: Any) -> Result:
    lines = [_("It is worth {a} and {b}.").format(a=told(said.value[0]), b=told(said.value[1]))]
    if said.broken:
        lines.append(_("It breaks {rules}.").format(rules=", ".join(said.broken)))
    lines += [
        _("Better for both: {a}, {b}.").format(a=told(each.a), b=told(each.b))
        for each in said.better
    ]
    if len(lines) == 1:
        lines.append(_("It is efficient."))
    data = {
        "value": [told(each) for each in said.value],
        "broken": list(said.broken),
        "better": [
            {"point": [told(each.a), told(each.b)], "package": case.named(each.package)}
            for each in said.better
        ],
    }
    return Result(text="\n".join(lines), data=data)


def run_path(args: argparse.Namespace) -> Result:
    """Show the steps from as it stands to a point."""
    from legation.packages import path

    case, _limits, answer = solved(args)
    if not answer.frontier:
        return Result(text=sentences(answer), data=answer.answer(), code=1)
    goal = _goal(answer, args.to)
    start = case.as_it_stands or tuple(0 for _matter in case.matters)
    found = path(case, start, goal.package)
    lines = [_("From {a}, {b}:").format(a=told(found.start[0]), b=told(found.start[1]))]
    for step in found.steps:
        broken = f"  ({_('breaks')} {', '.join(step.broken)})" if step.broken else ""
        lines.append(
            f"  {step.matter}: {step.before} → {step.after}"
            f"  a {_signed(step.a)}, b {_signed(step.b)}{broken}"
        )
    lines.append(
        _("No side moves twice running.")
        if found.alternating
        else _("A side has to move twice running.")
    )
    data = {
        "start": [told(each) for each in found.start],
        "alternating": found.alternating,
        "best": found.best,
        "lowest": [told(each) for each in found.lowest],
        "steps": [
            {
                "matter": step.matter,
                "from": step.before,
                "to": step.after,
                "a": told(step.a),
                "b": told(step.b),
                "mover": step.mover,
                "broken": list(step.broken),
            }
            for step in found.steps
        ],
    }
    return Result(text="\n".join(lines), data=data)


def _signed(number: Any) -> str:
    return told(number) if number < 0 else f"+{told(number)}"


def _goal(answer: "Answer", asked: str | None) -> Any:
    from legation.packages.reading import exact
    from legation.packages.validating import shown

    wanted = answer.nash[0] if answer.nash else answer.frontier[0].value
    if asked is not None:
        try:
            a, _comma, b = asked.partition(",")
            wanted = exact(_whole(a)), exact(_whole(b))
        except ValueError:
            wanted = (Fraction(-1, 3), Fraction(-1, 3))
    for point in answer.frontier:
        if point.value == wanted:
            return point
    raise Refusal(
        "point",
        thing=N_("The point {point}"),
        rule=N_("it is not on the frontier."),
        remedy=N_("Take one that `packages solve` prints, as 690,810."),
        point=shown(asked),
    )


def _whole(text: str) -> int | str:
    text = text.strip()
    return int(text) if text.lstrip("-").isdecimal() else text


def run_robust(args: argparse.Namespace) -> Result:
    """Show what stays efficient when guesses are off by some per cent."""
    from legation.packages import around, robust

    case, limits, answer = solved(args)
    if not answer.frontier:
        return Result(text=sentences(answer), data=answer.answer(), code=1)
    with working(_("Weighing the guesses")):
        found = robust(case, around(case, Fraction(args.percent, 100)), limits=limits)
    lines = [_("Efficient in what part of the guesses ({n} sampled):").format(n=found.samples)]
    for each in found.standings:
        always = _("always") if each.always else f"{float(each.share):.0%}"
        lines.append(f"  {told(each.point.a):>8} {told(each.point.b):>8}  {always}")
    lines += [
        _("“{option}” of “{matter}”: {lost} lose their place if this guess alone is wrong.").format(
            matter=weight.guess[0], option=weight.guess[1], lost=weight.lost
        )
        for weight in found.weights[:5]
        if weight.lost
    ]
    data = {
        "samples": found.samples,
        "points": [
            {
                "point": [told(each.point.a), told(each.point.b)],
                "always": each.always,
                "radius": told(each.radius),
                "share": told(each.share),
            }
            for each in found.standings
        ],
        "guesses": [
            {"matter": each.guess[0], "option": each.guess[1], "lost": each.lost}
            for each in found.weights
        ],
    }
    return Result(text="\n".join(lines), data=data)
