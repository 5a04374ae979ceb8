"""Posts of which we know something that no act says: found by looking (`notices.noted`)."""

from legation.line.node import Node
from legation.missions.queries.own import own_statements

NAMES = ("name", "city")


def posts(node: Node, party: str) -> list[tuple[str, str]]:
    """Return the posts of a party that we noted, by name or city where we know it."""
    named: dict[str, str] = {}
    for each in own_statements(node, prefix="post"):
        if each.sending == party:
            value = each.raw.get("value") if each.field in NAMES else None
            named[each.thing] = named.get(each.thing) or (value if isinstance(value, str) else "")
    keys = {thing: thing.partition("/")[2] for thing in named}
    return sorted(
        (thing, f"{name} ({keys[thing]})" if name else keys[thing]) for thing, name in named.items()
    )
