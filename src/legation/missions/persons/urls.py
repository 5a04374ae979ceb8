"""Addresses of the persons list."""

from django.urls import path

from legation.missions.persons import views

app_name = "persons"
urlpatterns = [
    path("", views.persons, name="list"),
    path("new/", views.new, name="new"),
    path("import/", views.bring, name="bring"),
    path("import/<int:number>/", views.coming, name="import"),
    path("template.csv", views.blank, name="template"),
    path("export.<slug:form>", views.export, name="export"),
    path("<slug:key>/", views.person, name="person"),
    path("<slug:key>/change/", views.edit, name="edit"),
    path("<slug:key>/delete/", views.remove, name="remove"),
]
