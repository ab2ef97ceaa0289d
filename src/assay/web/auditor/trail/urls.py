"""Addresses of this area."""

from django.urls import path

from assay.web.auditor.trail import views

urlpatterns = [path("", views.list, name="list")]
