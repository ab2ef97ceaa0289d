"""Addresses of this area: one's own account, links from mails, and what stays closed of the sign-in library."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from assay.web.account import joining, views

CLOSED = (
    r"^accounts/signup/",
    r"^accounts/email/",
    r"^accounts/confirm-email/",
    r"^accounts/login/code/",
    r"^accounts/2fa/webauthn/signup/",
    r"^accounts/2fa/trust/",
    r"^accounts/3rdparty/(?:signup/)?$",
    r"^accounts/social/",
)
"""Pages of the library that we do not want: nobody signs up, addresses are confirmed by invitation."""

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/name/", views.rename, name="account_rename"),
    path("sign-in/<str:token>/", joining.sign_in_link, name="sign_in_link"),
    path("invitation/<str:token>/", joining.invitation, name="invitation"),
    path("organisations/new/", views.new_organisation, name="new_organisation"),
    path("development/mail/", views.kept_mail, name="kept_mail"),
    *(re_path(pattern, views.closed) for pattern in CLOSED),
    path("accounts/2fa/", RedirectView.as_view(pattern_name="account", permanent=False)),
    path("accounts/2fa/webauthn/", RedirectView.as_view(pattern_name="account", permanent=False)),
]
