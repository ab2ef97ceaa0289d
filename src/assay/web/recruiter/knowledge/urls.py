"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.knowledge import takings, views

urlpatterns = [
    path("", views.tests, name="list"),
    path("new/<str:role>/", views.new, name="new"),
    path("test/<str:knowledge_test>/", views.test_page, name="test"),
    path("test/<str:knowledge_test>/invite", views.invite_people, name="invite"),
    path("test/<str:knowledge_test>/close", views.close, name="close"),
    path("taking/<str:taking>/", takings.taking_page, name="taking"),
    path("taking/<str:taking>/mail", takings.mail, name="mail"),
    path("taking/<str:taking>/renew", takings.renew, name="renew"),
    path("taking/<str:taking>/cancel", takings.cancel, name="cancel"),
    path("taking/<str:taking>/wish", takings.wish, name="wish"),
]
