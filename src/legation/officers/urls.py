"""Addresses of the drafts: read, cleared, released, discarded."""

from django.urls import path

from legation.officers import attaching, views

app_name = "officers"
urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("<slug:key>/", views.draft, name="draft"),
    path("<slug:key>/files/", attaching.add, name="attach"),
    path("<slug:key>/files/<slug:root>/", attaching.look, name="file"),
    path("<slug:key>/files/<slug:root>/page/<int:number>.png", attaching.page, name="file-page"),
    path("<slug:key>/files/<slug:root>/save/", attaching.save, name="file-save"),
    path("<slug:key>/files/<slug:root>/remove/", attaching.remove, name="detach"),
    path("<slug:key>/clear/", views.clear, name="clear"),
    path("<slug:key>/release/", views.release, name="release"),
    path("<slug:key>/discard/", views.discard, name="discard"),
]
