"""What changed between two texts: `{% load differences %}`."""

from django import template

from legation.ui.differences import changed_paragraphs

register = template.Library()


@register.inclusion_tag("ui/difference.html")
def difference(before: object, now: object, lang: str = "") -> dict[str, object]:
    """Show the paragraphs that changed, word by word. lang: of both texts."""
    return {"changed": changed_paragraphs(str(before or ""), str(now or "")), "lang": lang}
