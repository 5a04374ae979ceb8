"""The two `legation serve` processes of a demonstration: started, watched, stopped."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from legation.errors import N_, Refusal

START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 15.0
LOOK_EVERY: Final = 0.05
LAST_WORDS: Final = 400


class Served:
    """One node, served by a process of its own. What it says goes to a file beside its folder.

    port: of its desk. line_port: where it really listens, behind the wire.
    """

    def __init__(self, home: Path, *, port: int, line_port: int, heartbeat: float) -> None:
        self.home = home
        self.port = port
        self.line_port = line_port
        self._heartbeat = heartbeat
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def said_in(self) -> Path:
        """The file that keeps what the process said."""
        return self.home.with_name(f"{self.home.name}.log")

    def start(self) -> None:
        """Start the process; `wait` waits until it answers."""
        command = [sys.executable, "-m", "legation.cli", "serve", str(self.home)]
        command += ["--port", str(self.port), "--line-port", str(self.line_port)]
        command += [
            "--line-host",
            "127.0.0.1",
            "--heartbeat",
            str(self._heartbeat),
            "--with-parent",
        ]
        environment = {key: value for key, value in os.environ.items() if key != "LEGATION_NODE"}
        with self.said_in.open("ab") as said:
            # A session of its own: Ctrl-C is for us, and we stop the node in order.
            self._process = subprocess.Popen(  # noqa: S603 - our own program, our own arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env=environment,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until the desk answers. Raises Refusal "not-started" with its last words."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if not self.is_running:
                break
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(LOOK_EVERY)
            else:
                return
        self.stop()
        raise Refusal(
            "not-started",
            thing=N_("Node {path}"),
            rule=N_("its process did not come up: {said}"),
            remedy=N_("Read {log}, mend what it says, then try again."),
            path=self.home,
            said=self.said_in.read_text("utf-8", "replace")[-LAST_WORDS:].strip() or "-",
            log=self.said_in,
        )

    @property
    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end, and end it if it does not."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
