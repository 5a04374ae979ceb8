"""What a file is, in words: `{% load attached %}`."""

from typing import Final

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext

from legation.errors import N_
from legation.line.queries.files import space

register = template.Library()

MEDIA: Final = {
    "application/pdf": N_("PDF document"),
    "image/png": N_("Picture (PNG)"),
    "image/jpeg": N_("Picture (JPEG)"),
    "text/plain": N_("Text"),
    "text/csv": N_("Table (CSV)"),
}

SCANS: Final = {
    "delivered": N_("Copy with the stamp of receipt"),
    "reply": N_("Reply as it came on paper"),
    "other": N_("Other paper"),
}


@register.simple_tag(takes_context=True)
def room_for_files(context: template.Context) -> str:
    """Say how much room for files is left on this node."""
    room = space(context["request"].node)
    said = {"left": filesizeformat(room.left), "quota": filesizeformat(room.quota)}
    return gettext("Room for files on this node: %(left)s of %(quota)s left.") % said


@register.simple_tag
def scan_word(what: str) -> str:
    """Return what a scan is called."""
    return gettext(SCANS.get(what, what))


@register.simple_tag
def media_word(media_type: str) -> str:
    """Return what a type of file is called; the type itself where no table knows it."""
    known = MEDIA.get(media_type)
    return gettext(known) if known else media_type


@register.simple_tag
def message(text: str) -> str:
    """Say an untranslated message in the officer's language."""
    return gettext(text)
