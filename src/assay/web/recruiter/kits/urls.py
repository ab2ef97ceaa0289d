"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.kits import inviting, views

urlpatterns = [
    path("<str:role>/interviews/", views.plan, name="list"),
    path("<str:role>/interviews/new", views.new, name="new"),
    path("<str:role>/interviews/<str:kit>/", views.kit_page, name="kit"),
    path("<str:role>/interviews/<str:kit>/change", views.change, name="change"),
    path("<str:role>/interviews/<str:kit>/people", views.people, name="people"),
    path("<str:role>/interviews/<str:kit>/version", views.version, name="version"),
    path("<str:role>/interview/<str:application>/", inviting.invite_page, name="invite"),
    path("<str:role>/debrief/<str:application>/", inviting.debrief_page, name="debrief"),
]
