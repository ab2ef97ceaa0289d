"""The address book of the whole site; each area keeps its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("assay.web.urls")),
]
