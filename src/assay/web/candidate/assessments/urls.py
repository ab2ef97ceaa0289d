"""Addresses that a candidate's link opens."""

from django.urls import path

from assay.web.candidate.assessments import views

app_name = "sitting"
urlpatterns = [
    path("", views.start, name="start"),
    path("begin", views.begin, name="begin"),
    path("wish", views.wish, name="wish"),
    path("<str:attempt>/", views.work, name="work"),
    path("<str:attempt>/start", views.start_clock, name="start_clock"),
    path("<str:attempt>/upload", views.upload, name="upload"),
    path("<str:attempt>/tests/<str:tryout>", views.outcome, name="outcome"),
]
