"""Addresses of this area."""

from django.urls import path

from assay.web.administrator.settings import views

urlpatterns = [path("", views.members, name="members")]
