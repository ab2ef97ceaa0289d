"""Addresses that a candidate's interview link opens."""

from django.urls import path

from assay.web.candidate.interviews import views

app_name = "interview"
urlpatterns = [
    path("", views.start, name="start"),
    path("book", views.take, name="book"),
    path("now", views.ask_now, name="now"),
    path("cancel", views.call_off, name="cancel"),
    path("interview.ics", views.calendar, name="calendar"),
]
