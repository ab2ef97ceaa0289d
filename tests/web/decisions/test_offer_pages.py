"""Offers on their pages, for members and for the candidate."""

import pytest

from assay.accounts.choices import MemberKind
from assay.decisions.links import token_of
from assay.decisions.models import Case, Offer, Target
from tests.decisions.conftest import LATER
from tests.decisions.test_offers import decided, offered, paid, sent  # noqa: F401 -- fixtures

HOME = "/o/northwind/decisions"


@pytest.fixture(autouse=True)
def own_clock(monkeypatch):
    for module in ("candidate.decisions.views", "recruiter.decisions.offering"):
        monkeypatch.setattr(f"assay.web.{module}.now", lambda: LATER)


def page(application, more=""):
    return f"{HOME}/{application.role.ref}/{application.ref}/offer{more}"


def own(application, more="offer"):
    return f"/d/{token_of(Case.objects.get(application=application))}/{more}"


def terms(*approvers, **changed):
    given = {
        "amount": "90000", "currency": "EUR", "period": "year", "starts_date": "2027-02-01", "place": "Berlin",
        "words": "", "answer_by": "2026-12-08", "approver": [one.ref for one in approvers],
    }  # fmt: skip
    return given | changed


def text_of(answer):
    return answer.content.decode()


def test_manager_writes_an_offer_and_the_chain_sends_it(paid, manager, recruiter, signed_in):
    client = signed_in(manager)
    assert "80,000 to 100,000 EUR" in text_of(client.get(page(paid)))
    assert client.post(page(paid), terms(recruiter)).status_code == 302
    assert client.get(own(paid)).status_code == 404
    assert "Approve" in text_of(signed_in(recruiter).get(page(paid)))
    client.post(page(paid, "/approve"), {"approved": "yes"})
    assert Offer.objects.get().state == "sent"
    assert "90,000 EUR a year" in text_of(client.get(own(paid)))


def test_terms_that_are_refused_stay_typed(paid, manager, recruiter, signed_in):
    client = signed_in(manager)
    answer = client.post(page(paid), terms(recruiter, amount="150000"))
    assert answer.status_code == 422
    assert "Stay within it" in text_of(answer)
    assert "150000" in text_of(answer)
    assert client.post(page(paid), terms(recruiter, answer_by="soon")).status_code == 422
    assert client.post(page(paid), terms()).status_code == 422
    assert Offer.objects.count() == 0


def test_recruiter_sees_no_form_and_makes_no_offer(paid, recruiter, administrator, signed_in):
    client = signed_in(recruiter)
    assert "Ask for approval" not in text_of(client.get(page(paid)))
    assert client.post(page(paid), terms(administrator)).status_code == 403


def test_stranger_finds_no_offer(offered, paid, make_member, signed_in):
    client = signed_in(make_member(paid.organisation, MemberKind.INTERVIEWER))
    for more in ("", ".pdf"):
        assert client.get(page(paid, more)).status_code == 404
    for more in ("/approve", "/withdraw"):
        assert client.post(page(paid, more)).status_code == 404


def test_candidate_accepts_on_the_page(sent, paid, client):
    answer = client.post(own(paid), {"answer": "accept", "name": "Ines Duarte"}, follow=True)
    assert "you accepted" in text_of(answer)
    assert Offer.objects.get().state == "accepted"
    assert client.post(own(paid), {"answer": "decline"}).status_code == 409


def test_candidate_declines_on_the_page(sent, paid, client):
    assert "You declined" in text_of(client.post(own(paid), {"answer": "decline", "words": "Thanks"}, follow=True))


def test_acceptance_without_a_name_is_asked_for_it(sent, paid, client):
    assert client.post(own(paid), {"answer": "accept", "name": ""}).status_code == 422
    assert Offer.objects.get().state == "sent"


def test_letter_is_the_same_for_both_sides(sent, paid, manager, signed_in, client):
    own_letter = client.get(own(paid, "offer.pdf"))
    assert own_letter.content.startswith(b"%PDF-")
    assert signed_in(manager).get(page(paid, ".pdf")).content.startswith(b"%PDF-")


def test_manager_takes_an_offer_back(sent, paid, manager, signed_in):
    client = signed_in(manager)
    assert client.post(page(paid, "/withdraw"), {"reason": ""}).status_code == 422
    assert client.post(page(paid, "/withdraw"), {"reason": "The budget is gone."}).status_code == 302
    assert "taken back" in text_of(client.get(own(paid)))


def test_packet_shows_the_clock_and_the_offer(sent, paid, manager, signed_in):
    text = text_of(signed_in(manager).get(f"{HOME}/{paid.role.ref}/{paid.ref}/"))
    assert "Answered after 1 day 3 hours, within the target of 48 hours." in text
    assert "Open it" in text


def test_target_is_set_on_the_page(role, recruiter, interviewers, signed_in):
    client = signed_in(recruiter)
    assert client.post(f"{HOME}/{role.ref}/target", {"hours": "24"}).status_code == 302
    assert client.post(f"{HOME}/{role.ref}/target", {"hours": "x"}).status_code == 422
    assert Target.objects.get().hours == 24
    assert signed_in(interviewers[0]).post(f"{HOME}/{role.ref}/target", {"hours": "24"}).status_code == 404


def test_blind_offer_says_no_name(sent, paid, manager, client, signed_in):
    client.post(own(paid), {"answer": "accept", "name": "Ines Duarte"})
    signed_in(manager)
    session = client.session
    session["blind"] = True
    session.save()
    assert b"Duarte" not in client.get(page(paid)).content
    assert client.get(page(paid, ".pdf")).status_code == 403
