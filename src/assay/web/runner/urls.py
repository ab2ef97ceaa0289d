"""Addresses of the runners' interface."""

from django.urls import path

from assay.web.runner import views

app_name = "runner"
urlpatterns = [
    path("lease", views.lease, name="lease"),
    path("heartbeat", views.heartbeat, name="heartbeat"),
    path("result", views.result, name="result"),
    path("return", views.give_back, name="return"),
]
