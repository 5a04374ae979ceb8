"""The form of one person, drawn from the columns of the list. The list's own rules judge it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from legation.errors import Refusal
from legation.missions.persons.columns import CATEGORIES, COLUMNS, LANGS, Column
from legation.notices.fields import Asked
from legation.notices.moments import Choices


class PersonForm(forms.Form):
    """Asks for every column. data, initial: by column. posts: to choose from."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        posts: Choices,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        known = {"post": _with_kept(posts, initial), "category": _categories()}
        place = LANGS.get((get_language() or "en")[:2], 0)
        for column in COLUMNS:
            self.fields[column.key] = Asked(
                label=column.titles[place],
                required=column.required,
                widget=_widget(column, known.get(column.key)),
            )

    def given(self) -> dict[str, str]:
        """Return what was filled in."""
        self.full_clean()
        return {
            name: str(value).replace("\r\n", "\n").strip()
            for name, value in self.cleaned_data.items()
            if value
        }

    def refuse(self, refusal: Refusal) -> None:
        """Put each fault to its field."""
        for one in (refusal, *refusal.others):
            field = str(one.values.get("field", ""))
            words = one.as_dict(gettext)
            known = field in self.fields
            self.add_error(
                field if known else None,
                f"{words['rule']} {words['remedy']}" if known else words["sentence"],
            )


def _with_kept(posts: Choices, initial: Mapping[str, str] | None) -> Choices:
    """Return the same, with the post that is kept already where nobody names it any more."""
    kept = (initial or {}).get("post", "")
    if not kept or kept in {post for post, _ in posts}:
        return posts
    return [*posts, (kept, kept.partition("/")[2] or kept)]


def _categories() -> Choices:
    return [(code, capfirst(gettext(each[0]))) for code, each in CATEGORIES.items()]


def _widget(column: Column, choices: Choices | None) -> forms.Widget:
    if column.day:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if choices is not None:
        return forms.Select(choices=[("", "–"), *choices])
    if column.key == "dependants":
        return forms.Textarea(attrs={"rows": 3, "maxlength": column.most})
    return forms.TextInput(attrs={"maxlength": column.most, "autocomplete": "off"})
