"""Addresses of this area."""

from django.urls import path

from assay.web.author.families import groups, views

urlpatterns = [
    path("", views.families, name="list"),
    path("groups/", groups.groups, name="groups"),
    path("<slug:domain>/<slug:family>/", views.family_page, name="family"),
    path("<slug:domain>/<slug:family>/note", views.note, name="note"),
]
