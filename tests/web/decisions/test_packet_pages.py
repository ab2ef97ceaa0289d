"""The rule, the packet, votes and decisions as members see them."""

import json

import pytest

from assay.accounts.choices import MemberKind
from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.applications.services import move_application
from assay.audit.models import Event
from assay.decisions.models import Decision, DecisionRule, Vote
from assay.decisions.services import decide
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import record_observation
from assay.evidence.models import Observation
from tests.decisions.conftest import LATER

HOME = "/o/northwind/decisions"
RULE = {
    "fit_chances": "3", "must_have_chances": "0", "least_measured": "1", "least_raters": "2", "least_votes": "2",
    "majority": "more",
}  # fmt: skip


def packet_url(application, page=""):
    return f"{HOME}/{application.role.ref}/{application.ref}/{page}"


def words(answer):
    return answer.content.decode()


# The rule


def test_manager_registers_a_rule(role, manager, signed_in):
    client = signed_in(manager)
    assert "No rule yet" in words(client.get(f"{HOME}/{role.ref}/rule"))
    assert client.post(f"{HOME}/{role.ref}/rule", RULE).status_code == 302
    assert DecisionRule.objects.get().content["fit_chances"] == 3


def test_interviewer_does_not_register_a_rule(role, interviewers, signed_in):
    assert signed_in(interviewers[0]).post(f"{HOME}/{role.ref}/rule", RULE).status_code == 404
    assert DecisionRule.objects.count() == 0


def test_changed_rule_after_the_first_candidate_is_refused_with_the_way_out(
    role, rule, applicant, recruiter, signed_in
):
    client = signed_in(recruiter)
    answer = client.post(f"{HOME}/{role.ref}/rule", RULE)
    assert answer.status_code == 409
    assert "Open a new version" in words(answer)
    assert client.post(f"{HOME}/{role.ref}/rule/version", RULE).status_code == 302
    assert list(DecisionRule.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    "wrong", [{"least_votes": "1"}, {"fit_chances": "20"}, {"majority": "me"}, {"least_raters": ""}]
)
def test_rule_with_a_wrong_number_says_which(role, recruiter, signed_in, wrong):
    answer = signed_in(recruiter).post(f"{HOME}/{role.ref}/rule", RULE | wrong)
    assert answer.status_code == 422
    assert "errorlist" in words(answer)


# The packet


def test_packet_shows_evidence_and_hides_votes(rule, rated, manager, second_manager, vote, signed_in):
    vote(rated, second_manager, "decline", "Too loud in the room.")
    text = words(signed_in(manager).get(packet_url(rated)))
    assert "Ines Duarte" in text
    assert "Drew ten customers on paper" in text
    assert "Too loud" not in text
    assert "It says" not in text
    assert "Your vote" in text


def test_vote_reveals_the_others_and_the_rule(rule, rated, manager, second_manager, vote, signed_in):
    vote(rated, second_manager, "decline", "Too loud in the room.")
    client = signed_in(manager)
    answer = client.post(packet_url(rated, "vote"), {"choice": "hire", "reason": "Clear words."}, follow=True)
    assert "Too loud" in words(answer)
    assert "It says" in words(answer)
    assert Vote.objects.filter(member=manager).count() == 1


def test_recruiter_does_not_vote_and_keeps_what_was_typed(rule, rated, recruiter, signed_in):
    client = signed_in(recruiter)
    assert "Your vote" not in words(client.get(packet_url(rated)))
    assert client.post(packet_url(rated, "vote"), {"choice": "hire", "reason": "x"}).status_code == 403
    assert Vote.objects.count() == 0


def test_interviewer_sees_no_packet_before_the_own_scorecard(rule, panel, applicant, interviewers, signed_in):
    answer = signed_in(interviewers[0]).get(packet_url(applicant))
    assert answer.status_code == 409
    assert "Hand in your scorecard" in words(answer)


def test_interviewer_who_rated_sees_the_packet_and_another_does_not(rule, rated, interviewers, make_member, signed_in):
    assert signed_in(interviewers[0]).get(packet_url(rated)).status_code == 200
    stranger = make_member(rated.organisation, MemberKind.INTERVIEWER)
    for page in ("", "packet.json", "packet.pdf"):
        assert signed_in(stranger).get(packet_url(rated, page)).status_code == 404


def test_manager_decides_on_the_page(voted, manager, signed_in):
    client = signed_in(manager)
    sent = {"outcome": "offer", "reason": "Explains it to anybody.", "seen": "hire"}
    text = words(client.post(packet_url(voted, "decide"), sent, follow=True))
    assert "Decided: make an offer" in text
    assert Decision.objects.get().member == manager
    again = client.post(packet_url(voted, "decide"), sent)
    assert (again.status_code, Decision.objects.count()) == (302, 1)


def test_departing_without_a_reason_keeps_what_was_typed(voted, manager, signed_in):
    sent = {"outcome": "decline", "reason": "Another was clearer.", "seen": "hire", "rejection_reason": "level"}
    answer = signed_in(manager).post(packet_url(voted, "decide"), sent)
    assert answer.status_code == 422
    assert "Another was clearer." in words(answer)
    assert "why you depart" in words(answer)


def test_decision_by_somebody_without_the_right(voted, recruiter, interviewers, signed_in):
    sent = {"outcome": "offer", "reason": "x", "seen": "hire"}
    for member in (recruiter, interviewers[0]):
        client = signed_in(member)
        assert 'id="decide"' not in words(client.get(packet_url(voted)))
        assert client.post(packet_url(voted, "decide"), sent).status_code == 403
    assert Decision.objects.count() == 0


