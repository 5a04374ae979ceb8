"""The texts of a draft in a form: which languages, which of them is the original, and the words.

Left empty, the texts are made from the form by the formulae of its kind (`acts.formulae`).
"""

from collections.abc import Callable, Mapping
from typing import Final

from django import forms
from django.utils.translation import gettext

from legation.acts.names import LANGUAGES
from legation.errors import N_, Refusal
from legation.notices.fields import Asked, Part
from legation.notices.rows import Data
from legation.record.canon import Json
from legation.ui.templatetags.parts import language_name

TEXT_ROWS: Final = 14
ORIGINAL: Final = "original"
COURTESY: Final = "courtesy"
AUTHENTIC: Final = "authentic"
NO: Final = "no"


def spoken_in(langs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages to offer: those of both sides first, then all that have formulae."""
    return tuple(dict.fromkeys((*langs, *LANGUAGES)))


def usual_roles(langs: tuple[str, ...]) -> dict[str, str]:
    """Return each language's role as long as nobody chooses: the sender's is the original."""
    roles = dict.fromkeys(spoken_in(langs), NO)
    return roles | dict.fromkeys(langs, COURTESY) | {langs[0]: ORIGINAL}


def text_parts(langs: tuple[str, ...]) -> list[Part]:
    """Return for each language its role, and a field for its full text."""
    parts = []
    for lang in spoken_in(langs):
        parts += [_role_part(lang, usual_roles(langs)[lang]), _text_part(lang)]
    return parts


def _role_part(lang: str, usual: str) -> Part:
    choices = (
        (ORIGINAL, gettext("Original")),
        (COURTESY, gettext("Courtesy translation")),
        (AUTHENTIC, gettext("Equally authentic")),
        (NO, gettext("Not in this language")),
    )
    field = Asked(
        label=gettext("%(language)s is") % {"language": language_name(lang)},
        widget=forms.Select(choices=choices),
        required=False,
        initial=usual,
    )
    return Part(name=f"role_{lang}", field=field, read=lambda raw: str(raw or "")[:20] or None)


def _text_part(lang: str) -> Part:
    return Part(
        name=f"text_{lang}",
        field=Asked(
            label=gettext("Text in full: %(language)s") % {"language": language_name(lang)},
            help_text=gettext("Left empty, it is made from the form."),
            widget=forms.Textarea(attrs={"rows": TEXT_ROWS, "lang": lang, "class": "serif"}),
            required=False,
        ),
        read=lambda raw: str(raw or "").replace("\r\n", "\n").strip() or None,
    )


def roles_shown(langs: tuple[str, ...], filled: Mapping[str, Json] | None) -> dict[str, str]:
    """Return the roles that the texts or the languages of some data have, for the form."""
    texts = (filled or {}).get("texts")
    chosen = (filled or {}).get("languages")
    named: dict[str, str] = {}
    if isinstance(texts, list) and texts:
        named = {
            str(text.get("lang")): str(text.get("role")) for text in texts if isinstance(text, dict)
        }
    elif isinstance(chosen, list) and chosen:
        named = dict.fromkeys(map(str, chosen), COURTESY) | {str(chosen[0]): ORIGINAL}
    if not named:
        return {}
    return {f"role_{lang}": named.get(lang, NO) for lang in spoken_in(langs)}


def with_texts(langs: tuple[str, ...]) -> Callable[[Data], Data]:
    """Return what gathers the texts and their roles; one of them is the original."""
    usual = usual_roles(langs)

    def shape(filled: Data) -> Data:
        written = {lang: filled.pop(f"text_{lang}", None) for lang in usual}
        roles = {lang: str(filled.pop(f"role_{lang}", None) or usual[lang]) for lang in usual}
        if any(written.values()):
            return {**filled, "texts": _texts(written, roles)}
        _check_made(roles)
        if roles == usual:
            return filled
        used = [lang for lang in usual if roles[lang] != NO]
        used.sort(key=lambda lang: roles[lang] != ORIGINAL)
        return {**filled, "languages": [*used]} if used else filled

    return shape


def _texts(written: Mapping[str, Json], roles: Mapping[str, str]) -> list[Json]:
    """Return what was written, the original first; the first written is it where none is named."""
    langs = [lang for lang, words in written.items() if words]
    original = next((lang for lang in langs if roles[lang] == ORIGINAL), langs[0])
    langs.sort(key=lambda lang: lang != original)
    return [
        {"lang": lang, "role": _role(lang, original, roles), "text": written[lang]}
        for lang in langs
    ]


def _role(lang: str, original: str, roles: Mapping[str, str]) -> str:
    if lang == original:
        return ORIGINAL
    return AUTHENTIC if roles[lang] == AUTHENTIC else COURTESY


def _check_made(roles: Mapping[str, str]) -> None:
    """Refuse to call a text authentic that nobody has read yet."""
    for lang, role in roles.items():
        if role == AUTHENTIC:
            raise Refusal(
                "authentic",
                thing=N_("Text in {lang}"),
                rule=N_("an officer reads a text before it is authentic; this is not made yet."),
                remedy=N_("Have the texts made, read both, then declare it."),
                lang=lang,
                field=f"role_{lang}",
            )
