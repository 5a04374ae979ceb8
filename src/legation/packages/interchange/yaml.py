"""Read YAML as mappings, lists and text, from its events: no tags, no objects, bounded aliases.

Every scalar stays the text it was written as, so no decimal becomes a float and no option called
`no` becomes false.
"""

from typing import Final, NoReturn, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from legation.errors import N_
from legation.packages.interchange.exactly import refused

MAX_YAML: Final = 8 << 20
MAX_ALIASES: Final = 1_000
MAX_DEPTH: Final = 50
Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str"
Given: TypeAlias = "Tree | None"


class Plain(str):
    """Text that stood without quotes, and so may be a number."""

    __slots__ = ()


def parsed(data: bytes, where: str) -> Tree:
    """Return the one document of a file. Raises Refusal "size" or "yaml", with the line."""
    if len(data) > MAX_YAML:
        refused(where, N_("a YAML file has at most {most} bytes."), code="size", most=MAX_YAML)
    builder = _Builder(where)
    try:
        for event in yaml.parse(data, Loader=yaml.CSafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as fault:
        line = 0 if fault.problem_mark is None else fault.problem_mark.line + 1
        why = str(fault.problem)[:80]
        refused(f"{where}, line {line}", N_("it is YAML ({why})."), code="yaml", why=why)
    except (yaml.YAMLError, ValueError) as fault:
        why = str(fault).partition("\n")[0][:80]
        refused(where, N_("it is YAML ({why})."), code="yaml", why=why)
    return builder.root()


class _Builder:
    """Puts events together without recursion."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._open: list[tuple[dict[str, Tree] | list[Tree], str | None]] = []
        self._keys: list[str | None] = []
        self._anchors: dict[str, Tree] = {}
        self._aliases = 0
        self._found: list[Tree] = []

    def root(self) -> Tree:
        if not self._found:
            refused(self._where, N_("it is empty."), code="yaml")
        return self._found[0]

    def take(self, event: Event) -> None:
        match event:
            case DocumentStartEvent() if self._found:
                self._fault(event, N_("it holds one document."))
            case ScalarEvent():
                self._untagged(event)
                plain = event.implicit[0] and not event.style
                self._put(event, Plain(event.value) if plain else event.value, event.anchor)
            case AliasEvent():
                self._aliases += 1
                known = self._anchors.get(event.anchor or "")
                if self._aliases > MAX_ALIASES or known is None:
                    self._fault(event, N_("an alias repeats what went before, and few do."))
                self._put(event, known, None)
            case MappingStartEvent() | SequenceStartEvent():
                self._untagged(event)
                if len(self._open) >= MAX_DEPTH:
                    self._fault(event, N_("it lies too deep."))
                is_map = isinstance(event, MappingStartEvent)
                self._open.append(({} if is_map else [], event.anchor))
                self._keys.append(None)
            case MappingEndEvent() | SequenceEndEvent():
                whole, anchor = self._open.pop()
                self._keys.pop()
                self._put(event, whole, anchor)

    def _put(self, event: Event, value: Tree, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = value
        if not self._open:
            self._found.append(value)
            return
        parent = self._open[-1][0]
        if isinstance(parent, list):
            parent.append(value)
            return
        waiting = self._keys[-1]
        if waiting is not None:
            parent[waiting] = value
            self._keys[-1] = None
        elif not isinstance(value, str):
            self._fault(event, N_("a key is text."))
        elif value in parent:
            self._fault(event, N_("the key “{name}” is given twice."), name=value[:60])
        else:
            self._keys[-1] = value

    def _untagged(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        if event.tag is not None:
            self._fault(event, N_("it has the tag “{tag}”; none is read."), tag=event.tag[:60])

    def _fault(self, event: Event, rule: str, **values: object) -> NoReturn:
        mark = event.start_mark
        line = 0 if mark is None else mark.line + 1
        refused(f"{self._where}, line {line}", rule, code="yaml", **values)
