"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.assessments import attempts, texts, views

urlpatterns = [
    path("", views.sittings, name="list"),
    path("invite/<str:role>/<str:application>/", views.invite_page, name="invite"),
    path("sitting/<str:sitting>/", views.sitting_page, name="sitting"),
    path("sitting/<str:sitting>/mail", views.mail, name="mail"),
    path("sitting/<str:sitting>/renew", views.renew, name="renew"),
    path("sitting/<str:sitting>/cancel", views.cancel, name="cancel"),
    path("wish/<str:wish>/", views.wish, name="wish"),
    path("attempt/<str:attempt>/", attempts.attempt_page, name="attempt"),
    path("attempt/<str:attempt>/again", attempts.again, name="again"),
    path("attempt/<str:attempt>/replay", attempts.replay, name="replay"),
    path("hand-in/<str:hand_in>/late", attempts.late, name="late"),
    path("hand-in/<str:hand_in>/files", attempts.files, name="files"),
    path("hand-in/<str:hand_in>/texts", texts.rate_page, name="texts"),
    path("hand-in/<str:hand_in>/texts/withdraw", texts.withdraw, name="withdraw_texts"),
]
