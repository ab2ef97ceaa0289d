"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.duplicates import views

urlpatterns = [
    path("", views.pair_list, name="list"),
    path("<slug:ref>/", views.pair, name="pair"),
    path("<slug:ref>/merge/", views.merge, name="merge"),
    path("<slug:ref>/distinct/", views.distinct, name="distinct"),
    path("merges/<slug:ref>/undo/", views.undo, name="undo"),
]
