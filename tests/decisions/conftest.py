"""A role with two hiring managers, an applicant who was interviewed by two people, and a registered rule."""

from datetime import UTC, datetime, timedelta

import pytest

from assay.accounts.choices import MemberKind
from assay.applications.services import apply
from assay.decisions.registered import RuleContent
from assay.decisions.services import cast_vote, register_rule
from assay.interviews.booking import book
from assay.interviews.following import follow_up
from assay.interviews.scorecards import Given, hand_in, scorecard_for
from assay.interviews.services import create_kit, invite, set_interviewers
from assay.people.services import create_person
from assay.roles.choices import RoleDuty
from assay.roles.models import RoleMember
from tests.interviews.conftest import QUESTIONS, interviewers  # noqa: F401 -- a fixture
from tests.web.pool import make_role

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = START + timedelta(hours=3)
EASY = RuleContent(fit_chances=1, must_have_chances=0, least_measured=0, least_raters=2, least_votes=2)
HARD = RuleContent(fit_chances=19, must_have_chances=19, least_measured=0, least_raters=2, least_votes=2)
HEARD = {QUESTIONS[0]: Given(4, "Drew ten customers on paper"), QUESTIONS[1]: Given(5, "Stopped, and said why")}


@pytest.fixture
def role(organisation, now):
    return make_role(organisation, now)


@pytest.fixture
def make_manager(organisation, role, make_member):
    def make(name):
        member = make_member(organisation, MemberKind.HIRING_MANAGER, name=name)
        RoleMember.objects.create(role=role, member=member, duty=RoleDuty.HIRING_MANAGER)
        return member

    return make


@pytest.fixture
def manager(make_manager):
    return make_manager("Hana Meyer")


@pytest.fixture
def second_manager(make_manager):
    return make_manager("Omar Aziz")


@pytest.fixture
def rule(role, recruiter, now):
    return register_rule(role=role, content=EASY, member=recruiter, now=now - timedelta(days=1))


@pytest.fixture
def make_applicant(organisation, role, now):
    def make(name="Ines Duarte", email="ines@example.org"):
        person = create_person(organisation=organisation, name=name, now=now)
        person.contacts.create(kind="email", value=email)
        return apply(role=role, person=person, channel="", applied_at=now, member=None, now=now).application

    return make


@pytest.fixture
def applicant(make_applicant):
    return make_applicant()


@pytest.fixture
def panel(role, recruiter, interviewers, applicant, now):
    """An interview that took place, with two scorecards laid out."""
    kit = create_kit(role=role, title="Panel", minutes=60, panel_size=2, questions=QUESTIONS, member=recruiter, now=now)
    set_interviewers(kit=kit, raters=interviewers[:2], trainees=interviewers[2:], member=recruiter, now=now)
    made = invite(application=applicant, kit=kit, member=recruiter, now=now)
    book(interview=made, starts_at=START, time_zone="UTC", now=now)
    follow_up(now=START + timedelta(hours=1))
    made.refresh_from_db()
    return made


@pytest.fixture
def rated(panel, interviewers, applicant):
    """Both scorecards are in."""
    for member in interviewers[:2]:
        card = scorecard_for(interview=panel, member=member, now=LATER)
        hand_in(scorecard=card, given=HEARD, summary="", member=member, now=LATER)
    return applicant


@pytest.fixture
def vote():
    def cast(application, member, choice="hire", reason="Clear words, careful work."):
        return cast_vote(application=application, choice=choice, reason=reason, member=member, now=LATER)

    return cast


@pytest.fixture
def voted(rule, rated, manager, interviewers, vote):
    """Enough people have voted; the rule says to make an offer."""
    vote(rated, manager)
    vote(rated, interviewers[0])
    return rated
