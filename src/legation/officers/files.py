"""Small secret files: made for their owner's eyes only, read with a bound."""

import os
import stat
from pathlib import Path

from legation.errors import N_, Refusal


def write_private(path: Path, data: bytes) -> None:
    """Write a new file of mode 0600, synced to the disk. Never over an existing one.

    Raises Refusal "file-exists"; OSError where the disk refuses.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError as fault:
        raise Refusal(
            "file-exists",
            thing=N_("File {path}"),
            rule=N_("a token or key is never written over another."),
            remedy=N_("Move that file away first."),
            path=path,
        ) from fault
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def read_private(path: Path, *, limit: int) -> bytes:
    """Read a secret file that only its owner can read.

    limit: most bytes it may hold.
    Raises Refusal "no-token" (absent or unreadable), "token-mode" (others can read it) or
    "token-size".
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as fault:
        raise Refusal(
            "no-token",
            thing=N_("Token {path}"),
            rule=N_("`--as` needs the officer's own token file, and it cannot be read ({why})."),
            remedy=N_("Run this as the user who keeps the node, with the token in its place."),
            path=path,
            why=fault.strerror,
        ) from fault
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode) or about.st_mode & 0o077:
            raise Refusal(
                "token-mode",
                thing=N_("Token {path}"),
                rule=N_("a token is a plain file that only its owner can read."),
                remedy=N_("Run `chmod 600 {path}` if nobody else has read it; else replace it."),
                path=path,
            )
        data = os.read(handle, limit + 1)
    finally:
        os.close(handle)
    if len(data) > limit:
        raise Refusal(
            "token-size",
            thing=N_("Token {path}"),
            rule=N_("a token file holds at most {limit} bytes."),
            remedy=N_("Put the officer's own token file back."),
            path=path,
            limit=limit,
        )
    return data
