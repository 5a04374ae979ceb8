"""A file as an officer looks at it: pictures of its pages, its text, or a copy to save.

Nothing of a file is shown in place by the browser itself. Whoever calls these has judged whether
the officer sees what the file belongs to.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from legation.acts.files import FileRef
from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.line.queries import files
from legation.officers.intake import Pictured, pictured_apart
from legation.officers.intake.told import CSV, JPEG, PDF, PNG, TEXT
from legation.officers.requests import DeskRequest

SAVED_AS: Final = frozenset({PDF, PNG, JPEG, TEXT, CSV})
TEXT_SHOWN: Final = 200_000
DRAWN_WITHIN: Final = 15
"""Seconds for a page: the bytes may be the other side's, and a thread of the desk waits."""
KEPT: Final = 24
"""Drawn pages that are kept in memory, of some 300 kB each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """Where a file belongs. address: of its page, with a slash; files lie below it."""

    address: str
    title: str

    def file(self, root: str) -> str:
        """Return the address of a file's page."""
        return f"{self.address}files/{root}/"


class _Drawn:
    """The pages drawn last. In memory only: an erased file leaves nothing on the disk."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int], Pictured] = OrderedDict()

    def get(self, node: Node, ref: FileRef, page: int) -> Pictured:
        """Return a page; asks every time whether the file is still here."""
        key = (ref.root.text, page)
        files.open_file(node, ref.root.text).close()
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        data = files.read(node, ref.root.text)
        name = ref.name or ref.root.text[:12]
        made = pictured_apart(data, page, name, seconds=DRAWN_WITHIN)
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made


drawn: Final = _Drawn()


def chosen(refs: tuple[FileRef, ...], root: str) -> FileRef:
    """Return the file of that root, never one about a person. Raises Refusal "unknown-file"."""
    for ref in refs:
        if ref.root.text == root and ref.person is None:
            return ref
    raise Refusal(
        "unknown-file",
        thing=N_("File {root}"),
        rule=N_("nothing here names such a file."),
        remedy=N_("Choose it from the page of the notice or draft."),
        root=root[:12],
    )


def shown(
    request: DeskRequest, ref: FileRef, back: Back, *, ours_only: bool = True
) -> HttpResponse:
    """Answer with the page of a file: one of its pages as a picture, or its text.

    ours_only: no released act names it, so the page is not printed.
    """
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    context: dict[str, object] = {
        "ref": ref,
        "back": back,
        "ours_only": ours_only,
        "name": ref.name or ref.root.text[:12],
        "holding": files.holding(request.node, ref.root.text),
        "here": back.file(ref.root.text),
        "space": files.space(request.node),
    }
    try:
        if ref.type in (TEXT, CSV):
            context["text"] = _text(request.node, ref)
        else:
            made = drawn.get(request.node, ref, page)
            context |= {"page": made.page, "pages": made.pages}
    except Refusal as refusal:
        context["refused"] = [str(refusal.sentence())]
        return render(request, "officers/file.html", context, status=400)
    return render(request, "officers/file.html", context)


def picture(request: DeskRequest, ref: FileRef, page: int) -> HttpResponse:
    """Answer with one page as a PNG that this node drew."""
    return HttpResponse(drawn.get(request.node, ref, page).png, content_type=PNG)


def copy(request: DeskRequest, ref: FileRef) -> FileResponse:
    """Answer with the bytes, to be saved: never shown in place, and nothing in them runs."""
    name = ref.name or f"{ref.root.text[:12]}.bin"
    answer = FileResponse(
        files.open_file(request.node, ref.root.text),
        as_attachment=True,
        filename=name,
        content_type=ref.type if ref.type in SAVED_AS else "application/octet-stream",
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _text(node: Node, ref: FileRef) -> str:
    said = files.read(node, ref.root.text)[:TEXT_SHOWN].decode("utf-8", "replace")
    return "".join(
        char if char in "\n\t" or char.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for char in said.replace("\r\n", "\n")
    )
