"""Addresses of this area."""

from django.urls import path

from assay.web.author.bank import regrades, views

urlpatterns = [
    path("", views.bank, name="list"),
    path("add/", views.add, name="add"),
    path("task/<str:version>/", views.version_page, name="version"),
    path("task/<str:version>/publish", views.publish, name="publish"),
    path("task/<str:version>/retire", views.retire, name="retire"),
    path("task/<str:version>/prove", views.prove, name="prove"),
    path("task/<str:version>/regrade", regrades.start, name="start_regrade"),
    path("regrade/<str:regrade>/", regrades.show, name="regrade"),
    path("regrade/<str:regrade>/apply", regrades.apply, name="apply"),
    path("regrade/<str:regrade>/drop", regrades.drop, name="drop"),
]
