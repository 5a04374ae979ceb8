"""The command's own words in the reader's language, without loading Django."""

import gettext
import os
from functools import lru_cache
from pathlib import Path

_LOCALES = Path(__file__).resolve().parent.parent / "locale"


@lru_cache(maxsize=1)
def _translations() -> gettext.NullTranslations:
    named = [os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    languages = [part.split(".")[0] for value in named for part in value.split(":") if part]
    return gettext.translation("django", _LOCALES, languages, fallback=True)


def _(message: str) -> str:
    """Return the message in the language of the environment, else as it stands."""
    return _translations().gettext(message) if message else message


def language() -> str:
    """Return the language that `_` speaks, as "en" or "ru"."""
    return _translations().info().get("language", "en")[:2]
