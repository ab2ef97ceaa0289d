"""Addresses of this area."""

from django.urls import path

from assay.web.interviewer.interviews import times, views

urlpatterns = [
    path("", views.mine, name="list"),
    path("times/", times.page, name="times"),
    path("times/calendar", times.calendar, name="times_calendar"),
    path("ready", times.ready, name="ready"),
    path("<str:interview>/", views.interview_page, name="interview"),
    path("<str:interview>/accept", views.accept, name="accept"),
    path("<str:interview>/decline", views.decline, name="decline"),
    path("<str:interview>/scorecard", views.scorecard, name="scorecard"),
    path("<str:interview>/mail", views.mail, name="mail"),
    path("<str:interview>/renew", views.renew, name="renew"),
    path("<str:interview>/cancel", views.call_off, name="cancel"),
    path("<str:interview>/no-show", views.no_show, name="no_show"),
]
