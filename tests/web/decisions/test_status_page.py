"""The candidate's own page, and how members answer."""

import pytest

from assay.accounts.choices import MemberKind
from assay.audit.models import Event
from assay.decisions.candidates import ask_for, flags_for
from assay.decisions.links import token_of
from assay.decisions.models import Case, Feedback, FlagReply, RightsRequest
from assay.decisions.portable import key_fingerprint
from assay.decisions.recordfile import verified
from assay.decisions.services import case_for
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import record_observation
from assay.evidence.models import Observation
from assay.messages.models import Mail
from tests.decisions.conftest import LATER

HOME = "/o/northwind/decisions"


@pytest.fixture(autouse=True)
def own_clock(monkeypatch):
    for module in ("candidate.decisions.views", "recruiter.decisions.answering"):
        monkeypatch.setattr(f"assay.web.{module}.now", lambda: LATER)


@pytest.fixture
def case(applicant):
    return case_for(application=applicant, now=LATER)


@pytest.fixture
def flagged(case, applicant, now):
    """Somebody who claims to be an expert of everything, and answered as a beginner three times."""
    for competency in ("python", "pytorch", "deployment"):
        for kind, value, count in ((SourceKind.CLAIM, 5.0, 1), (SourceKind.INTERVIEW, 1.0, 4)):
            for number in range(count):
                facts = {"stance": "strong", "event": f"{competency}{number}", "rater": f"r{number}", "anchor": "No."}
                record_observation(
                    observation=Observation(
                        organisation=applicant.organisation, person=applicant.person, competency=competency,
                        source_kind=kind, value=value, facts=facts, created_at=now,
                    )
                )  # fmt: skip
    return case


def url(case, page=""):
    return f"/d/{token_of(case)}/{page}"


def text_of(answer):
    return answer.content.decode()


def test_page_tells_the_answer_day_and_no_more(case, client):
    answer = client.get(url(case))
    assert "An answer by" in text_of(answer)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("token", ["", "x", "{ref}", "{ref}.wrong", "{ref}."])
def test_damaged_link_opens_nothing(case, client, token):
    assert client.get(f"/d/{token.format(ref=case.ref)}/").status_code == 404


def test_renewed_link_closes_the_old_one(case, client):
    old = url(case)
    Case.objects.update(link_number=2)
    assert client.get(old).status_code == 404


def test_late_answer_is_owned_up_to(case, applicant, client):
    applicant.answer_by = LATER.date().replace(day=22)
    applicant.save()
    assert "We are 2 days late" in text_of(client.get(url(case)))


def test_candidate_replies_to_a_flag_and_the_team_reads_it(flagged, client, signed_in, recruiter):
    flag = flags_for(case=flagged)[0]
    answer = client.post(url(flagged, "reply"), {"flag": flag.key, "text": "I led <three> of them."}, follow=True)
    assert "I led &lt;three&gt; of them." in text_of(answer)
    application = flagged.application
    page = text_of(signed_in(recruiter).get(f"{HOME}/{application.role.ref}/{application.ref}/"))
    assert "I led &lt;three&gt; of them." in page
    assert Event.objects.filter(kind="flag.replied", actor="candidate").count() == 1


def test_double_click_replies_once(flagged, client):
    given = {"flag": flags_for(case=flagged)[0].key, "text": "The same."}
    for _ in range(2):
        client.post(url(flagged, "reply"), given)
    assert FlagReply.objects.count() == 1


@pytest.mark.parametrize("given", [{"flag": "claims", "text": " "}, {"flag": "nothing", "text": "x"}])
def test_reply_to_nothing_is_refused(flagged, client, given):
    assert client.post(url(flagged, "reply"), given).status_code == 422
    assert FlagReply.objects.count() == 0


def test_flags_state_their_base_rate(flagged):
    flags = flags_for(case=flagged)
    assert {flag.key for flag in flags} >= {"claims", "claim:python"}
    assert all("About" in flag.base_rate or "Common" in flag.base_rate for flag in flags)


def test_nobody_is_flagged_without_evidence(case, applicant, now):
    for competency in ("python", "pytorch"):
        record_observation(
            observation=Observation(
                organisation=applicant.organisation, person=applicant.person, competency=competency, value=5.0,
                source_kind=SourceKind.CLAIM, facts={"stance": "strong"}, created_at=now,
            )
        )  # fmt: skip
    assert flags_for(case=case) == ()