def test_withdrawn_candidate_is_told_on_the_page(voted, manager, recruiter, signed_in):
    voted.refresh_from_db()
    state = ApplicationState.WITHDRAWN
    move_application(application=voted, member=recruiter, to_state=state, seen_version=voted.version, now=LATER)
    client = signed_in(manager)
    answer = client.post(packet_url(voted, "decide"), {"outcome": "offer", "reason": "x", "seen": "hire"})
    assert answer.status_code == 409
    assert "withdrawn" in words(answer)


def test_packet_as_json_and_pdf(voted, manager, signed_in):
    client = signed_in(manager)
    given = json.loads(client.get(packet_url(voted, "packet.json")).content)
    assert (given["format"], given["person"]) == ("assay-packet/1", "Ines Duarte")
    assert given["rule"]["verdict"]["says"] == "hire"
    assert [line["competency"] for line in given["competencies"]] == ["deployment", "python", "pytorch"]
    pdf = client.get(packet_url(voted, "packet.pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")


def test_words_of_people_are_no_markup_on_paper(voted, manager, second_manager, vote, signed_in):
    vote(voted, second_manager, reason='#panic("x") *bold* $x$ ] \\ <b>')
    assert signed_in(manager).get(packet_url(voted, "packet.pdf")).content.startswith(b"%PDF-")


def test_blind_packet_says_no_name(voted, manager, signed_in):
    client = signed_in(manager)
    session = client.session
    session["blind"] = True
    session.save()
    for page in ("", "packet.json"):
        assert b"Duarte" not in client.get(packet_url(voted, page)).content


def test_look_is_recorded_once_a_day(voted, manager, signed_in):
    client = signed_in(manager)
    client.get(packet_url(voted))
    client.get(packet_url(voted, "packet.pdf"))
    assert Event.objects.filter(kind="packet.seen", member=manager).count() == 1


def test_packet_shows_a_claim_beside_its_evidence(rule, rated, manager, signed_in, now):
    for value in (1.0, 5.0):
        record_observation(
            observation=Observation(
                organisation=rated.organisation, person=rated.person, competency="python", value=value,
                source_kind=SourceKind.CLAIM if value > 1 else SourceKind.INTERVIEW, created_at=now,
                facts={"stance": "strong", "event": "e", "rater": "r", "anchor": "Could not name a project"},
            )
        )  # fmt: skip
    text = words(signed_in(manager).get(packet_url(rated)))
    assert "Could not name a project" in text
    assert "Not measured beyond their own words: Deployment" in text


def test_packet_of_many_observations_asks_the_database_no_more(
    rule, rated, manager, signed_in, now, django_assert_num_queries
):
    client = signed_in(manager)
    client.get(packet_url(rated))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as before:
        client.get(packet_url(rated))
    for number in range(20):
        record_observation(
            observation=Observation(
                organisation=rated.organisation, person=rated.person, competency="python", value=3.0, created_at=now,
                source_kind=SourceKind.INTERVIEW, facts={"event": f"e{number}", "rater": "r", "anchor": "So so"},
            )
        )  # fmt: skip
    with django_assert_num_queries(len(before)):
        client.get(packet_url(rated))


# Lists and comparison


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_decisions_takes_the_same_queries(
    rule, make_applicant, recruiter, signed_in, count, django_assert_num_queries
):
    for number in range(count):
        Application.objects.filter(pk=make_applicant(f"Person {number}", f"p{number}@example.org").pk).update(
            state="interview"
        )
    client = signed_in(recruiter)
    client.get(f"{HOME}/{rule.role.ref}/")
    with django_assert_num_queries(19):
        text = words(client.get(f"{HOME}/{rule.role.ref}/"))
    assert text.count("Person ") >= count


def test_own_list_shows_whom_the_member_decides_on(rated, manager, make_member, signed_in):
    Application.objects.filter(pk=rated.pk).update(state="interview")
    assert "Ines Duarte" in words(signed_in(manager).get(f"{HOME}/"))
    stranger = make_member(rated.organisation, MemberKind.INTERVIEWER)
    assert "Nobody waits" in words(signed_in(stranger).get(f"{HOME}/"))


def test_comparison_says_who_cannot_be_separated(rated, make_applicant, manager, signed_in):
    other = make_applicant("Bo Lin", "bo@example.org")
    client = signed_in(manager)
    query = f"?application={rated.ref}&application={other.ref}"
    text = words(client.get(f"{HOME}/{rated.role.ref}/compare{query}"))
    assert "cannot be separated on what is known" in text
    assert text.count("asked:") == 6
    assert "Nobody is chosen" in words(client.get(f"{HOME}/{rated.role.ref}/compare"))


def test_late_answer_is_named(rated, manager, signed_in):
    Application.objects.filter(pk=rated.pk).update(state="decision", answer_by=LATER.date().replace(day=21))
    assert "3 days late" in words(signed_in(manager).get(f"{HOME}/{rated.role.ref}/"))


def test_decided_stands_in_its_own_list(voted, manager, signed_in):
    decide(application=voted, outcome="offer", reason="Good.", seen="hire", member=manager, now=LATER)
    assert "Decided: make an offer" in words(signed_in(manager).get(f"{HOME}/{voted.role.ref}/"))
