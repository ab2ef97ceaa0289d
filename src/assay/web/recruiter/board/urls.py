"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.board import views

urlpatterns = [path("<str:role>/board/", views.list, name="list")]
