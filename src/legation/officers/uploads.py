"""How files reach the desk: streamed to a temporary file, with a bound, on one page alone."""

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

from legation.errors import Refusal
from legation.officers.intake.taking import too_large
from legation.officers.intake.told import LARGEST

AT_ONCE: Final = 20
"""Files of one form."""


class Capped(TemporaryFileUploadHandler):
    """Writes a file to the disk as it comes, and stops at 25 MiB: nothing is held in memory."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.taken = 0
        self.too_large: str | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin another file."""
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; stop the upload where there are too many."""
        self.taken += len(raw_data)
        if self.taken > LARGEST:
            self.too_large = self.file_name or "?"
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


def prepare(request: HttpRequest) -> Capped:
    """Let this request alone bring files; called before anybody reads its form."""
    handler = Capped(request)
    request.upload_handlers = [handler]
    return handler


def sent(request: HttpRequest, handler: Capped, field: str) -> "list[UploadedFile[Any]]":
    """Return the files that came. Raises Refusal "file-size"."""
    files = request.FILES.getlist(field)
    if handler.too_large is not None:
        raise _over(handler)
    return [each for each in files if each.name][:AT_ONCE]


def _over(handler: Capped) -> Refusal:
    return too_large(handler.too_large or "?")
