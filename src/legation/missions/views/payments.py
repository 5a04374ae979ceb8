"""The payments lifeline: channels, their licences, and what a payment would run into."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from legation.acts.catalogue import notice_kinds
from legation.missions.payment_form import PaymentForm
from legation.missions.queries.things import stated_name
from legation.missions.readiness.facts import Ground
from legation.missions.readiness.paying import Obstacle, would_meet
from legation.missions.readiness.payments import Channel, Licence, channels, licences
from legation.missions.views.looking import Read, address_of, around_day, in_sight, read
from legation.officers.permissions import READ
from legation.officers.requests import DeskRequest, needs

ASKED: Final = "channel"
"""The field that tells whether the form was filled in at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """All channels of one state."""

    sending: str
    channels: tuple[Channel, ...]


@require_GET
@needs(READ)
def payments(request: DeskRequest) -> HttpResponse:
    """Show how each post is paid, and answer what a proposed payment would run into."""
    seen = read(request)
    found = channels(seen.facts, seen.asked.on)
    listed = licences(seen.facts, seen.asked.on)
    form, obstacles = _form(request, seen, found)
    context = {
        **around_day(seen, address_of("missions:payments")),
        "sides": _sides(found, request.node.party),
        "called": _called(seen, found),
        "licences": listed,
        "form": form,
        "obstacles": obstacles,
        "carried_form": seen.asked.hidden(),
        "draft": _draft(_about(seen, form)),
        "notices_in_sight": in_sight(request, _grounds(found, listed, obstacles or ())),
    }
    return render(request, "missions/payments.html", context, status=400 if form.errors else 200)


def _form(
    request: DeskRequest, seen: Read, found: tuple[Channel, ...]
) -> tuple[PaymentForm, tuple[Obstacle, ...] | None]:
    """Return the form as filled in, and what the payment would meet; None: nothing was asked."""
    ours = [each for each in found if each.sending == request.node.party]
    choices = [(each.id, _named(seen, each)) for each in ours]
    given = request.GET if ASKED in request.GET else None
    form = PaymentForm(choices, seen.asked.on, given)
    if given is None or not form.is_valid():
        return form, None
    return form, would_meet(seen.facts, seen.today, form.payment())


def _named(seen: Read, channel: Channel) -> str:
    """Return how people name a channel: its bank, currency and post, as far as told."""
    bank, currency = (channel.told[name].value for name in ("bank", "currency"))
    post = seen.facts.subjects.get(str(channel.told["post"].value))
    city = post.value("city", seen.asked.on) if post is not None else None
    parts = [bank or channel.id.partition("/")[2], currency, city]
    return ", ".join(str(part) for part in parts if part)


def _called(seen: Read, found: Iterable[Channel]) -> dict[str, str]:
    """Return what the posts of channels are called; a name that only we know would print."""
    posts = (seen.facts.subjects.get(str(each.told["post"].value)) for each in found)
    return {one.id: name for one in posts if one and (name := stated_name(one, seen.asked.on))}


def _sides(found: Iterable[Channel], party: str) -> list[Side]:
    """Return the channels by sending state, our own first."""
    ordered = sorted(found, key=lambda each: (each.sending != party, each.sending, each.id))
    return [
        Side(sending=sending, channels=tuple(several))
        for sending, several in groupby(ordered, key=lambda each: each.sending)
    ]


def _about(seen: Read, form: PaymentForm) -> list[str]:
    """Return what a notice would be about: the channel that was asked about, and its post."""
    thing = seen.facts.subjects.get(form.cleaned_data["channel"]) if form.is_valid() else None
    if thing is None:
        return []
    post = thing.value("post", seen.asked.on)
    return [thing.id, *([post] if isinstance(post, str) else [])]


def _draft(about: Iterable[str]) -> str:
    """Return where a notice about money is drafted: by what the kinds declare, "" without one.

    about: ids that its form begins with.
    """
    kinds = sorted(
        code
        for (code, _), kind in notice_kinds().items()
        if kind.essential == "money" and kind.sent_by == "sending"
    )
    named = urlencode([("about", each) for each in about])
    return f"{reverse('notices:new', args=[kinds[0]])}?{named}".rstrip("?") if kinds else ""


def _grounds(
    found: Iterable[Channel], listed: Iterable[Licence], obstacles: Iterable[Obstacle]
) -> list[Ground]:
    grounds = [ground for each in obstacles for ground in each.grounds]
    grounds += [ground for each in found for told in each.told.values() for ground in told.grounds]
    return grounds + [g for each in listed if each.state for g in each.state.grounds]
