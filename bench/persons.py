"""A list of 5,000 persons: read, checked and taken, from CSV and XLSX; and given out again."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench import Figure

ROWS: Final = 5_000
SECONDS: Final = 10
HEADER: Final = (
    "Name as in passport",
    "Имя на родном языке",
    "Function",
    "Category",
    "Nationality",
    "Doğum tarihi",
    "Passport number",
    "Passport valid until",
    "Post",
)


def figures(*, long: bool) -> Iterator[Figure]:
    """Yield the seconds from the file to the rows of the list, in one run each."""
    del long  # a list is never longer than 10,000 rows
    import django

    django.setup()
    import nodes
    from legation.officers.sheets.writing import to_csv, to_xlsx

    rows = [
        (f"NAME Given{n}", f"Имя {n}", "Attaché", "diplomatic", "XA", "23.04.1985",
         f"P{n:07}", "2031-01-01", "XA-MIS")
        for n in range(ROWS)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        nodes.make_templates(folder)
        for form, data in (
            ("csv", to_csv(HEADER, rows)),
            ("xlsx", to_xlsx(HEADER, rows, title="x")),
        ):
            node = nodes.open_copy(folder / "lone", folder / form, nodes.Clock())
            seconds = _take(node, data)
            name = f"{ROWS} persons from {form.upper()}"
            yield Figure(name=name, value=seconds, unit="s", at_most=SECONDS)


def _take(node: object, data: bytes) -> float:
    from legation.missions.persons import services

    by = "Ada"
    begin = time.perf_counter()
    at = node.clock()  # type: ignore[attr-defined] # a Node, imported only once Django is up
    number = services.begin_import(node, data=data, name="x", by=by, at=at)  # type: ignore[arg-type] # as above
    while not services.check_piece(node, number=number, by=by):  # type: ignore[arg-type] # as above
        pass
    new, _changed = services.take(node, number=number, by=by, at=at)  # type: ignore[arg-type] # as above
    if new != ROWS:
        raise RuntimeError("not all rows were taken")
    return time.perf_counter() - begin
