"""Addresses of this area."""

from django.urls import path

from assay.web.auditor.trail import views

urlpatterns = [
    path("", views.trail, name="list"),
    path("verify/", views.verify, name="verify"),
    path("checks/<slug:check>/", views.check, name="check"),
    path("export/", views.export, name="export"),
]
