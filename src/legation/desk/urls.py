"""Addresses of the desk: Today, the record, the line, the introduction, help."""

from django.urls import path, re_path

from legation.desk.views import clocks, find, line, pages, ready, record, saved, today

SIDE = "(?P<side>own|peer)"
# Bounded: SQLite counts to 2^63, and Python turns no number of thousands of digits into an int.
INDEX = "(?P<index>[0-9]{1,15})"
NUMBER = "(?P<number>[0-9]{1,15})"

app_name = "desk"
urlpatterns = [
    path("healthz", ready.healthz, name="healthz"),
    path("", today.today, name="today"),
    path("band/", pages.band, name="band"),
    path("find/", find.find, name="find"),
    path("clocks/", clocks.clocks, name="clocks"),
    path("clocks/accept/", clocks.accept, name="clock_accept"),
    path("clocks/declare/", clocks.declare, name="calendar_declare"),
    path("saved/", saved.keep, name="saved"),
    re_path(f"^saved/{NUMBER}/name/$", saved.rename, name="saved_rename"),
    re_path(f"^saved/{NUMBER}/delete/$", saved.delete, name="saved_delete"),
    path("me/", pages.me, name="me"),
    path("keyboard/", pages.keyboard, name="keyboard"),
    path("officers/", pages.officers, name="officers"),
    path("line/", line.line, name="line"),
    path("introduction/", line.introduction, name="introduction"),
    path("introduction/file/", line.introduction_file, name="introduction_file"),
    path("introduction/make/", line.introduction_make, name="introduction_make"),
    path("introduction/import/", line.introduction_import, name="introduction_import"),
    path("introduction/confirm/", line.introduction_confirm, name="introduction_confirm"),
    path("record/", record.record, name="record"),
    path("record/export/", record.export, name="export"),
    re_path(f"^record/{SIDE}/$", record.entries, name="entries"),
    re_path(f"^record/{SIDE}/checkpoint/$", record.checkpoint, name="checkpoint"),
    re_path(f"^record/{SIDE}/{INDEX}/$", record.entry, name="entry"),
    re_path(f"^record/{SIDE}/{INDEX}/proof/$", record.proof, name="proof"),
]
