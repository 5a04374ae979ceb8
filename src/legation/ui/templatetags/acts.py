"""What acts are called, and why one is without effect: `{% load acts %}`."""

from django import template
from django.utils.translation import gettext

from legation.acts.catalogue import catalogue
from legation.acts.reasons import REASONS
from legation.ui.templatetags.parts import label

register = template.Library()


@register.filter
def act_title(name: str) -> str:
    """Say a type of act as officers call it; the type itself where this program knows none."""
    found = catalogue().title(name)
    return gettext(found) if found else name


@register.filter
def why_void(code: str) -> str:
    """Say why an act is without effect; the code as words where this program knows none."""
    said = REASONS.get(code)
    return label(code.replace("-", " ")) if said is None else gettext(said)
