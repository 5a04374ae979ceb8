"""The form that names a thing which is in no register yet: whose it is, and what it is called."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext

from legation.errors import N_, Refusal
from legation.line.queries import book as desk
from legation.missions.fields import register_of
from legation.missions.persons.queries import persons
from legation.missions.queries import is_known, newcomers
from legation.missions.staff import note_names
from legation.notices.fields import Asked
from legation.officers.requests import DeskRequest
from legation.officers.sight import sight_of

KEY: Final = re.compile(r"[A-Za-z0-9-]{1,60}", re.ASCII)
MOST_NAMED: Final = 500


class NewThingForm(forms.Form):
    """Asks whose a thing is, and by which name it is known; a person is never named in an id."""

    def __init__(
        self, request: DeskRequest, prefix: str, data: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, auto_id="id_new_%s")
        parties = desk.codes(request.node)
        own = request.node.party
        ordered = sorted(parties, key=lambda code: code != own)
        self.fields["sending"] = Asked(
            label=gettext("Sending state"),
            widget=forms.Select(choices=[(code, code) for code in ordered]),
            initial=own,
        )
        if prefix == "person":
            sight = sight_of(request.user)
            listed = persons(request.node, sight, size=MOST_NAMED).rows if sight.personal else ()
            known = newcomers(request.node, prefix, [person.id for person in listed])
            note_names(request, sorted(known))
            self.fields["key"] = Asked(
                label=gettext("From our persons list"),
                help_text=gettext("The name stays in the list; here stands a number."),
                required=False,
                widget=forms.Select(
                    choices=[
                        ("", gettext("Nobody of the list")),
                        *((one.key, one.values["name"]) for one in listed if one.id in known),
                    ]
                ),
            )
            return
        self.fields["key"] = Asked(
            label=gettext("Its name in the register"),
            help_text=gettext("Letters, digits and hyphens, as MOW-017; left empty, a number."),
            required=False,
            widget=forms.TextInput(attrs={"maxlength": 60, "autocomplete": "off"}),
        )

    def given(self) -> dict[str, str]:
        """Return what was filled in."""
        self.full_clean()
        return {name: str(self.cleaned_data.get(name) or "").strip() for name in self.fields}

    def refuse(self, refusal: Refusal) -> None:
        """Put what is wrong with the name to its field."""
        words = refusal.as_dict(gettext)
        self.add_error("key", f"{words['rule']} {words['remedy']}")


def new_thing(request: DeskRequest, prefix: str, given: Mapping[str, str]) -> tuple[str, str, str]:
    """Return id, sending and receiving state of a new thing.

    Raises Refusal "id" for a name that is none, "duplicate" for one that is taken.
    """
    parties = desk.codes(request.node)
    sending = given["sending"] if given["sending"] in parties else request.node.party
    receiving = next((code for code in parties if code != sending), "")
    owner = receiving if register_of(f"{prefix}/").named_by == "receiving" else sending
    key = given["key"] or request.node.random(8).hex()
    if not KEY.fullmatch(key):
        raise Refusal(
            "id",
            thing=N_("“{text}”"),
            rule=N_("a name here is letters, digits and hyphens, at most 60."),
            remedy=N_("Write it so, or leave it empty."),
            text=key[:80],
        )
    name = f"{prefix}/{key}" if key.startswith(f"{owner}-") else f"{prefix}/{owner}-{key}"
    if is_known(request.node, name):
        raise Refusal(
            "duplicate",
            thing=N_("{name}"),
            rule=N_("there is one of that name already."),
            remedy=N_("Open it in its register, or choose another name."),
            name=name,
        )
    return name, sending, receiving
