"""One node as a process of its own, for the figures of the line: `python -m bench.line._node`.

It says "ready" when it listens, goes when it is told to, says one line of JSON when both sides
hold all, and ends when its standard input does.
"""

import argparse
import json
import os
import resource
import sys
import time
from pathlib import Path

import django

READY = "ready"
GO = "go"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--port", type=int)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--own", type=int, default=0, help="entries of ours they must hold")
    parser.add_argument("--theirs", type=int, default=0, help="entries of theirs to wait for")
    chosen = parser.parse_args()

    os.environ["DJANGO_SETTINGS_MODULE"] = "legation.settings"
    django.setup()
    from legation.line.loop import LineLoop, line_port
    from legation.line.node import open_node
    from legation.line.queries.reach import reach

    node = open_node(chosen.home)
    port = line_port(node, ("127.0.0.1", chosen.port)) if chosen.port else None
    loop = LineLoop(node, heartbeat=2, folder=chosen.folder)
    if port is not None:
        port.start()
    print(READY, flush=True)
    sys.stdin.readline()
    begin, cpu = time.monotonic(), time.process_time()
    loop.start()
    while True:
        held = reach(node)
        assert held is not None
        if held.is_even and held.have >= chosen.own and held.theirs >= chosen.theirs:
            break
        time.sleep(0.05)
    done = {
        "seconds": time.monotonic() - begin,
        "cpu": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": held.size,
        "theirs": held.theirs,
    }
    print(json.dumps(done), flush=True)
    sys.stdin.read()
    loop.stop()
    if port is not None:
        port.stop()


if __name__ == "__main__":
    main()
