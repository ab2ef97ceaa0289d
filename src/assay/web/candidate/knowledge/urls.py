"""Addresses that a candidate's link to a knowledge test opens."""

from django.urls import path

from assay.web.candidate.knowledge import views

app_name = "taking"
urlpatterns = [
    path("", views.start, name="start"),
    path("begin", views.begin_test, name="begin"),
    path("question", views.question, name="question"),
    path("resume", views.go_on, name="resume"),
    path("wish", views.wish, name="wish"),
]
