"""The shared record: in words for everybody, in hashes for those who check."""

import tempfile
from pathlib import Path

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from legation.desk.queries import record as records
from legation.desk.shell import band_of
from legation.errors import N_, Refusal
from legation.line import queries as line
from legation.line.export import export_record
from legation.officers.permissions import HEALTH, READ
from legation.officers.requests import DeskRequest, needs
from legation.officers.sight import sight_of


@require_GET
@needs(HEALTH)
def record(request: DeskRequest) -> HttpResponse:
    """Say whether both sides hold the same, and when who last signed that."""
    context = {
        "record": records.record(request.node),
        "now_band": band_of(request, request.node),
        "sees_all": sight_of(request.user).everything,
    }
    return render(request, "desk/record.html", context)


@require_GET
@needs(READ)
def entries(request: DeskRequest, side: str) -> HttpResponse:
    """List one log, newest first."""
    before = request.GET.get("before", "")
    below = int(before) if before.isdecimal() and len(before) < 16 else None
    rows = records.entries(request.node, side, before=below, sight=sight_of(request.user))
    more = rows[-1].index if len(rows) == records.PAGE and rows[-1].index else None
    return render(request, "desk/entries.html", {"side": side, "rows": rows, "more": more})


@require_GET
@needs(READ)
def entry(request: DeskRequest, side: str, index: str) -> HttpResponse:
    """Show one entry with its proof."""
    shown = records.entry(request.node, side, int(index), sight=sight_of(request.user))
    return render(request, "desk/entry.html", {"entry": shown})


@require_GET
@needs(READ)
def proof(request: DeskRequest, side: str, index: str) -> HttpResponse:
    """Hand out the proof of one entry: it opens this act, and no other."""
    shown = records.entry(request.node, side, int(index), sight=sight_of(request.user))
    data = line.proof(request.node, side, int(index))
    return _file(data, f"{shown.party}-{int(index)}.tlog-proof", "text/plain; charset=utf-8")


@require_GET
@needs(HEALTH)
def checkpoint(request: DeskRequest, side: str) -> HttpResponse:
    """Hand out the newest signed checkpoint of one log: a size and a hash, nothing else."""
    view = records.record(request.node)
    log = records.log_of(view, side) if view else None
    text = (log.cosigned or log.checkpoint) if log else ""
    name = f"{log.party if log else side}-checkpoint.txt"
    return _file(text.encode(), name, "text/plain; charset=utf-8")


@require_GET
@needs(READ)
def export(request: DeskRequest) -> HttpResponseBase:
    """Hand out the whole record as one archive that `verify.py` checks. Nothing ours only."""
    node = request.node
    if not sight_of(request.user).everything:
        raise _not_whole(request.user.post)
    name = f"record-{node.party}-{node.clock():%Y%m%d-%H%M%S}.zip"
    with tempfile.TemporaryDirectory(prefix="legation-export-") as folder:
        path = Path(folder) / name
        export_record(node, path, at=node.clock())
        # The open file outlives its name: nothing is left behind when the browser goes away.
        archive = path.open("rb")
    return FileResponse(archive, as_attachment=True, filename=name)


def _not_whole(post: str) -> Refusal:
    return Refusal(
        "sight",
        thing=N_("The whole record"),
        rule=N_("it holds the notices of every post, and you see those of {post}."),
        remedy=N_("Ask an officer of the ministry to export it, or take single entries' proofs."),
        post=post,
    )


def _file(data: bytes, name: str, media: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
