"""A role with an interview kit, three interviewers who are free, and an invited candidate."""

from datetime import time

import pytest

from assay.accounts.choices import MemberKind
from assay.applications.services import apply
from assay.interviews.availability import Given, set_hours
from assay.interviews.services import create_kit, invite, set_interviewers
from assay.people.services import create_person
from assay.roles.choices import RoleDuty
from assay.roles.models import RoleMember
from tests.web.pool import make_role

QUESTIONS = ["communication-model-to-business", "problem-solving-dead-end"]
WORKDAYS = [Given(weekday, time(9), time(17)) for weekday in range(5)]


@pytest.fixture
def role(organisation, now):
    return make_role(organisation, now)


@pytest.fixture
def manager(organisation, role, make_member):
    member = make_member(organisation, MemberKind.HIRING_MANAGER, name="Hana Meyer")
    RoleMember.objects.create(role=role, member=member, duty=RoleDuty.HIRING_MANAGER)
    return member


@pytest.fixture
def interviewers(organisation, make_member):
    made = [
        make_member(organisation, MemberKind.INTERVIEWER, name=name) for name in ("Ida Berg", "Jon Lund", "Kai Roth")
    ]
    for member in made:
        set_hours(member=member, time_zone="Europe/Berlin", hours=WORKDAYS, most_a_week=5, notice_hours=4)
    return made


@pytest.fixture
def kit(role, recruiter, interviewers, now):
    made = create_kit(
        role=role, title="Depth", minutes=45, panel_size=1, questions=QUESTIONS, member=recruiter, now=now
    )
    set_interviewers(kit=made, raters=interviewers, trainees=[], member=recruiter, now=now)
    return made


@pytest.fixture
def make_application(organisation, role, now):
    def make(name="Ines Duarte", email="ines@example.org"):
        person = create_person(organisation=organisation, name=name, now=now)
        person.contacts.create(kind="email", value=email)
        return apply(role=role, person=person, channel="", applied_at=now, member=None, now=now).application

    return make


@pytest.fixture
def application(make_application):
    return make_application()


@pytest.fixture
def interview(application, kit, recruiter, now):
    return invite(application=application, kit=kit, member=recruiter, now=now)
