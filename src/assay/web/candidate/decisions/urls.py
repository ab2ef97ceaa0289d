"""Addresses that a candidate's own link opens."""

from django.urls import path

from assay.web.candidate.decisions import views

app_name = "status"
urlpatterns = [
    path("", views.page, name="page"),
    path("reply", views.reply, name="reply"),
    path("ask", views.ask, name="ask"),
    path("withdraw", views.give_up, name="withdraw"),
    path("record.json", views.own_record, name="record"),
    path("offer", views.offer_page, name="offer"),
    path("offer.pdf", views.offer_letter, name="letter"),
]
