"""Terms of rules and limits in a few words of the reader's language."""

from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext

from legation.errors import N_
from legation.missions import naming
from legation.missions.readiness.figures import Figure, Item
from legation.record.canon import Json
from legation.ui.templatetags.parts import partial_day

_WORDED: Final[dict[str, Callable[[Json], str]]] = {
    # The same words as in the list of rules.
    "radius_miles": lambda value: gettext("beyond %(n)s miles") % {"n": value},
    "hours": lambda value: gettext("%(n)s hours before") % {"n": value},
    "one_post": lambda _: "",
    "per": lambda _: "",
}


def terms_words(item: Item, *without: str) -> str:
    """Say what the author of a measure says of it, term by term."""
    given = dict(item.details)
    said = [_term(name, value, given) for name, value in item.details if name not in without]
    return "; ".join(each for each in said if each)


def figure_terms(figure: Figure) -> str:
    """Say in which terms a rule or limit is compared; "" for a figure that is only a number."""
    if figure.content is None or not figure.items:
        return ""
    return terms_words(figure.items[0], "kind", "rule", "exempt", "number", "counted")


def _term(name: str, value: Json, given: dict[str, Json]) -> str:
    if name == "quota":
        per = gettext(str(given.get("per", "")))
        return gettext("%(n)s each %(per)s without leave") % {"n": value, "per": per}
    worded = _WORDED.get(name)
    if worded is not None:
        return worded(value)
    if name == "mode":
        return gettext(_MODES.get(str(value), str(value)))
    return f"{gettext(naming.field_name(name))}: {_value(name, value)}"


def _value(name: str, value: Json) -> str:
    if isinstance(value, str) and value.replace("_", "").isalpha() and value.islower():
        return gettext(naming.value_name(name, value))
    return partial_day(value)


_MODES: Final = {
    "notification": N_("By notification"),
    "permission": N_("By permission"),
    "closed": N_("Closed"),
    "free": N_("Free"),
}
