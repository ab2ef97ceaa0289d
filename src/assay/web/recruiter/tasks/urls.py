"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.tasks import views

urlpatterns = [path("", views.mine, name="mine")]
