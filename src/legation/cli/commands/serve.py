"""`legation serve`: one process with the desk, the line port, and the line at work."""

import argparse
import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from legation.cli.node import open_to_serve
from legation.cli.output import Result, say
from legation.cli.parsing import Family
from legation.cli.words import _

if TYPE_CHECKING:
    from legation.cli.serving import Stop
    from legation.line.node import Node

PLACE = 35
LINE_HOST: Final = "0.0.0.0"  # noqa: S104 - the peer is elsewhere; TLS pins its key
LOOK_SECONDS: Final = 1.0
FASTEST: Final = 0.5
SLOWEST: Final = 3_600.0


def register(top: Family) -> None:
    """Add `serve`."""
    serve = top.command(
        "serve",
        run,
        about=_("run a node: the desk for browsers, the line for the other side"),
        examples=[
            "legation serve us --port 8001 --line-port 9001",
            "legation serve us --port 8001 --line-port 9001 --folder /media/stick",
        ],
    )
    serve.add_argument("dir", metavar="DIR", help=_("the node's folder"))
    serve.add_argument("--port", type=_port, default=8001, help=_("of the desk (8001)"))
    serve.add_argument("--line-port", type=_port, default=9001, help=_("of the line (9001)"))
    serve.add_argument(
        "--host", metavar="ADDRESS", default="127.0.0.1", help=_("of the desk (127.0.0.1)")
    )
    serve.add_argument(
        "--line-host", metavar="ADDRESS", default=LINE_HOST, help=_("of the line (all)")
    )
    serve.add_argument("--folder", metavar="P", help=_("also carry by this folder"))
    serve.add_argument(
        "--heartbeat", metavar="S", type=_seconds, default=10.0, help=_("seconds between (10)")
    )
    serve.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)


def _port(text: str) -> int:
    port = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= port <= 65_535:
        raise argparse.ArgumentTypeError(_("a port is a number from 1 to 65535"))
    return port


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not FASTEST <= seconds <= SLOWEST:
        raise argparse.ArgumentTypeError(
            _("between {least} and {most} seconds").format(least=FASTEST, most=SLOWEST)
        )
    return seconds


def run(args: argparse.Namespace) -> Result:
    """Serve the node until somebody asks it to stop."""
    args.node = args.dir
    from legation.cli.serving import Stop, only_process

    stop = Stop()
    stop.listen()
    node = open_to_serve(args)
    with ExitStack() as running:
        running.enter_context(only_process(node.home))
        _start(node, args, running)
        say(_told(node, args))
        _wait(stop, with_parent=args.with_parent)
    return Result(text=_("Stopped."), data={"ok": True})


def _start(node: "Node", args: argparse.Namespace, running: ExitStack) -> None:
    """Take both ports, then begin; whatever was begun ends with `running`."""
    from django.conf import settings
    from django.urls import get_resolver
    from django.utils.module_loading import import_string

    from legation.cli.daily import Daily
    from legation.cli.serving import Desk
    from legation.desk.services.tidying import tidy
    from legation.line.loop import LineLoop, line_port

    get_resolver().url_patterns  # noqa: B018 - a desk with a fault in it does not start
    application = import_string(settings.WSGI_APPLICATION)
    line = line_port(node, (args.line_host, args.line_port))
    line.start()
    running.callback(line.stop)
    desk = Desk(args.host, args.port, application)
    desk.start()
    running.callback(desk.stop)
    folder = Path(args.folder).absolute() if args.folder else None
    loop = LineLoop(node, heartbeat=args.heartbeat, folder=folder)
    loop.start()
    running.callback(loop.stop)
    daily = Daily(lambda: tidy(node, at=node.clock()), alias=node.alias)
    daily.start()
    running.callback(daily.stop)


def _told(node: "Node", args: argparse.Namespace) -> str:
    name = node.party.lower()
    lines = [
        _("{name} ({party}) is served. Stop it with Ctrl-C.").format(
            name=node.name, party=node.party
        ),
        desk_address(name, args.port),
        _("Line: port {port}, TLS, for the confirmed peer only").format(port=args.line_port),
    ]
    if args.folder:
        lines.append(_("Folder: {path}").format(path=args.folder))
    return "\n".join(lines)


def desk_address(name: str, port: int) -> str:
    """Say where browsers find the desk: here, or where the proxy before it stands."""
    from django.conf import settings

    if not settings.HTTPS:
        return _("Desk: http://{name}.localhost:{port}/").format(name=name, port=port)
    if not settings.HOSTS:
        return _("Desk: port {port}, behind a proxy; LEGATION_HOSTS names no address yet").format(
            port=port
        )
    addresses = " ".join(f"https://{host}/" for host in settings.HOSTS)
    return _("Desk: {addresses} through the proxy, from port {port}").format(
        addresses=addresses, port=port
    )


def _wait(stop: "Stop", *, with_parent: bool) -> None:
    """Wait for the request to stop, or for the end of the process that started this one."""
    parent = os.getppid()
    while not stop.wait(LOOK_SECONDS if with_parent else None):
        if os.getppid() != parent:
            return
