"""The states of ISO 3166 by their codes, from pycountry: read once, and only when asked for."""

from functools import cache

import pycountry


@cache
def states() -> tuple[tuple[str, str], ...]:
    """Return code and name of every state of ISO 3166, by name."""
    found = [(each.alpha_2, name_of(each.alpha_2)) for each in pycountry.countries]
    return tuple(sorted(found, key=lambda each: each[1]))


@cache
def name_of(code: str) -> str:
    """Return a state's name by its code of two or three letters, the code where it has none."""
    found = {2: pycountry.countries.get(alpha_2=code), 3: pycountry.countries.get(alpha_3=code)}
    state = found.get(len(code))
    return code if state is None else str(getattr(state, "common_name", None) or state.name)
