"""Work that a served node does every day, in a thread of its own."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import connections

from legation.errors import Refusal

FIRST_SECONDS: Final = 60.0
"""After the start: not while the desk and the line begin."""
DAY_SECONDS: Final = 24 * 60 * 60.0
STOP_SECONDS: Final = 10.0

_log: Final = logging.getLogger("legation.desk")


class Daily:
    """Does some work soon after the start and then every day, until it is stopped.

    work: what it says is logged: counts, never content. alias: of the database that it uses.
    """

    def __init__(
        self,
        work: Callable[[], object],
        *,
        alias: str,
        first: float = FIRST_SECONDS,
        every: float = DAY_SECONDS,
    ) -> None:
        self._work, self._alias = work, alias
        self._first, self._every = first, every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily", daemon=True)

    def start(self) -> None:
        """Begin, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """End; work under way is finished first, within 10 seconds."""
        self._stopping.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        wait = self._first
        while not self._stopping.wait(wait):
            self._once()
            wait = self._every

    def _once(self) -> None:
        try:
            _log.info("tidied: %s", self._work())
        except Refusal as refusal:
            _log.info("%s", refusal)
        except Exception:  # noqa: BLE001 - whatever went wrong today, tomorrow it is tried again
            _log.exception("tidying failed, and is tried again tomorrow")
        finally:
            connections[self._alias].close()
