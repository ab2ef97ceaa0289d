import pytest

from assay.accounts.choices import MemberKind
from assay.people.models import Person
from assay.roles.profile import Demand, RoleProfile
from assay.roles.services import Draft, create_role


@pytest.fixture
def role(recruiter, now):
    profile = RoleProfile(title="ML engineer", demands=(Demand(competency="python", level=4, weight=2.0),))
    return create_role(member=recruiter, draft=Draft(profile, "", "test"), now=now)


@pytest.fixture
def person(organisation, now):
    return Person.objects.create(organisation=organisation, name="Amara Okafor", created_at=now, updated_at=now)


@pytest.fixture
def colleague(organisation, make_member):
    return make_member(organisation, MemberKind.HIRING_MANAGER, name="Ines Keller")
