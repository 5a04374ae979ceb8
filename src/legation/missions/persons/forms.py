"""The form of one person, drawn from the columns of the list. The list's own rules judge it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext

from legation.errors import Refusal
from legation.missions.persons.columns import CATEGORIES, COLUMNS, LANGS, Column
from legation.notices.fields import Asked


class PersonForm(forms.Form):
    """Asks for every column. data, initial: by column."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        place = LANGS.get((get_language() or "en")[:2], 0)
        for column in COLUMNS:
            self.fields[column.key] = Asked(
                label=column.titles[place], required=column.required, widget=_widget(column)
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


def _widget(column: Column) -> forms.Widget:
    if column.day:
        return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if column.key == "category":
        words = [(code, gettext(each[0])) for code, each in CATEGORIES.items()]
        return forms.Select(choices=[("", "–"), *words])
    if column.key == "dependants":
        return forms.Textarea(attrs={"rows": 3, "maxlength": column.most})
    return forms.TextInput(attrs={"maxlength": column.most, "autocomplete": "off"})
