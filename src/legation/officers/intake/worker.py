"""The process in which a file is read: bounds first, then the libraries, then the bytes."""

import resource
import struct
import sys
from typing import Final

from legation.errors import Refusal
from legation.officers.intake.apart import (
    FILE,
    MEMORY,
    SECONDS,
    pictured_bytes,
    refused_bytes,
    told_bytes,
)
from legation.officers.intake.told import LARGEST

OPEN_FILES: Final = 64


def main(what: str) -> None:
    """Read a name and a file from standard input; write it clean, a page drawn, or why not.

    what: "take", or the number of a page.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The libraries come in within the bounds.
    from legation.officers.intake.pictured import pictured  # noqa: PLC0415
    from legation.officers.intake.taking import take_in  # noqa: PLC0415

    (length,) = struct.unpack(">I", sys.stdin.buffer.read(4))
    name = sys.stdin.buffer.read(length).decode()
    data = sys.stdin.buffer.read(LARGEST + 1)
    try:
        if what == "take":
            said = told_bytes(take_in(data, name))
        else:
            said = pictured_bytes(pictured(data, int(what), name))
    except Refusal as refusal:
        said = refused_bytes(refusal)
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
