"""Addresses of who comes in: sessions, getting back in, expulsion, the audit."""

from django.urls import path

from legation.officers import doors

app_name = "officers_door"
urlpatterns = [
    path("sign-in/recovery/", doors.recovery, name="recovery"),
    path("me/password/", doors.password, name="password"),
    path("me/sessions/<int:session>/end/", doors.end_session, name="end_session"),
    path("me/sessions/end/", doors.end_others, name="end_others"),
    path("officers/recovery/", doors.approve, name="approve"),
    path("officers/<str:name>/expel/", doors.expel, name="expel"),
    path("audit/", doors.audit, name="audit"),
    path("audit/export/", doors.audit_export, name="audit_export"),
]
