"""Writing many rows of one table at once: statements made once, rows bound to them.

What `bulk_create` gives, without composing a statement as long as its rows: of an act that is
written or received, that took longer than folding it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import Model


def insert(alias: str, rows: Sequence[Model]) -> None:
    """Insert unsaved rows of one model; those with a counted key get theirs from the database."""
    if not rows:
        return
    sql, names = _insert(type(rows[0]))
    _run(alias, sql, ([getattr(row, name) for name in names] for row in rows))


def upsert(alias: str, rows: Sequence[Model], columns: Sequence[str]) -> None:
    """Insert rows of one model, or where the key is there set only these columns."""
    if not rows:
        return
    sql, names = _upsert(type(rows[0]), tuple(columns))
    _run(alias, sql, ([getattr(row, name) for name in names] for row in rows))


def _run(alias: str, sql: str, rows: Iterable[Sequence[Any]]) -> None:
    adapt = connections[alias].ops.adapt_datetimefield_value
    bound = ([adapt(each) if isinstance(each, datetime) else each for each in row] for row in rows)
    with connections[alias].cursor() as cursor:
        cursor.executemany(sql, list(bound))


@cache
def _insert(model: type[Model]) -> tuple[str, tuple[str, ...]]:
    fields = list(model._meta.concrete_fields)  # noqa: SLF001 - Django's documented API
    if model._meta.auto_field is not None:  # noqa: SLF001
        fields = [field for field in fields if field is not model._meta.auto_field]  # noqa: SLF001
    columns = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join("%s" for _ in fields)
    table = model._meta.db_table  # noqa: SLF001
    sql = f'INSERT INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 - names of our own
    return sql, tuple(field.attname for field in fields)


@cache
def _upsert(model: type[Model], columns: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    sql, names = _insert(model)
    key = model._meta.pk.column  # noqa: SLF001
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
    return f'{sql} ON CONFLICT("{key}") DO UPDATE SET {sets}', names
