"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.roles import edit, new, views

urlpatterns = [
    path("", views.role_list, name="list"),
    path("new/", new.new, name="new"),
    path("new/from-template/<slug:template>/", new.from_template, name="from_template"),
    path("<str:role>/", views.profile, name="profile"),
    path("<str:role>/edit/", edit.edit, name="edit"),
    path("<str:role>/state/", views.set_role_state, name="state"),
    path("<str:role>/team/", views.team, name="team"),
    path("<str:role>/versions/", views.versions, name="versions"),
    path("<str:role>/versions/<int:number>/", views.version, name="version"),
]
