"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.board import application, views

urlpatterns = [
    path("<str:role>/board/", views.board, name="list"),
    path("<str:role>/board/<str:application>/", application.show, name="application"),
    path("<str:role>/board/<str:application>/move/", application.move, name="move"),
    path("<str:role>/board/<str:application>/note/", application.note, name="note"),
    path("<str:role>/board/<str:application>/task/", application.task, name="task"),
    path("<str:role>/board/<str:application>/task/<str:task>/done/", application.task_done, name="task_done"),
]
