"""Addresses of the reciprocity ledger and of the payments lifeline."""

from django.urls import path

from legation.missions.views import ledger, payments

urlpatterns = [
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/sheet/", ledger.sheet, name="ledger_sheet"),
    path("ledger/sheet.pdf", ledger.pdf, name="ledger_pdf"),
    path("ledger/ledger.json", ledger.as_json, name="ledger_json"),
    path("ledger/ledger.csv", ledger.as_csv, name="ledger_csv"),
    path("ledger/<slug:measure>/<slug:by>/<slug:code>/", ledger.behind, name="ledger_behind"),
    path("payments/", payments.payments, name="payments"),
]
