"""`legation officer expel`, `recover` and `return`: who is shut out, and who comes back in."""

import argparse

from legation.cli.inputs import read_json
from legation.cli.node import open_named
from legation.cli.output import Result, when
from legation.cli.parsing import Family, add_officer
from legation.cli.words import _


def add_to(family: Family) -> None:
    """Add the commands to the family `officer`."""
    expel = family.command(
        "expel",
        expel_one,
        about=_("shut an officer out for good: sessions, passkeys, token, signing key"),
        examples=['legation -n us officer expel Ada --as Bela --reason "left with the laptop"'],
    )
    expel.add_argument("name", metavar="NAME")
    expel.add_argument("--reason", metavar="TEXT", default="", help=_("ours only"))
    add_officer(expel)
    recover = family.command(
        "recover",
        approve_one,
        about=_("approve that an officer gets back in; prints one half of a code, once"),
        examples=["legation -n us officer recover Ada --as Bela"],
    )
    recover.add_argument("name", metavar="NAME")
    add_officer(recover)
    back = family.command(
        "return",
        let_back_in,
        about=_("come back with both halves of the code; prints a new password, once"),
        examples=["legation -n us officer return Ada --json halves.json"],
        reads_json=True,
    )
    back.add_argument("name", metavar="NAME")


def expel_one(args: argparse.Namespace) -> Result:
    """Expel an officer, as a key custodian."""
    node = open_named(args)
    from legation.officers import services

    by = services.officer_by_token(node, args.officer)
    done = services.expel_officer(node, name=args.name, by=by, at=node.clock(), reason=args.reason)
    lines = [
        _("Officer {name} is expelled: every way in is shut.").format(name=done.name),
        _("Sessions ended: {sessions}. Passkeys forgotten: {passkeys}.").format(
            sessions=done.sessions, passkeys=done.passkeys
        ),
        *(_("{draft} must be cleared again.").format(draft=draft) for draft in done.uncleared),
    ]
    if done.key == "stopped":
        lines.append(_("Their signing key is stopped, by an act in the record."))
    if done.key_refusal is not None:
        lines.append(_("Their signing key is not stopped yet."))
        lines.append(done.key_refusal.sentence(_))
    return Result(
        text="\n".join(lines),
        data={
            "name": done.name,
            "sessions": done.sessions,
            "passkeys": done.passkeys,
            "uncleared": done.uncleared,
            "key": done.key,
            "key_waits": done.key_refusal.code if done.key_refusal else None,
        },
    )


def approve_one(args: argparse.Namespace) -> Result:
    """Approve that an officer gets back in."""
    node = open_named(args)
    from legation.officers import services

    by = services.officer_by_token(node, args.officer)
    done = services.approve_recovery(node, name=args.name, by=by, at=node.clock())
    which = _("Second half") if done.second else _("First half")
    then = (
        _("Both halves open the way until {when}: officer return {name}")
        if done.second
        else _("Another clearing officer or key custodian approves too, until {when}.")
    )
    return Result(
        text="\n".join(
            (
                _("{which} of the code for {name}, shown this once: {half}").format(
                    which=which, name=done.name, half=done.half
                ),
                then.format(when=when(done.until), name=done.name),
            )
        ),
        data={"name": done.name, "half": done.half, "second": done.second, "until": done.until},
    )


def let_back_in(args: argparse.Namespace) -> Result:
    """Come back with both halves, {"first", "second"}; a password is made and shown once."""
    told = read_json(args.input)
    node = open_named(args)
    from legation.officers import services

    password = services.new_password(node)
    services.recover(
        node,
        name=args.name,
        halves=(str(told.get("first", "")), str(told.get("second", ""))),
        password=password,
        at=node.clock(),
    )
    return Result(
        text=_("New password of {name}, shown this once: {password}").format(
            name=args.name, password=password
        ),
        data={"name": args.name, "password": password},
    )
