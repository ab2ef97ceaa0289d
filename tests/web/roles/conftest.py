import pytest

from assay.accounts.choices import MemberKind
from assay.applications.services import apply
from assay.people.models import Person
from assay.roles.choices import RoleDuty
from assay.roles.profile import Demand, RoleProfile
from assay.roles.services import Draft, create_role, give_duty

SENTENCE = "You build Python services."


@pytest.fixture
def add_role(recruiter, now):
    """Add roles as a recruiter does; titles count up."""
    count = 0

    def add(title=""):
        nonlocal count
        count += 1
        profile = RoleProfile(
            title=title or f"ML engineer {count}", demands=(Demand(competency="python", level=4, weight=2.0),)
        )
        return create_role(member=recruiter, draft=Draft(profile, SENTENCE, "test"), now=now)

    return add


@pytest.fixture
def role(add_role):
    return add_role("ML engineer")


@pytest.fixture
def add_application(role, recruiter, now):
    """Add an applicant to the role by name."""

    def add(name="Amara Okafor"):
        person = Person.objects.create(organisation=role.organisation, name=name, created_at=now, updated_at=now)
        return apply(role=role, person=person, channel="", applied_at=now, member=recruiter, now=now).application

    return add


@pytest.fixture
def application(add_application):
    return add_application()


@pytest.fixture
def with_duty(role, recruiter, make_member, now):
    """Make a colleague of one kind with a duty in the role."""

    def make(kind, duty, name=""):
        colleague = make_member(role.organisation, kind, name=name)
        give_duty(role=role, member=recruiter, colleague=colleague, duty=duty, now=now)
        return colleague

    return make


@pytest.fixture
def manager(with_duty):
    return with_duty(MemberKind.HIRING_MANAGER, RoleDuty.HIRING_MANAGER, "Ines Keller")


@pytest.fixture
def interviewer(with_duty):
    return with_duty(MemberKind.INTERVIEWER, RoleDuty.INTERVIEWER, "Yusuf Demir")


@pytest.fixture
def other_manager(organisation, make_member):
    """A hiring manager of the organisation who has no part in the role."""
    return make_member(organisation, MemberKind.HIRING_MANAGER, name="Tom Verhoeven")
