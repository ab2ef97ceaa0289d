"""Rules, votes and decisions: who may, when, and what happens when two do it at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.applications.services import move_application
from assay.audit.models import Event
from assay.audit.services import verify_chain
from assay.core.errors import ConflictError, ForbiddenError, InvalidError
from assay.decisions.models import Case, Decision, DecisionRule, Vote
from assay.decisions.registered import RuleContent
from assay.decisions.selectors import is_rule_shown, rule_for, standing_decision, votes_visible_to
from assay.decisions.services import (
    DecidedError,
    RuleInForceError,
    cast_vote,
    decide,
    open_rule_version,
    register_rule,
)
from tests.decisions.conftest import EASY, HARD, LATER


def offer(application, member, seen="hire", now=LATER, **extra):
    given = {"outcome": "offer", "reason": "Explains it to anybody."} | extra
    return decide(application=application, seen=seen, member=member, now=now, **given)


def kinds():
    return list(Event.objects.order_by("seq").values_list("kind", flat=True))


# The rule


def test_rule_can_be_changed_while_nobody_applied(role, rule, recruiter, now):
    changed = register_rule(role=role, content=HARD, member=recruiter, now=now)
    assert (changed.pk, changed.number, changed.content["fit_chances"]) == (rule.pk, 1, 19)
    assert kinds()[-2:] == ["rule.registered", "rule.changed"]


def test_rule_is_not_changed_after_the_first_candidate(role, rule, recruiter, applicant, now):
    with pytest.raises(RuleInForceError, match="Open a new version"):
        register_rule(role=role, content=HARD, member=recruiter, now=now)
    rule.refresh_from_db()
    assert rule.content["fit_chances"] == 1


def test_new_version_holds_for_those_who_apply_later(role, rule, recruiter, applicant, make_applicant, now):
    second = open_rule_version(role=role, content=HARD, member=recruiter, now=now + timedelta(hours=1))
    later = make_applicant("Bo Lin", "bo@example.org")
    Application.objects.filter(pk=later.pk).update(applied_at=now + timedelta(hours=2))
    later.refresh_from_db()
    assert rule_for(application=applicant) == rule
    assert rule_for(application=later) == second


def test_new_version_is_opened_once_by_a_double_click(role, rule, recruiter, now):
    open_rule_version(role=role, content=HARD, member=recruiter, now=now)
    open_rule_version(role=role, content=HARD, member=recruiter, now=now)
    assert list(DecisionRule.objects.values_list("number", flat=True)) == [1, 2]


def test_rule_after_the_first_applicant_says_so(role, applicant, recruiter, now):
    assert register_rule(role=role, content=EASY, member=recruiter, now=now).applicants_before == 1


def test_rule_is_registered_by_the_manager_and_not_by_an_interviewer(role, manager, interviewers, now):
    with pytest.raises(ForbiddenError):
        register_rule(role=role, content=EASY, member=interviewers[0], now=now)
    assert register_rule(role=role, content=EASY, member=manager, now=now).member == manager


# Votes


def test_votes_are_hidden_until_the_own_is_in(rule, rated, manager, second_manager, interviewers, recruiter, vote):
    vote(rated, manager)
    assert votes_visible_to(application=rated, member=second_manager) == []
    assert votes_visible_to(application=rated, member=recruiter) == []
    vote(rated, second_manager, "decline")
    assert len(votes_visible_to(application=rated, member=second_manager)) == 2
    assert len(votes_visible_to(application=rated, member=recruiter)) == 2
    assert votes_visible_to(application=rated, member=interviewers[0]) == []


def test_rule_is_revealed_after_the_votes(rule, rated, manager, second_manager, interviewers, vote):
    vote(rated, manager)
    assert not is_rule_shown(application=rated, member=manager)
    vote(rated, interviewers[1])
    assert is_rule_shown(application=rated, member=manager)
    assert not is_rule_shown(application=rated, member=second_manager)
    assert kinds()[-3:] == ["vote.cast", "vote.cast", "rule.revealed"]


def test_first_vote_pins_the_rule(role, rule, rated, manager, recruiter, vote, now):
    vote(rated, manager)
    assert Case.objects.get(application=rated).rule == rule


def test_vote_by_somebody_who_does_not_vote_is_refused(rule, rated, recruiter, administrator, interviewers, vote):
    for member in (recruiter, administrator, interviewers[2]):
        with pytest.raises(ForbiddenError):
            vote(rated, member)
    assert Vote.objects.count() == 0
    assert vote(rated, interviewers[0]).choice == "hire"


def test_interviewer_hands_in_before_voting(rule, panel, applicant, interviewers, vote):
    with pytest.raises(ConflictError, match="scorecard first"):
        vote(applicant, interviewers[0])


def test_double_click_votes_once(rule, rated, manager, vote):
    assert vote(rated, manager) == vote(rated, manager)
    with pytest.raises(ConflictError, match="stands"):
        vote(rated, manager, "decline")
    assert Vote.objects.get().choice == "hire"


def test_vote_needs_its_reason_and_a_rule(role, rated, manager, vote):
    with pytest.raises(InvalidError, match="say why"):
        vote(rated, manager, reason="  ")
    with pytest.raises(InvalidError, match="no decision rule"):
        vote(rated, manager)


# The decision


def test_manager_decides_and_the_application_moves(voted, manager):
    made = offer(voted, manager)
    voted.refresh_from_db()
    assert (made.outcome, made.rule_said, made.override_reason, voted.state) == ("offer", "hire", "", "offer")
    assert kinds()[-2:] == ["application.moved", "decision.made"]
    assert verify_chain(organisation=voted.organisation).broken is None


def test_decision_by_somebody_without_the_right_is_refused(voted, recruiter, administrator, interviewers):
    for member in (recruiter, administrator, interviewers[0]):
        with pytest.raises(ForbiddenError):
            offer(voted, member)
    assert Decision.objects.count() == 0


def test_decision_waits_for_the_votes(rule, rated, manager, second_manager, interviewers, vote):
    vote(rated, manager)
    with pytest.raises(ConflictError, match="Not enough"):
        offer(rated, manager)
    vote(rated, interviewers[0])
    with pytest.raises(ConflictError, match="Vote first"):
        offer(rated, second_manager)


def test_departing_from_the_rule_needs_a_reason(voted, manager):
    against = {"outcome": "decline", "rejection_reason": "others_stronger"}
    with pytest.raises(InvalidError, match="depart"):
        offer(voted, manager, **against)
    made = offer(voted, manager, override_reason="The team has changed its plan.", **against)
    assert (made.rule_said, made.override_reason) == ("hire", "The team has changed its plan.")
    assert Event.objects.get(kind="decision.made").facts["is_override"] is True


def test_override_reason_is_dropped_where_nothing_is_overridden(voted, manager):
    assert offer(voted, manager, override_reason="For good measure").override_reason == ""


def test_declining_needs_a_reason_that_can_be_told(voted, manager):
    with pytest.raises(InvalidError, match="can be told"):
        offer(voted, manager, outcome="decline")


def test_decision_on_what_the_rule_no_longer_says_is_refused(voted, manager):
    with pytest.raises(ConflictError, match="Evidence has come in"):
        offer(voted, manager, seen="decline")


def test_candidate_who_withdraws_in_the_middle_is_not_decided_on(voted, manager, second_manager, recruiter, vote):
    voted.refresh_from_db()
    state = ApplicationState.WITHDRAWN
    move_application(application=voted, member=recruiter, to_state=state, seen_version=voted.version, now=LATER)
    with pytest.raises(ConflictError, match="withdrawn"):
        offer(voted, manager)
    with pytest.raises(ConflictError, match="withdrawn"):
        vote(voted, second_manager)
    assert Decision.objects.count() == 0


def test_double_click_decides_once(voted, manager):
    assert offer(voted, manager) == offer(voted, manager)
    assert kinds().count("decision.made") == 1


def test_second_who_decides_is_told_what_stands(voted, manager, second_manager, vote):
    vote(voted, second_manager)
    offer(voted, manager)
    with pytest.raises(DecidedError, match="Hana Meyer decided already: make an offer"):
        offer(voted, second_manager, outcome="decline", rejection_reason="level", override_reason="x")


def test_application_that_is_taken_up_again_is_decided_anew(voted, manager, recruiter):
    first = offer(voted, manager, outcome="decline", rejection_reason="level", override_reason="Too junior.")
    voted.refresh_from_db()
    state = ApplicationState.SCREENING
    move_application(application=voted, member=recruiter, to_state=state, seen_version=voted.version, now=LATER)
    voted.refresh_from_db()
    assert standing_decision(application=voted) is None
    second = offer(voted, manager, now=LATER + timedelta(hours=1))
    first.refresh_from_db()
    assert (first.reopened_at is not None, second.reopened_at) == (True, None)


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_leave_one_decision(voted, manager, second_manager, vote):
    vote(voted, second_manager)
    barrier, refused = threading.Barrier(2), []

    def run(member, outcome):
        try:
            barrier.wait(timeout=20)
            offer(voted, member, outcome=outcome, rejection_reason="level", override_reason="So it is.")
        except DecidedError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in ((manager, "offer"), (second_manager, "decline"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Decision.objects.count(), len(refused)) == (1, 1)
    assert Event.objects.filter(kind="decision.made").count() == 1


def test_content_is_kept_as_it_was(voted, manager):
    made = offer(voted, manager)
    assert [line["asked"] for line in made.verdict["lines"]][1] == "at least 2 people rated independently"
    assert made.observation_count == 4


def test_rule_that_asks_more_than_there_is_says_not_enough(role, recruiter, rated, manager, interviewers, vote, now):
    content = RuleContent(fit_chances=0, must_have_chances=0, least_measured=3, least_raters=2, least_votes=2)
    register_rule(role=role, content=content, member=recruiter, now=now)
    vote(rated, manager)
    vote(rated, interviewers[0])
    made = offer(rated, manager, seen="not_enough", override_reason="The work sample is broken; we know enough.")
    assert made.rule_said == "not_enough"


def test_unknown_choice_is_refused(rule, rated, manager):
    with pytest.raises(InvalidError):
        cast_vote(application=rated, choice="maybe", reason="Hm.", member=manager, now=LATER)
