"""The command's own words in the reader's language, without loading Django."""

import gettext
from functools import lru_cache
from pathlib import Path

from legation.errors import N_

_DOMAIN = "django"
_LOCALES = Path(__file__).resolve().parent.parent / "locale"
OF_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("unrecognized arguments: %s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)
"""What argparse says of itself; it asks gettext for it, in the domain of the process."""


@lru_cache(maxsize=1)
def _translations() -> gettext.NullTranslations:
    return gettext.translation(_DOMAIN, _LOCALES, fallback=True)


def speak_for_argparse() -> None:
    """Have argparse find its own words in our catalogues too."""
    gettext.bindtextdomain(_DOMAIN, str(_LOCALES))
    gettext.textdomain(_DOMAIN)


def _(message: str) -> str:
    """Return the message in the language of the environment, else as it stands."""
    return _translations().gettext(message) if message else message


def language() -> str:
    """Return the language that `_` speaks, as "en" or "ru"."""
    return _translations().info().get("language", "en")[:2]
