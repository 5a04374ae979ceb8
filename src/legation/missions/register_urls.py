"""Addresses of what an officer knows and states, of lists, and of every register that has acts."""

from django.urls import path, re_path

from legation.missions import naming
from legation.missions.fields import registers
from legation.missions.views import lists, own, regimes, things, thresholds

# Bounded: SQLite counts to 2^63.
NUMBER = "(?P<number>[0-9]{1,15})"
THING = "<slug:prefix>/<slug:key>"
WITH_THEIR_OWN = ("post", "premises")
"""Registers whose pages show more than statements."""

urlpatterns = [
    path("own/", own.stating, name="own"),
    path("own/state/", own.state, name="own_state"),
    re_path(f"^own/strike/{NUMBER}/$", own.strike, name="own_strike"),
    path("own/new/<slug:prefix>/", own.new, name="own_new"),
    path(f"own/note/{THING}/<slug:field>/", own.note, name="own_note"),
    path(f"own/contest/{THING}/<slug:field>/", own.contest, name="own_contest"),
    path("readiness/thresholds/", thresholds.numbers, name="thresholds"),
    path("readiness/thresholds/own/", thresholds.own, name="threshold_own"),
    path("readiness/thresholds/accept/", thresholds.accept, name="threshold_accept"),
    path("lists/<str:name>/", lists.listed, name="list"),
    path("regimes/new/", regimes.declare, name="regime_new"),
]
for _prefix in registers():
    _slug = naming.PAGES.get(_prefix, _prefix)
    if _prefix not in WITH_THEIR_OWN:
        urlpatterns += [
            path(f"{_slug}/", things.register, {"prefix": _prefix}, name=f"register_{_prefix}"),
            path(
                f"{_slug}/<slug:key>/", things.thing, {"prefix": _prefix}, name=f"thing_{_prefix}"
            ),
        ]
