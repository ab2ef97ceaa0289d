"""Addresses of this area."""

from django.urls import path

from assay.web.recruiter.decisions import answering, offering, packet, views

urlpatterns = [
    path("", views.mine, name="mine"),
    path("<str:role>/", views.of_role, name="list"),
    path("<str:role>/rule", views.rule_page, name="rule"),
    path("<str:role>/rule/version", views.rule_version, name="rule_version"),
    path("<str:role>/target", offering.target, name="target"),
    path("<str:role>/compare", packet.compare, name="compare"),
    path("<str:role>/<str:application>/", packet.show, name="packet"),
    path("<str:role>/<str:application>/packet.json", packet.as_file, name="packet_json"),
    path("<str:role>/<str:application>/packet.pdf", packet.as_pdf, name="packet_pdf"),
    path("<str:role>/<str:application>/vote", packet.vote, name="vote"),
    path("<str:role>/<str:application>/decide", packet.take_decision, name="decide"),
    path("<str:role>/<str:application>/link", answering.link, name="link"),
    path("<str:role>/<str:application>/feedback", answering.feedback, name="feedback"),
    path("<str:role>/<str:application>/requests/<str:rights_request>", answering.answer, name="answer"),
    path("<str:role>/<str:application>/offer", offering.offer, name="offer"),
    path("<str:role>/<str:application>/offer.pdf", offering.letter, name="letter"),
    path("<str:role>/<str:application>/offer/approve", offering.approve_offer, name="approve"),
    path("<str:role>/<str:application>/offer/withdraw", offering.withdraw_offer, name="withdraw_offer"),
]
