"""What a request tells of a browser, in a word each. Pure. None of it is believed for access."""

from ipaddress import ip_address
from typing import Final

# The first that fits: most browsers also call themselves by the names further down.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("YaBrowser", "Yandex"),
    ("HeadlessChrome", "Chromium"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> str:
    """Return the browser's name by its User-Agent, "" for an unknown one."""
    return next((name for sign, name in BROWSERS if sign in agent), "")


def system_of(agent: str) -> str:
    """Return the system's name by the User-Agent, "" for an unknown one."""
    return next((name for sign, name in SYSTEMS if sign in agent), "")


def place_of(address: str) -> str:
    """Return how far away an address is: "machine", "network", "outside"; "" for none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:
        return "machine"
    return "network" if found.is_private or found.is_link_local else "outside"
