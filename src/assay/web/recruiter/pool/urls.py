"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.pool import views

urlpatterns = [
    path("<str:role>/pool/", views.pool, name="list"),
    path("<str:role>/pool/<str:person>/add/", views.add, name="add"),
]
