"""What must hold before a record can be computed again, each fault with its row.

1. Every cell of every table holds what its column is for: SQLite keeps whatever it is given.
   JSON is an object; a list where that is the default, or where the model's `JSON_LISTS` says so.
2. The introductions open, they are of the two parties, and each party has its one log.
"""

from typing import Final

from django.apps import apps
from django.db import connections
from django.db.models import Field, ForeignKey, Model, UniqueConstraint

from legation.acts.introduction import open_introduction
from legation.errors import Refusal
from legation.line.models import Entry, Log, Peer, Side
from legation.line.node import Node
from legation.line.queries.report import Report, table_of
from legation.line.services.rows import all_rows

_OURS: Final = "legation."
_DAY: Final = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*"
_KINDS: Final = {
    "BinaryField": "typeof({c}) = 'blob'",
    "CharField": "typeof({c}) = 'text'",
    "TextField": "typeof({c}) = 'text'",
    "JSONField": "CASE WHEN typeof({c}) = 'text' AND json_valid({c})"
    " THEN json_type({c}) = '{shape}' ELSE 0 END",
    "DateTimeField": f"typeof({{c}}) = 'text' AND {{c}} GLOB '{_DAY}' AND julianday({{c}}) > 0",
    "BooleanField": "typeof({c}) = 'integer' AND {c} IN (0, 1)",
    "FloatField": "typeof({c}) IN ('real', 'integer')",
}
_NUMBER: Final = "typeof({c}) = 'integer'"


def check_ground(node: Node, report: Report) -> bool:
    """Check what everything else rests on; tell whether it holds."""
    for model in apps.get_models():
        if model.__module__.startswith(_OURS):
            _check_cells(node.alias, model, report)
    if report.ok:
        _check_pair(node, report)
    return report.ok


def _check_cells(alias: str, model: type[Model], report: Report) -> None:
    fields = model._meta.concrete_fields  # noqa: SLF001 - Django's documented API
    tests = [f"({_test(field)})" for field in fields]
    names = [f'"{name}"' for name in _row_names(model)]
    sql = f'SELECT {", ".join(names + tests)} FROM "{table_of(model)}"'  # noqa: S608 - names of our own
    with connections[alias].cursor() as cursor:
        cursor.execute(f"{sql} WHERE NOT ({' AND '.join(tests)})")
        for row in cursor.fetchall():
            name = " ".join(str(part) for part in row[: len(names)])
            for field, holds in zip(fields, row[len(names) :], strict=True):
                if not holds:
                    report.note(table_of(model), name, str(field.column))


def _test(field: "Field[object, object]") -> str:
    column = f'"{field.column}"'
    kind = field.target_field if isinstance(field, ForeignKey) else field
    shape = "array" if _is_list(field) else "object"
    test = _KINDS.get(kind.get_internal_type(), _NUMBER).format(c=column, shape=shape)
    if field.choices:
        listed = ", ".join(f"'{value}'" for value, _ in field.flatchoices)
        test = f"{test} AND {column} IN ({listed})"
    return f"{column} IS NULL OR {test}" if field.null else test


def _is_list(field: "Field[object, object]") -> bool:
    return field.default is list or field.name in getattr(field.model, "JSON_LISTS", ())


def _row_names(model: type[Model]) -> tuple[str, ...]:
    """Return the columns that name a row to a person: those that no two rows share."""
    meta = model._meta  # noqa: SLF001 - Django's documented API
    for rule in meta.constraints:
        if isinstance(rule, UniqueConstraint) and rule.fields and rule.condition is None:
            columns = {field.name: str(field.column) for field in meta.concrete_fields}
            return tuple(columns[name] for name in rule.fields)
    return (str(meta.pk.column),)


def _check_pair(node: Node, report: Report) -> None:
    peers, table = all_rows(node.alias, Peer), table_of(Peer)
    peer = next((row for row in peers if row.second_at is not None), None)
    if peer is None:
        if Entry.objects.using(node.alias).exists():
            name, what = (peers[0].party, "second_at") if peers else ("-", "is not there")
            report.note(table, name, what)
        return
    for column, party in (("own_introduction", node.party), ("introduction", peer.party)):
        try:
            fits = open_introduction(bytes(getattr(peer, column))).party == party
        except Refusal:
            fits = False
        if not fits:
            report.note(table, peer.party, column)
    held = {log.side: log.party for log in all_rows(node.alias, Log)}
    wanted = {str(Side.OWN): node.party, str(Side.PEER): peer.party}
    for side in sorted(held.keys() | wanted.keys()):
        if side not in held or side not in wanted:
            what = "is not there" if side in wanted else "does not belong there"
            report.note(table_of(Log), side, what)
        elif held[side] != wanted[side]:
            report.note(table_of(Log), side, "party")
