"""Write the map in README.md: one line a package, from its docstring, in the order of the layers.

The layers are those of pyproject.toml, top to bottom; what lies inside a package follows it.
Run by `make readme-map`; `tests/architecture/test_readme.py` says when it is due.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SOURCE = ROOT / "src" / "legation"
BEGIN, END = "<!-- map: make readme-map -->\n", "<!-- end of map -->\n"

# Their names say it, and a map of everything is a map of nothing.
NOT_SHOWN = {"migrations", "queries", "services", "static", "templates", "templatetags", "views"}


def half_line(path: Path) -> str:
    """Return the first line of a module's docstring, without its full stop; "" if it has none."""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return doc.partition("\n")[0].rstrip(".")


def layers() -> list[str]:
    """Return the names directly under `legation`, from the faces down to the errors."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    stack = next(contract for contract in contracts if contract["type"] == "layers")
    names = [re.sub(r"[()\s]", "", name) for row in stack["layers"] for name in row.split("|")]
    return [*names, *stack["exhaustive_ignores"]]


def packages(folder: Path) -> Iterator[Path]:
    """Yield the package files (`__init__.py`) of a folder and of what lies in it, in order."""
    if (folder / "__init__.py").exists():
        yield folder / "__init__.py"
        for inner in sorted(folder.iterdir()):
            if inner.is_dir() and inner.name not in NOT_SHOWN:
                yield from packages(inner)


def rows() -> Iterator[tuple[str, str]]:
    """Yield (path under src/legation, half line) for everything that the map shows."""
    for name in layers():
        module = SOURCE / f"{name}.py"
        if module.exists():
            yield module.name, half_line(module)
        for package in packages(SOURCE / name):
            yield f"{package.parent.relative_to(SOURCE)}/", half_line(package)


def map_text() -> str:
    """Return the map as README.md holds it, with its two marks."""
    table = "".join(f"| `{path}` | {words} |\n" for path, words in rows())
    return f"{BEGIN}| `src/legation/` | |\n|---|---|\n{table}{END}"


def main() -> None:
    """Write the map into README.md, between its marks."""
    text = README.read_text(encoding="utf-8")
    pattern = re.escape(BEGIN) + r".*?" + re.escape(END)
    README.write_text(
        re.sub(pattern, lambda _: map_text(), text, flags=re.DOTALL), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
