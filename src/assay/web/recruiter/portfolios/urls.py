"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.portfolios import views

urlpatterns = [
    path("<str:role>/<str:application>/", views.page, name="page"),
    path("<str:role>/<str:application>/ask", views.ask, name="ask"),
    path("<str:role>/<str:application>/<str:work>/rate", views.rate, name="rate"),
]
