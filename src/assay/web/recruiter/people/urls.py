"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.people import correcting, leaving, viewer, views

urlpatterns = [
    path("", views.people_list, name="list"),
    path("blind/", views.set_blind, name="blind"),
    path("<slug:ref>/", views.person, name="person"),
    path("<slug:ref>/activity/", views.activity, name="activity"),
    path("<slug:ref>/profile/", views.profile_part, name="profile"),
    path("<slug:ref>/show/", viewer.show, name="show"),
    path("<slug:ref>/documents/<slug:document>/pages/<int:number>.png", viewer.page_image, name="page"),
    path("<slug:ref>/documents/<slug:document>/file/", viewer.original, name="file"),
    path("<slug:ref>/correct/", correcting.correct_field, name="correct"),
    path("<slug:ref>/corrections/<int:pk>/undo/", correcting.undo, name="undo"),
    path("<slug:ref>/export.json", leaving.as_json, name="json"),
    path("<slug:ref>/export.csv", leaving.as_csv, name="csv"),
    path("<slug:ref>/delete/", leaving.delete, name="delete"),
]
