"""Addresses of the registers (posts, premises, movement rules) and of our own chronicle."""

from django.urls import path

from legation.missions import ledger_urls, readiness_urls, register_urls
from legation.missions.views import chronicle, registers

app_name = "missions"
urlpatterns = [
    *register_urls.urlpatterns,
    *ledger_urls.urlpatterns,
    *readiness_urls.urlpatterns,
    path("posts/", registers.posts, name="posts"),
    path("posts/<slug:key>/", registers.post, name="post"),
    path("premises/", registers.premises, name="premises"),
    path("premises/<slug:key>/", registers.building, name="building"),
    path("chronicle/", chronicle.chronicle, name="chronicle"),
    path("chronicle/sheet/", chronicle.sheet, name="chronicle_sheet"),
    path("chronicle/fact/<path:key>/", chronicle.fact, name="fact"),
    path("chronicle/link/<path:key>/", chronicle.link, name="link"),
    path("chronicle/unlink/<int:number>/", chronicle.unlink, name="unlink"),
    path("chronicle/<slug:name>/", chronicle.section, name="chronicle_section"),
]
