"""Addresses that a candidate's link to their portfolio opens."""

from django.urls import path

from assay.web.candidate.portfolios import views

app_name = "work"
urlpatterns = [
    path("", views.page, name="page"),
    path("add", views.add, name="add"),
    path("mail/<str:proof>", views.confirm, name="confirm"),
    path("<str:work>/back", views.back, name="take_back"),
]
