"""Addresses of notices."""

from django.urls import path

from legation.notices import erasing, viewing, views, writing
from legation.notices.drafting import views as drafting
from legation.notices.paper import views as paper_views
from legation.notices.pdf import views as pdf

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("new/", views.kinds, name="kinds"),
    path("new/<str:code>/", writing.new, name="new"),
    path("alone/", paper_views.alone, name="alone"),
    path("alone/restate/", paper_views.restate, name="restate"),
    path("counterpart/", paper_views.counterpart, name="counterpart"),
    path("came/", paper_views.kinds, name="came"),
    path("came/<str:code>/", paper_views.note, name="came-note"),
    path("draft/<slug:key>/note.pdf", pdf.draft, name="draft-pdf"),
    path("templates/", drafting.templates, name="templates"),
    path("templates/<int:template>/delete/", drafting.drop_template, name="drop-template"),
    path("draft/<slug:key>/change/", drafting.edit, name="edit"),
    path("draft/<slug:key>/persons/", drafting.persons, name="draft-persons"),
    path("draft/<slug:key>/translated/", drafting.translated, name="translated"),
    path("words/<int:words>/", drafting.join, name="join"),
    path("words/<int:words>/drop/", drafting.drop, name="drop-words"),
    path("<slug:key>/", views.page, name="page"),
    path("<slug:key>/delivery/", paper_views.delivery, name="delivery"),
    path("<slug:key>/reply/", paper_views.reply, name="reply"),
    path("<slug:key>/correct/", paper_views.correct_note, name="correct-note"),
    path("<slug:key>/persons/", writing.persons, name="persons"),
    path("<slug:key>/answers/", writing.sheet, name="sheet"),
    path("<slug:key>/files/", viewing.add, name="scan"),
    path("<slug:key>/files/<slug:root>/erase/", erasing.erase, name="erase"),
    path("<slug:key>/files/<slug:root>/remove/", viewing.remove, name="drop-scan"),
    path("<slug:key>/files/<slug:root>/", viewing.look, name="file"),
    path("<slug:key>/files/<slug:root>/page/<int:number>.png", viewing.page, name="file-page"),
    path("<slug:key>/files/<slug:root>/save/", viewing.save, name="file-save"),
    path("<slug:key>/note.pdf", pdf.note, name="pdf"),
    path("<slug:key>/print/", views.printed, name="print"),
    path("<slug:key>/answer/", views.answer, name="answer"),
    path("<slug:key>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:key>/close/", views.close, name="close"),
]
