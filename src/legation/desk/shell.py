"""What stands round every page: tabs, the line band, who is signed in. A context processor."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from legation.desk.queries.band import ALONE, Band, PeerFacts, band, count_beats, peer_of
from legation.desk.queries.saved import saved
from legation.desk.queries.today import Waiting, waiting
from legation.line.node import Node
from legation.line.queries.book import counterpart
from legation.officers.permissions import CLEAR, DRAFT, PEOPLE, READ
from legation.ui.clocks import clock_of
from legation.ui.iso import STATES, in_language
from legation.ui.marks import mark_of, party_marks

if TYPE_CHECKING:
    from legation.officers.models import Officer

# Name of the address, what the tab says, the key after g, and whether it shows notices' content.
TABS: Final = (
    ("desk:today", gettext_lazy("Today"), "d", True),
    ("missions:readiness", gettext_lazy("Readiness"), "e", True),
    ("notices:list", gettext_lazy("Notices"), "n", True),
    ("officers:drafts", gettext_lazy("Drafts"), "w", True),
    ("missions:posts", gettext_lazy("Posts"), "p", True),
    ("missions:premises", gettext_lazy("Premises"), "b", True),
    ("missions:chronicle", gettext_lazy("Chronicle"), "c", True),
    ("persons:list", gettext_lazy("Persons"), "m", True),
    ("desk:record", gettext_lazy("Shared record"), "r", False),
    ("desk:line", gettext_lazy("Line of contact"), "l", False),
    ("desk:officers", gettext_lazy("Officers"), "o", False),
)

REGISTERS: Final = ("missions:register_", "missions:thing_", "missions:own")
"""Pages that belong to the posts: registers without a tab of their own, and what only we know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab of the main menu. count: how much waits there for this officer."""

    href: str
    label: str
    key: str
    here: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party as the shell names it."""

    code: str
    name: str


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what `base.html` needs. Before sign-in: who we are, and nothing of the record."""
    node: Node | None = getattr(request, "node", None)
    if node is None:
        return {}
    own = Side(code=node.party, name=_name(node.name))
    user: Any = getattr(request, "user", None)
    found: dict[str, Any] = {
        "own": own,
        "parties": party_marks([(own.code, own.name)]),
        "now": node.clock(),
        "home_clock": clock_of(node.party),
    }
    if user is None or not user.is_authenticated or not user.is_active:
        return found
    peer = peer_here(request, node)
    other = (peer.code, peer.name) if peer is not None else counterpart(node)
    if other is not None:
        code, name = other[0], _name(other[1])
        found["parties"] = party_marks([(own.code, own.name), (code, name)])
        found["between"] = f"{own.name} – {name}"
    found |= {
        "peer": peer,
        "may_read": user.has_perm(READ),
        "may_draft": user.has_perm(DRAFT),
        "may_clear": user.has_perm(CLEAR),
        "tabs": SimpleLazyObject(lambda: tabs(request, node, user)),
        "band": SimpleLazyObject(lambda: shown_band(band_of(request, node))),
        "saved": SimpleLazyObject(lambda: saved(node, user)),
    }
    return found


def _name(stated: str) -> str:
    """Return a party's name in the language of the page."""
    return in_language(stated, get_language() or "en", of=STATES)


def tabs(request: HttpRequest, node: Node, user: "Officer") -> list[Tab]:
    """Return the tabs that the officer's roles open."""
    count = _mine(waits(request, node, user)) if user.has_perm(READ) else 0
    here = page_shown(request)
    room = here.partition(":")[0]
    found = []
    for name, label, key, holds_notices in TABS:
        if holds_notices and not user.has_perm(READ):
            continue
        if name == "desk:officers" and not user.has_perm(PEOPLE):
            continue
        if name == "persons:list" and not user.has_perm(DRAFT):
            continue
        found.append(
            Tab(
                href=reverse(name),
                label=str(label),
                key=key,
                here=_is_here(name, here, room),
                count=count if name == "desk:today" else 0,
            )
        )
    return found


def page_shown(request: HttpRequest) -> str:
    """Return the name of the page that the officer looks at.

    A live part says in which page it stands; its own address is not the one that is shown.
    """
    if request.headers.get("HX-Request"):
        try:
            return resolve(urlsplit(request.headers.get("HX-Current-URL", "")).path).view_name
        except (Resolver404, ValueError):
            return ""
    return request.resolver_match.view_name if request.resolver_match else ""


