"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.roles import views

urlpatterns = [path("", views.list, name="list")]
