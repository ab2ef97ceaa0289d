"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.shortlist import views

urlpatterns = [
    path("<str:role>/shortlist/", views.shortlist, name="list"),
    path("<str:role>/shortlist/compare/", views.compare, name="compare"),
    path("<str:role>/shortlist/save/", views.save, name="save"),
    path("<str:role>/shortlist/blind/", views.switch_blind, name="blind"),
    path("<str:role>/shortlist/export/<str:form>/", views.export, name="export"),
    path("<str:role>/shortlist/kept/<str:ref>/", views.snapshot, name="snapshot"),
]
