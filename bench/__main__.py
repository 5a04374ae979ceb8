"""Run the figures: `python -m bench [--long] [NAME…]`. Exit 1 when a bar is not reached."""

import argparse
import importlib
import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

import bench
from bench import Figure, cpu_probe

HERE = Path(__file__).parent


def names() -> list[str]:
    """Return the modules of this folder, those in folders too, as `record.tree`."""
    found = (path.relative_to(HERE).with_suffix("").parts for path in HERE.rglob("*.py"))
    return sorted(".".join(parts) for parts in found if not parts[-1].startswith("_"))


def line(figure: Figure) -> str:
    verdict = "" if not figure.bar else "ok" if figure.reached else "BELOW THE BAR"
    value = f"{figure.value:,.3g}" if figure.value < 1000 else f"{figure.value:,.0f}"
    words = f"{figure.name:<58} {value:>10} {figure.unit:<8} {figure.bar:<8} {verdict:<4}"
    return f"{words} {figure.note}".rstrip()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=bench.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", choices=[*names(), []])
    parser.add_argument("--long", action="store_true", help="all sizes, up to 10^6 (an hour)")
    chosen = parser.parse_args()

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legation.settings")
    sys.path.insert(0, str(HERE.parent / "tests"))  # their builders make what is measured
    probe = cpu_probe()
    print(f"{platform.machine()}, Python {platform.python_version()}, CPU probe {probe:.3f} s")
    measured: dict[str, list[Figure]] = {}
    for name in chosen.names or names():
        module = importlib.import_module(f"bench.{name}")
        if not hasattr(module, "figures"):
            continue
        print(f"\n{name}: {(module.__doc__ or '').partition(chr(10))[0]}", flush=True)
        measured[name] = []
        for figure in module.figures(long=chosen.long):
            measured[name].append(figure)
            print(line(figure), flush=True)

    results = HERE / "results"
    results.mkdir(exist_ok=True)
    written = {name: [asdict(figure) for figure in found] for name, found in measured.items()}
    (results / "latest.json").write_text(
        json.dumps({"probe": probe, "figures": written}, indent=1) + "\n", encoding="utf-8"
    )
    missed = [figure for found in measured.values() for figure in found if not figure.reached]
    print(f"\n{len(missed)} below their bar; all figures in bench/results/latest.json")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
