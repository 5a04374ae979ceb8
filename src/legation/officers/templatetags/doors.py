"""What the pages of sign-in ask about the address they are shown at: `{% load doors %}`."""

from ipaddress import ip_address

from django import template
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext

from legation.officers.queries import SessionLine

register = template.Library()


@register.simple_tag(takes_context=True)
def passkeys_work(context: template.Context) -> bool:
    """Tell whether a browser makes passkeys at this address: a name, by TLS or on this machine.

    Source: Web Authentication, 5.1.2 (a domain, in a secure context).
    """
    request: HttpRequest = context["request"]
    host = split_domain_port(request.get_host())[0]
    if _is_number(host):
        return False
    return request.is_secure() or host == "localhost" or host.endswith(".localhost")


@register.simple_tag(takes_context=True)
def named_address(context: template.Context) -> str:
    """Return this desk's address on this machine by name, where passkeys work."""
    request: HttpRequest = context["request"]
    port = split_domain_port(request.get_host())[1]
    own = str(context["own"].code).lower()
    return f"http://{own}.localhost{f':{port}' if port else ''}/"


@register.simple_tag
def browser_words(row: SessionLine) -> str:
    """Say a browser in words: "Firefox on Linux"."""
    if row.browser and row.system:
        told = {"browser": row.browser, "system": row.system}
        return gettext("%(browser)s on %(system)s") % told
    return row.browser or row.system or gettext("A browser of an unknown kind")


@register.simple_tag
def message(text: str) -> str:
    """Say an untranslated message in the officer's language."""
    return gettext(text)


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
