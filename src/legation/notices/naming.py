"""What a thing of a register is called in lists and forms of this room."""

from legation.acts.statements import Register


def name_of(thing: Register) -> str:
    """Return what people know a thing by: its name or city as stated, and its id."""
    for field in ("name", "city"):
        if field in thing.fields_class.__dataclass_fields__:  # type: ignore[attr-defined] # a dataclass
            now = thing.now(field)
            if now is not None:
                return f"{now.value} ({thing.id.partition('/')[2]})"
    return thing.id.partition("/")[2]
