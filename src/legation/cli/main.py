"""Read the command line, run one command, and end with 0 (done), 1 (refused) or 2 (usage)."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from operator import attrgetter
from pkgutil import iter_modules
from typing import Final

import legation
from legation.cli import commands
from legation.cli.faults import expected_faults, refusal_of
from legation.cli.output import Result, say, tell, write_bytes, write_json
from legation.cli.parsing import Family, Help, add_node
from legation.cli.words import _, speak_for_argparse
from legation.errors import Refusal

DONE: Final = 0
REFUSED: Final = 1
USAGE: Final = 2
WRONG_USAGE: Final = frozenset({"no-node"})


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each file in `commands` adds its own."""
    speak_for_argparse()
    parser = argparse.ArgumentParser(
        prog="legation",
        description=_(
            "Keeps embassies running, protects the people in them,"
            " and keeps one line of contact open."
        ),
        epilog=_(
            "Begin with `legation demo`: two nodes on this machine, to try everything.\n"
            "`legation COMMAND --help` shows a command's options and examples.\n"
            "Ends with 0: done, 1: refused with the reason, 2: wrong usage."
        ),
        formatter_class=Help,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"legation {legation.__version__}")
    add_node(parser)
    top = Family(parser)
    names = [f"{commands.__name__}.{found.name}" for found in iter_modules(commands.__path__)]
    for family in sorted(map(import_module, names), key=attrgetter("PLACE")):
        family.register(top)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = build_parser()
    if any(_is_broken(word) for word in words):
        parser.error(_("an argument is not text in UTF-8"))
    args = parser.parse_args(words)
    as_json: bool = args.json
    try:
        result: Result = args.run(args)
        _show(result, as_json=as_json)
    except BrokenPipeError:
        # Whoever read our output stopped reading: no fault, and nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except expected_faults() as fault:
        refusal = refusal_of(fault)
        if refusal is None:
            raise
        _refuse(refusal, as_json=as_json)
        return USAGE if refusal.code in WRONG_USAGE else REFUSED
    return result.code


def _refuse(refusal: Refusal, *, as_json: bool) -> None:
    if as_json:
        told = refusal.as_dict(_)
        more = {"others": [other.as_dict(_) for other in refusal.others]} if refusal.others else {}
        write_json({"ok": False, "refused": {**told, **more}})
        return
    for each in (refusal, *refusal.others):
        tell(each.sentence(_))


def _is_broken(word: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in word)


def _show(result: Result, *, as_json: bool) -> None:
    if result.raw is not None:
        write_bytes(result.raw)
    elif as_json:
        write_json(result.data)
    elif result.text:
        say(result.text)


if __name__ == "__main__":
    sys.exit(main())
