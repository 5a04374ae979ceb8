"""Addresses of the board of readiness and of what stands beside it."""

from django.urls import path

from legation.missions.views import readiness, readiness_beside

urlpatterns = [
    path("readiness/", readiness.readiness, name="readiness"),
    path("readiness/how/", readiness.how, name="readiness_how"),
    path("readiness/sheet/", readiness.sheet, name="readiness_sheet"),
    path("readiness/sheet.pdf", readiness.sheet_pdf, name="readiness_sheet_pdf"),
    path("readiness/help/", readiness_beside.helping, name="readiness_help"),
    path("readiness/changed/", readiness_beside.changed, name="readiness_changed"),
    path("readiness/compare/", readiness_beside.compare, name="readiness_compare"),
    path("readiness/years/", readiness_beside.years, name="readiness_years"),
    path("readiness/line/", readiness_beside.in_a_line, name="readiness_line"),
    path("readiness/map.svg", readiness_beside.map_drawn, name="readiness_map"),
    path("readiness/<slug:key>/", readiness.post, name="readiness_post"),
    path(
        "readiness/<slug:key>/years.svg", readiness_beside.post_years, name="readiness_post_years"
    ),
]