@pytest.mark.parametrize("kind", ["review", "correction", "erasure"])
def test_candidate_asks_and_a_person_answers(case, applicant, client, signed_in, recruiter, kind):
    client.post(url(case, "ask"), {"kind": kind, "text": "My title is wrong."})
    client.post(url(case, "ask"), {"kind": kind, "text": "My title is wrong."})
    made = RightsRequest.objects.get()
    assert (made.kind, made.due_date.isoformat()) == (kind, "2026-12-24")
    page = f"{HOME}/{applicant.role.ref}/{applicant.ref}/requests/{made.ref}"
    sent = {"answer": "We looked again.", "granted": "yes"}
    assert signed_in(recruiter).post(page, sent).status_code == 302
    assert client.post(page, sent).status_code == 409
    assert "We looked again." in text_of(client.get(url(case)))


@pytest.mark.parametrize("given", [{"kind": "everything"}, {"kind": "correction", "text": ""}])
def test_request_without_what_it_needs_is_refused(case, client, given):
    assert client.post(url(case, "ask"), given).status_code == 422


def test_request_is_not_answered_by_somebody_else(case, applicant, interviewers, make_member, signed_in):
    made = ask_for(case=case, kind="review", text="", now=LATER)
    stranger = make_member(applicant.organisation, MemberKind.INTERVIEWER)
    page = f"{HOME}/{applicant.role.ref}/{applicant.ref}/requests/{made.ref}"
    assert signed_in(stranger).post(page, {"answer": "No.", "granted": "no"}).status_code == 404
    made.refresh_from_db()
    assert made.state == "open"


def test_feedback_is_shared_once_by_the_manager_and_not_by_an_interviewer(
    rated, manager, interviewers, client, signed_in
):
    page = f"{HOME}/{rated.role.ref}/{rated.ref}/feedback"
    sent = {"strengths": "Explains well.", "missing": "Little on serving."}
    assert signed_in(interviewers[0]).post(page, sent).status_code == 403
    assert signed_in(manager).post(page, sent).status_code == 302
    assert client.post(page, sent).status_code == 409
    assert Feedback.objects.get().strengths == "Explains well."
    assert "Little on serving." in text_of(client.get(url(Case.objects.get(application=rated))))
    assert Mail.objects.filter(template="application_news").count() == 1


def test_half_of_feedback_is_not_shared(rated, manager, signed_in):
    page = f"{HOME}/{rated.role.ref}/{rated.ref}/feedback"
    answer = signed_in(manager).post(page, {"strengths": "Explains well.", "missing": ""})
    assert answer.status_code == 422
    assert "Explains well." in text_of(answer)


def test_link_is_mailed(applicant, recruiter, signed_in):
    signed_in(recruiter).post(f"{HOME}/{applicant.role.ref}/{applicant.ref}/link")
    mail = Mail.objects.get(template="application_status")
    assert mail.to == "ines@example.org"


def test_candidate_withdraws_twice_as_once(case, applicant, client):
    for _ in range(2):
        assert client.post(url(case, "withdraw")).status_code == 302
    applicant.refresh_from_db()
    assert applicant.state == "withdrawn"
    assert Event.objects.filter(kind="application.withdrawn").count() == 1
    assert "You withdrew" in text_of(client.get(url(case)))


def test_ended_application_is_not_withdrawn(case, applicant, client):
    applicant.state, applicant.rejection_reason = "rejected", "level"
    applicant.save()
    assert client.post(url(case, "withdraw")).status_code == 409
    assert "Level does not fit the role" in text_of(client.get(url(case)))


def test_candidate_takes_the_record_along(flagged, client):
    answer = client.get(url(flagged, "record.json"))
    found = verified(data=answer.content)
    assert found.fingerprint == key_fingerprint(flagged.organisation)
    assert found.fingerprint in text_of(client.get(url(flagged)))
    assert found.record["resume"]["basics"]["name"] == "Ines Duarte"
    assert Event.objects.filter(kind="record.given").count() == 1


def test_ratings_stand_in_the_record_after_the_end(flagged, applicant, client):
    assert verified(data=client.get(url(flagged, "record.json")).content).record["evidence"] == []
    client.post(url(flagged, "withdraw"))
    evidence = verified(data=client.get(url(flagged, "record.json")).content).record["evidence"]
    assert {one["competency"] for one in evidence} == {"python", "pytorch", "deployment"}
    assert {one["sources"][0]["source"] for one in evidence} == {"Structured interview"}
    assert "No." not in str(evidence)
