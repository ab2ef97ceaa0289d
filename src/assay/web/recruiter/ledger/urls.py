"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.ledger import views

urlpatterns = [
    path("people/<str:ref>/", views.person, name="person"),
    path("people/<str:ref>/<slug:competency>/", views.competency, name="competency"),
    path("observations/<str:ref>/", views.observation, name="observation"),
]
