"""The argument parser: families, their commands, help with examples."""

import argparse
from collections.abc import Callable, Sequence
from typing import TypeAlias

from legation.cli.output import Result
from legation.cli.words import _

Run: TypeAlias = Callable[[argparse.Namespace], Result]


class Help(argparse.RawDescriptionHelpFormatter):
    """Keeps the examples' lines as they are written."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=96)


class Family:
    """A place to add commands to: the top, or a family such as `notice`.

    Every command gets `-n DIR` and, unless it reads JSON itself, `--json`, so that they may
    stand before or after its name.
    """

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parsers = parser.add_subparsers(metavar=_("COMMAND"), dest=argparse.SUPPRESS)
        self._parsers.required = True

    def family(self, name: str, *, about: str) -> "Family":
        """Add a family of commands under `name`."""
        parser = self._parsers.add_parser(
            name, help=about, description=about, formatter_class=Help, allow_abbrev=False
        )
        return Family(parser)

    def command(
        self,
        name: str,
        run: Run,
        *,
        about: str,
        examples: Sequence[str] = (),
        reads_json: bool = False,
    ) -> argparse.ArgumentParser:
        """Add a command. reads_json: its `--json FILE|-` is an input, as `input`."""
        parser = self._parsers.add_parser(
            name,
            help=about,
            description=about,
            epilog=_examples(examples),
            formatter_class=Help,
            allow_abbrev=False,
        )
        add_node(parser)
        parser.set_defaults(run=run, json=reads_json)
        if reads_json:
            parser.add_argument(
                "--json",
                dest="input",
                metavar="FILE|-",
                required=True,
                help=_("the form's fields as one JSON object; the answer is JSON too"),
            )
        else:
            parser.add_argument("--json", action="store_true", help=_("print one JSON value"))
        return parser


def add_node(parser: argparse.ArgumentParser) -> None:
    """Let the parser take `-n DIR`."""
    parser.add_argument(
        "-n",
        "--node",
        metavar="DIR",
        default=argparse.SUPPRESS,
        help=_("the node's folder (else $LEGATION_NODE)"),
    )


def add_officer(parser: argparse.ArgumentParser) -> None:
    """Let the parser take `--as OFFICER`, and require it."""
    parser.add_argument(
        "--as",
        dest="officer",
        metavar="OFFICER",
        required=True,
        help=_("the officer who does this; their token file is read"),
    )


def add_doer(parser: argparse.ArgumentParser) -> None:
    """Let the parser take `--as OFFICER`, for the audit, without requiring it."""
    parser.add_argument(
        "--as", dest="officer", metavar="OFFICER", help=_("who does this, for the audit")
    )


def _examples(lines: Sequence[str]) -> str | None:
    if not lines:
        return None
    return "\n".join((_("examples:"), *(f"  {line}" for line in lines)))
