"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.competencies import edit, rereading, views

urlpatterns = [
    path("", views.competency_map, name="list"),
    path("new/", edit.new, name="new"),
    path("reading-again/", rereading.rereading, name="rereading"),
    path("reading-again/progress/", rereading.progress, name="rereading_progress"),
    path("own/<str:own>/edit/", edit.edit, name="edit"),
    path("own/<str:own>/retired/", edit.retire, name="retire"),
    path("own/<str:own>/versions/", views.versions, name="versions"),
    path("<slug:competency>/", views.competency, name="competency"),
]
