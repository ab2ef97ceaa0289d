"""Addresses of this area."""

from django.urls import path

from assay.web.administrator.settings import views

urlpatterns = [
    path("", views.members, name="members"),
    path("invite/", views.invite_member, name="invite"),
    path("members/<slug:member>/", views.member, name="member"),
    path("members/<slug:member>/deactivate/", views.deactivate, name="deactivate"),
    path("members/<slug:member>/reactivate/", views.reactivate, name="reactivate"),
    path("invitations/<slug:invitation>/resend/", views.resend, name="resend"),
    path("invitations/<slug:invitation>/revoke/", views.revoke, name="revoke"),
    path("organisation/", views.organisation, name="organisation"),
]
