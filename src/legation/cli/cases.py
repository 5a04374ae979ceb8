"""Files of cases: which are read together, `packages convert` and `packages plot`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from legation.cli.inputs import read_input
from legation.cli.output import Result, working
from legation.cli.parsing import Family
from legation.cli.words import _
from legation.errors import N_, Refusal

if TYPE_CHECKING:
    from legation.packages import Case
    from legation.packages import Result as Answer

MAX_INPUT: Final = 64 << 20
FORMS: Final = ("case", "genius", "negmas")
_PROFILES: Final = (("xml",), ("yml", "yaml"), ("json",))


def takes_files(command: argparse.ArgumentParser) -> None:
    """Let a command take the files of one case."""
    command.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help=_(
            "a case (legation-case/1); or a GENIUS or NegMAS domain with the files of side a and"
            " side b; or two NegoLog profiles; or a folder that holds one of these"
        ),
    )


def apart(names: list[str]) -> tuple[list[str], str | None]:
    """Return the files of a case, and the answer named after them, if one is.

    A second JSON file is an answer, unless both are profiles of NegoLog.
    """
    *case, last = names
    if not case or (last != "-" and not last.lower().endswith(".json")):
        return names, None
    if last == "-" or len(case) > 1 or Path(case[0]).is_dir():
        return case, last
    if not case[0].lower().endswith(".json"):
        return names, None
    is_case = b'"matters"' in read_input(case[0], limit=MAX_INPUT)
    return (case, last) if is_case else (names, None)


def read_files(names: list[str]) -> "Case":
    """Return the case of the files that a command was given."""
    from legation.packages import load

    paths = [Path(name) for name in names]
    if len(paths) == 1 and paths[0].is_dir():
        paths = _within(paths[0])
    return load(*paths)


def _within(folder: Path) -> list[Path]:
    """Return the files of a folder that are one case: the domain first, then by name."""
    found = sorted(path for path in folder.iterdir() if not path.name.startswith(("_", ".")))
    for endings in _PROFILES:
        files = [path for path in found if path.suffix.lower().removeprefix(".") in endings]
        domains = [path for path in files if "domain" in path.stem.lower()]
        sides = [path for path in files if path not in domains]
        if endings == ("json",):
            sides = [path for path in sides if "profile" in path.stem.lower()]
        if len(sides) == 2 and len(domains) == (0 if endings == ("json",) else 1):
            return [*domains, *sides]
    raise Refusal(
        "folder",
        thing=N_("The folder {name}"),
        rule=N_("it does not hold one domain and two sides, or two NegoLog profiles."),
        remedy=N_("Name the files: the domain, then side a's, then side b's."),
        name=str(folder),
    )


def register_convert(packages: Family) -> None:
    """Add `packages convert`."""
    convert = packages.command(
        "convert",
        run_convert,
        about=_("read the files of one program, write those of another; no digit is lost"),
        examples=[
            "legation packages convert domain.xml a.xml b.xml --to case -o case.json",
            "legation packages convert case.json --to genius -o folder",
            "legation packages convert profileA.json profileB.json --to negmas -o folder",
        ],
    )
    takes_files(convert)
    convert.add_argument("--to", choices=FORMS, required=True, help=_("what to write"))
    convert.add_argument(
        "-o",
        "--out",
        metavar="OUT",
        required=True,
        help=_("a new file for a case; else a folder for three files"),
    )


def run_convert(args: argparse.Namespace) -> Result:
    """Convert, and name the files written; none is written over."""
    from legation.packages.interchange import write_case, write_genius, write_negmas

    case = read_files(args.files)
    out = Path(args.out)
    if args.to == "case":
        written = {out: write_case(case)}
    else:
        files = write_genius(case) if args.to == "genius" else write_negmas(case)
        written = {out / name: data for name, data in files.items()}
        out.mkdir(parents=True, exist_ok=True)
    for path in written:
        if path.exists():
            raise _exists(path)
    for path, data in written.items():
        _write(path, data)
    names = [str(path) for path in written]
    return Result(
        text="\n".join(_("Written: {name}").format(name=name) for name in names),
        data={"ok": True, "to": args.to, "files": names},
    )


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise _exists(path) from None


def _exists(path: Path) -> Refusal:
    return Refusal(
        "exists",
        thing=N_("The file {name}"),
        rule=N_("it is there already, and nothing is written over."),
        remedy=N_("Name another place with -o."),
        name=str(path),
    )


def register_plot(
    packages: Family, run: Callable[[argparse.Namespace], Result]
) -> argparse.ArgumentParser:
    """Add `packages plot`. run: draws with `draw`."""
    plot = packages.command(
        "plot",
        run,
        about=_("draw the frontier, the agreed points and the reserves as one SVG file"),
        examples=["legation packages plot case.json -o frontier.svg"],
    )
    takes_files(plot)
    plot.add_argument("-o", "--out", metavar="OUT", required=True, help=_("the new SVG file"))
    return plot


def draw(
    args: argparse.Namespace,
    solved: "Callable[[argparse.Namespace], tuple[Case, object, Answer]]",
) -> Result:
    """Draw what `solve` finds; a run that met its limit has nothing to draw."""
    from legation.packages.plotting import plot

    case, _limits, answer = solved(args)
    with working(_("Drawing")):
        drawn = plot(case, answer)
    _write(Path(args.out), drawn.encode("utf-8"))
    data = {"status": answer.status, "file": args.out, "points": len(answer.frontier)}
    return Result(
        text=_("Written: {name}").format(name=args.out),
        data=data,
        code=0 if answer.status in ("exact", "infeasible") else 1,
    )


def pairs(texts: list[str]) -> dict[str, str]:
    """Return matter -> option of texts as MATTER=OPTION. Raises Refusal "pair"."""
    found: dict[str, str] = {}
    for matter, option in map(pair, texts):
        if matter in found:
            raise Refusal(
                "pair",
                thing=N_("“{text}”"),
                rule=N_("a combination names each matter once."),
                remedy=N_("Choose one option of it."),
                text=matter[:80],
            )
        found[matter] = option
    return found


def pair(text: str) -> tuple[str, str]:
    """Return matter and option of a text as MATTER=OPTION. Raises Refusal "pair"."""
    matter, equals, option = text.partition("=")
    if not equals:
        raise Refusal(
            "pair",
            thing=N_("“{text}”"),
            rule=N_("it is written as MATTER=OPTION."),
            remedy=N_("Write both, with = between."),
            text=text[:80],
        )
    return matter, option
