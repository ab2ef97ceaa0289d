"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.imports import views

urlpatterns = [
    path("", views.import_list, name="list"),
    path("channels/", views.channels, name="channels"),
    path("channels/<slug:ref>/", views.channel, name="channel"),
    path("<slug:ref>/", views.batch, name="batch"),
    path("<slug:ref>/progress/", views.progress, name="progress"),
    path("<slug:ref>/files/", views.add_files, name="files"),
    path("<slug:ref>/close/", views.close, name="close"),
    path("<slug:ref>/cancel/", views.cancel, name="cancel"),
    path("<slug:ref>/retry/", views.retry, name="retry"),
]
