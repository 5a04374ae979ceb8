"""`legation verify`: an outsider's check of what was exported, a record or one log's tiles."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from legation.cli.output import Result, when, working
from legation.cli.parsing import Family
from legation.cli.words import _
from legation.errors import N_, Refusal

if TYPE_CHECKING:
    from legation.record.tilecheck import Files, TilesFound

PLACE = 90
FAULTS_SHOWN = 50
LAST_SECOND = 2**37


def register(top: Family) -> None:
    """Add `verify`."""
    verify = top.command(
        "verify",
        run,
        about=_("check an export without trusting either side; needs no node"),
        examples=[
            "legation verify export.zip",
            "legation verify export --root US:FINGERPRINT --root RU:FINGERPRINT",
            "legation verify tiles",
        ],
    )
    verify.add_argument(
        "out", metavar="OUT", help=_("an export: a folder or a .zip, or a folder of tiles")
    )
    verify.add_argument(
        "--root",
        dest="roots",
        metavar="PARTY:FP",
        action="append",
        default=[],
        help=_("a party's root fingerprint, 64 hex, as given to you by hand"),
    )


def run(args: argparse.Namespace) -> Result:
    """Check tiles; hand anything else to the one-file verifier, which prints its own findings."""
    from legation.record import verify

    words = [args.out, *(f"--root={root}" for root in args.roots)]
    with working(_("Checking the export")):
        tiles = _tiles(Path(args.out))
        if tiles is not None:
            return _check_tiles(tiles, args)
        code = verify.main([*words, "--json"] if args.json else words)
    return Result(raw=b"", code=code)


def _tiles(out: Path) -> "Files | None":
    from legation.record import verify
    from legation.record.tilecheck import are_tiles

    try:
        files = verify.open_folder(out) if out.is_dir() else {}
    except verify.Wrong:
        return None
    return files if are_tiles(files) else None


def _check_tiles(files: "Files", args: argparse.Namespace) -> Result:
    from legation.record.tilecheck import check_tiles

    if args.roots:
        raise Refusal(
            "root",
            thing=N_("The tiles in {path}"),
            rule=N_("they name a log's own key, in the file vkeys, and no root key."),
            remedy=N_("Give --root with an export of the whole record; compare vkeys by eye."),
            path=args.out,
        )
    found = check_tiles(files)
    faults = [{"file": file, "what": refusal.sentence(_)} for file, refusal in found.faults]
    verdict = (
        _("These tiles do not agree with what their log signed.")
        if faults
        else _("These tiles agree with themselves; whose log it is was not checked.")
    )
    shown = [] if faults else _shown(found)
    lines = [each["what"] for each in faults[:FAULTS_SHOWN]] or shown
    if len(faults) > FAULTS_SHOWN:
        lines.append(_("and {more} more").format(more=len(faults) - FAULTS_SHOWN))
    return Result(
        text="\n".join([*lines, verdict]),
        data={
            "ok": not faults,
            "tiles": True,
            "faults": faults,
            "shown": shown,
            "facts": _facts(found),
            "verdict": verdict,
        },
        code=1 if faults else 0,
    )


def _shown(found: "TilesFound") -> list[str]:
    """Say what these tiles show, and what they do not."""
    assert found.newest is not None
    lines = [
        _("The log {origin}, {size:,} entries, signed by the key {key}.").format(
            origin=found.newest.origin, size=found.newest.size, key=found.vkeys[0].encode()
        )
    ]
    lines += [
        _("{name} countersigned it ({at}, by its own clock).").format(
            name=name, at=when(datetime.fromtimestamp(min(at, LAST_SECOND), UTC))
        )
        for name, at in found.countersigned.items()
    ] or [_("No countersignature of this size is in it.")]
    lines.append(
        _("Earlier checkpoints in it, each countersigned: {count}.").format(
            count=len(found.earlier)
        )
    )
    lines.append(
        _("It shows what every act says.")
        if found.content
        else _("It holds commitments only: it shows that entries stand, not what they say.")
    )
    lines.append(
        _(
            "Not shown: whose keys these are (compare them with those given to you by hand), that"
            " nothing came later, that no earlier checkpoint was left out, that nobody was shown"
            " another history."
        )
    )
    return lines


def _facts(found: "TilesFound") -> dict[str, object]:
    if found.newest is None:
        return {}
    return {
        "origin": found.newest.origin,
        "size": found.newest.size,
        "root": found.newest.hash.hex(),
        "vkeys": [key.encode() for key in found.vkeys],
        "countersigned": found.countersigned,
        "earlier": found.earlier,
        "content": found.content,
    }
