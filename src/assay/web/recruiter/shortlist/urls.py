"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.shortlist import views

urlpatterns = [path("<str:role>/shortlist/", views.list, name="list")]
