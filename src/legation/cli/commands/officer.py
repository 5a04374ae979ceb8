"""`legation officer`: add, list, suspend, expel; a new password, and the way back in."""

import argparse
from typing import TYPE_CHECKING

from legation.cli import doors
from legation.cli.node import open_named
from legation.cli.output import Result, table, when
from legation.cli.parsing import Family, add_doer
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.line.node import Node
    from legation.officers.queries import OfficerLine
    from legation.officers.services import Officer

PLACE = 20


def register(top: Family) -> None:
    """Add the family `officer`."""
    family = top.family("officer", about=_("the people who may act on this node"))
    add = family.command(
        "add",
        add_one,
        about=_("add an officer; prints their first password once"),
        examples=[
            "legation -n us officer add Ada --role officer --post post/US-MOW",
            "legation -n us officer add Bela --role clearing --role custodian",
        ],
    )
    add.add_argument("name", metavar="NAME", help=_("the name to sign in with"))
    add.add_argument(
        "--role",
        dest="roles",
        metavar="ROLE",
        action="append",
        required=True,
        help=_("officer, clearing, custodian, auditor or administrator; may be repeated"),
    )
    add.add_argument("--post", metavar="POST", default="", help=_("post/US-MOW or the like"))
    add.add_argument(
        "--as",
        dest="officer",
        metavar="OFFICER",
        help=_("who drafts the new keys, for a custodian once there is a record"),
    )
    add.add_argument("--full-name", metavar="TEXT", default="", help=_("as shown on pages"))
    family.command(
        "list",
        list_all,
        about=_("all officers, the suspended ones too"),
        examples=["legation -n us officer list"],
    )
    suspend = family.command(
        "suspend",
        suspend_one,
        about=_("stop an officer at once: no sign-in, no command"),
        examples=['legation -n us officer suspend Ada --reason "left the service"'],
    )
    suspend.add_argument("name", metavar="NAME")
    suspend.add_argument("--reason", metavar="TEXT", default="")
    add_doer(suspend)
    password = family.command(
        "password",
        new_password,
        about=_("make a new password of one's own; prints it once"),
        examples=["legation -n us officer password Ada --as Ada"],
    )
    password.add_argument("name", metavar="NAME")
    add_doer(password)
    doors.add_to(family)


def _doer(node: "Node", args: argparse.Namespace) -> "Officer | None":
    from legation.officers.services import officer_by_token

    return officer_by_token(node, args.officer) if args.officer else None


def add_one(args: argparse.Namespace) -> Result:
    """Add an officer, their token file, and a custodian's key."""
    node = open_named(args)
    from legation.officers import services

    added = services.add_officer(
        node,
        by=_doer(node, args),
        name=args.name,
        roles=args.roles,
        post=args.post,
        display_name=args.full_name,
        at=node.clock(),
    )
    lines = [
        _("Officer {name} ({roles}) added.").format(name=added.name, roles=", ".join(added.roles)),
        _("First password, shown this once: {password}").format(password=added.password),
        _("Token for commands with --as {name}: {path}").format(
            name=added.name, path=added.token_path
        ),
    ]
    if added.key_path is not None:
        lines.append(_("Signing key of the custodian: {path}").format(path=added.key_path))
    if added.draft is not None:
        lines.append(
            _(
                "The key counts once {draft} is cleared, and released with two custodians"
                " signing: release {draft} --as NAME --sign CUSTODIAN --sign CUSTODIAN"
            ).format(draft=added.draft)
        )
    return Result(
        text="\n".join(lines),
        data={
            "name": added.name,
            "roles": added.roles,
            "password": added.password,
            "token": added.token_path,
            "key": added.key_path,
            "draft": added.draft,
        },
    )


def list_all(args: argparse.Namespace) -> Result:
    """Show who may act on this node."""
    node = open_named(args)
    from legation.officers import queries

    found = queries.officers(node)
    rows = [
        (
            officer.name,
            ", ".join(officer.roles),
            officer.post or "-",
            _standing(officer),
        )
        for officer in found
    ]
    return Result(
        text=table((_("NAME"), _("ROLES"), _("POST"), _("STATE")), rows),
        data={"officers": found},
    )


def _standing(officer: "OfficerLine") -> str:
    if officer.expelled_at:
        return _("expelled {when}").format(when=when(officer.expelled_at))
    if officer.suspended_at:
        return _("suspended {when}").format(when=when(officer.suspended_at))
    return _("active")


def suspend_one(args: argparse.Namespace) -> Result:
    """Stop an officer."""
    node = open_named(args)
    from legation.officers import services

    officer = services.suspend_officer(
        node, name=args.name, by=_doer(node, args), at=node.clock(), reason=args.reason
    )
    return Result(
        text=_("Officer {name} is suspended.").format(name=officer.username),
        data={"name": officer.username, "suspended_at": officer.suspended_at},
    )


def new_password(args: argparse.Namespace) -> Result:
    """Give an officer a new password."""
    node = open_named(args)
    from legation.officers import services

    password = services.reset_password(node, name=args.name, by=_doer(node, args), at=node.clock())
    return Result(
        text=_("New password of {name}, shown this once: {password}").format(
            name=args.name, password=password
        ),
        data={"name": args.name, "password": password},
    )