def waits(
    request: HttpRequest, node: Node, user: "Officer", *, to_answer: int | None = None
) -> Waiting:
    """Return what waits for the officer, read once a request: the tab and Today both show it."""
    known: Waiting | None = getattr(request, "waiting", None)
    if known is None:
        known = waiting(node, user, to_answer=to_answer)
        request.waiting = known  # type: ignore[attr-defined]  # kept on the request, nowhere else
    return known


def peer_here(request: HttpRequest, node: Node) -> PeerFacts | None:
    """Return the confirmed peer, read once a request: the page names it, the band looks at it."""
    if not hasattr(request, "peer_facts"):
        request.peer_facts = peer_of(node)  # type: ignore[attr-defined]  # kept on the request
    known: PeerFacts | None = request.peer_facts  # type: ignore[attr-defined]  # as above
    return known


def band_of(request: HttpRequest, node: Node) -> Band:
    """Return the line band, read once a request: every page shows it, some say more about it."""
    known: Band | None = getattr(request, "line_band", None)
    if known is None:
        known = band(node, peer_here(request, node))
        request.line_band = known  # type: ignore[attr-defined]  # kept on the request, nowhere else
    return known


def _mine(found: Waiting) -> int:
    return len(found.clear) + found.to_answer


def _is_here(name: str, here: str, room: str) -> bool:
    """Tell whether a tab leads to the page that is shown, or to the room it belongs to."""
    if (
        name in {"notices:list", "officers:drafts", "persons:list"}
        and room == name.partition(":")[0]
    ):
        return True
    if name == "missions:posts" and here.startswith(REGISTERS):
        return True
    singular = {
        "missions:readiness_post": "missions:readiness",
        "missions:readiness_how": "missions:readiness",
        "missions:readiness_sheet": "missions:readiness",
        "missions:readiness_help": "missions:readiness",
        "missions:readiness_compare": "missions:readiness",
        "missions:readiness_years": "missions:readiness",
        "missions:thresholds": "missions:readiness",
        "missions:ledger": "missions:readiness",
        "missions:ledger_behind": "missions:readiness",
        "missions:ledger_sheet": "missions:readiness",
        "missions:payments": "missions:readiness",
        "missions:post": "missions:posts",
        "missions:building": "missions:premises",
        "missions:list": "missions:premises",
        "missions:fact": "missions:chronicle",
        "missions:chronicle_section": "missions:chronicle",
        "missions:chronicle_sheet": "missions:chronicle",
    }
    below = {
        "desk:entries": "desk:record",
        "desk:entry": "desk:record",
        "desk:clocks": "notices:list",
    }
    return name == {**singular, **below, "desk:introduction": "desk:line"}.get(here, here)


def shown_band(found: Band) -> dict[str, Any]:
    """Return the band with its words."""
    if found is ALONE or found.verdict == "alone":
        return {"mark": "alone", "word": _(mark_of("alone").word), "alarm": False, "carriers": ()}
    return {
        "mark": found.verdict,
        "word": _(mark_of(found.verdict).word),
        "alarm": found.alarm,
        "beats": found.beats,
        "beats_said": said_beats(found.beats),
        "heard_at": found.heard_at,
        "carriers": [
            {"name": carrier_name(carrier.name), "up": carrier.up, "used": carrier.used}
            for carrier in found.carriers
        ],
        "agreed_tone": "ok" if found.queue == found.missing == 0 else "strained",
        "agreed_said": said_agreed(found),
    }


def said_beats(row: tuple[str, ...]) -> str:
    """Say a row of heartbeats, for those who do not see it."""
    return _(
        "Heartbeats of the last 24 hours in half hours: %(ok)d echoed in time, %(late)d in part,"
        " %(miss)d missed, %(none)d without any"
    ) % count_beats(row)


def said_agreed(found: Band) -> str:
    """Say whether both sides hold the same entries, and if not, who lacks how many."""
    if found.queue == 0 and found.missing == 0:
        return ngettext(
            "Same %(n)d entry on both sides", "Same %(n)d entries on both sides", found.entries
        ) % {"n": found.entries}
    parts = []
    if found.queue:
        parts.append(
            ngettext("They lack %(n)d of ours", "They lack %(n)d of ours", found.queue)
            % {"n": found.queue}
        )
    if found.missing:
        parts.append(
            ngettext("We lack %(n)d of theirs", "We lack %(n)d of theirs", found.missing)
            % {"n": found.missing}
        )
    return "; ".join(parts)


def carrier_name(name: str) -> str:
    """Return a carrier's name for officers."""
    known = {"https": _("Direct"), "folder": _("Folder")}
    return known.get(name, name)
