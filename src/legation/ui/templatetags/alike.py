"""The warning of letters that look alike: `{% load alike %}`. Ours only, never a refusal."""

from django import template

from legation.ui.alike import Alike, look_alikes

register = template.Library()


@register.inclusion_tag("ui/alike.html")
def alike(*values: object) -> dict[str, tuple[Alike, ...]]:
    """Warn of the letters in some values that could be taken for others."""
    return {"found": look_alikes(*values)}
