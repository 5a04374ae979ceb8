"""Where the pages of registers stand."""

from django.urls import reverse

REGISTERS = {"post": "missions:posts", "premises": "missions:premises"}
THINGS = {"post": "missions:post", "premises": "missions:building"}


def register_address(prefix: str) -> str:
    """Return the address of a register's list."""
    return reverse(REGISTERS.get(prefix, f"missions:register_{prefix}"))


def thing_address(thing: str) -> str:
    """Return the address of a thing's page. thing: its id, of a register that there is."""
    prefix, _, key = thing.partition("/")
    return reverse(page_name(prefix), args=[key])


def page_name(prefix: str) -> str:
    """Return the name of the address of one thing's page."""
    return THINGS.get(prefix, f"missions:thing_{prefix}")


def list_address(name: object) -> str:
    """Return the address of a list of premises."""
    return reverse("missions:list", args=[str(name)])
