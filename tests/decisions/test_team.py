"""Mistakes of hiring, found in how a team decides."""

from datetime import timedelta

import pytest

from assay.applications.models import Application
from assay.decisions.models import Decision
from assay.decisions.services import cast_vote, decide, register_rule
from assay.decisions.team import names_credentials, names_fit, team_flags
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import record_observation
from assay.evidence.models import Observation
from assay.interviews.models import Scorecard
from tests.decisions.conftest import EASY, LATER


def found(role, now=LATER):
    return {flag.key: flag.what for flag in team_flags(role=role, now=now)}


@pytest.mark.parametrize(
    "text",
    ["PhD from ETH", "He has a Ph.D.", "Went to a top university", "Master's degree is missing", "degree in physics",
     "only three years of experience", "ex FAANG"],
)  # fmt: skip
def test_credentials_are_found(text):
    assert names_credentials(text)


@pytest.mark.parametrize(
    "text",
    ["To some degree.", "Knows the degree of the polynomial", "Explained backtests to a school class",
     "Master of the room", "Mastered PyTorch over the years", "Universal"],
)  # fmt: skip
def test_what_only_sounds_like_a_credential_is_not(text):
    assert not names_credentials(text)


@pytest.mark.parametrize("text", ["Great culture fit!", "not a cultural match", "fits our team", "my gut feeling"])
def test_feeling_of_likeness_is_found(text):
    assert names_fit(text)


@pytest.mark.parametrize("text", ["The model fits the data", "Cell cultures", "Fit a curve with the team's data"])
def test_fit_of_a_model_is_no_culture_fit(text):
    assert not names_fit(text)


def test_team_that_decides_on_evidence_has_no_flag(voted, manager):
    decide(application=voted, outcome="offer", reason="Clear words.", seen="hire", member=manager, now=LATER)
    assert found(voted.role) == {}


def test_reasons_are_counted(rule, rated, manager, second_manager, vote):
    vote(rated, manager, reason="Great culture fit, and a PhD.")
    vote(rated, second_manager, reason="Drew ten customers.")
    assert found(rated.role) == {
        "credentials": "1 of 2 reasons of votes and decisions rest on schools, degrees, employers or years.",
        "fit": "1 of 2 reasons speak of culture fit or a feeling.",
    }


def test_rule_after_the_first_applicant_is_named(applicant, recruiter, now):
    register_rule(role=applicant.role, content=EASY, member=recruiter, now=now)
    assert found(applicant.role) == {"rule": "The rule was registered after 1 had applied."}


def test_scorecard_after_the_votes_is_named(voted):
    card = Scorecard.objects.filter(interview__application=voted).first()
    Scorecard.objects.filter(pk=card.pk).update(handed_in_at=LATER + timedelta(hours=1))
    assert found(voted.role) == {"late_scorecards": "1 of 2 scorecards came in after the team had begun to vote."}


def test_waiting_beyond_the_promise_is_named(applicant):
    Application.objects.filter(pk=applicant.pk).update(answer_by=LATER.date() - timedelta(days=1))
    assert found(applicant.role) == {"late_answers": "1 of 1 people wait beyond the answer that they were promised."}


def test_code_that_nobody_read_is_named(voted, manager, now):
    voted.person.contacts.create(kind="link", value="https://github.com/ines", normal="github.com/ines")
    assert found(voted.role) == {}
    decide(application=voted, outcome="offer", reason="Clear.", seen="hire", member=manager, now=LATER)
    assert list(found(voted.role)) == ["portfolio"]
    record_observation(
        observation=Observation(
            organisation=voted.organisation, person=voted.person, competency="python", value=0.5, created_at=now,
            source_kind=SourceKind.PORTFOLIO,
        )
    )  # fmt: skip
    assert found(voted.role) == {}


def test_many_departures_from_the_rule_are_named(rule, make_applicant, manager, second_manager):
    for number in range(4):
        one = make_applicant(f"P {number}", f"p{number}@example.org")
        for member in (manager, second_manager):
            cast_vote(application=one, choice="hire", reason="Clear.", member=member, now=LATER)
        decide(
            application=one, outcome="offer", reason="Clear.", seen="not_enough", override_reason="We know.",
            member=manager, now=LATER,
        )  # fmt: skip
    assert found(rule.role) == {"departures": "4 of 4 decisions depart from the registered rule."}
    Decision.objects.all()[0].delete()
    assert found(rule.role) == {}


def test_flags_cost_the_same_queries_for_any_number(rule, make_applicant, django_assert_num_queries):
    for number in range(3):
        make_applicant(f"P {number}", f"p{number}@example.org")
    with django_assert_num_queries(9):
        team_flags(role=rule.role, now=LATER)
