import pytest

from assay.accounts.choices import MemberKind
from assay.core.errors import ForbiddenError, InvalidError, NotFoundError
from assay.roles.choices import RoleDuty, RoleState
from assay.roles.models import Role
from assay.roles.profile import Demand, RoleProfile
from assay.roles.selectors import (
    profile_of,
    role_editable_by,
    role_visible_to,
    role_with_applicants_visible_to,
    roles_visible_to,
    with_current_version,
)
from assay.roles.services import Draft, RoleChangedError, create_role, give_duty, save_version, set_state

pytestmark = pytest.mark.django_db


def draft(title="ML engineer", level=4):
    demand = Demand(competency="python", level=level, weight=2.0)
    return Draft(RoleProfile(title=title, demands=(demand,)), "An ad.", "test")


def test_profile_survives_the_database(role):
    assert with_current_version(role=role).profile == RoleProfile(
        title="ML engineer", demands=(Demand(competency="python", level=4, weight=2.0),)
    )


def test_saving_adds_a_version_and_keeps_the_old(role, recruiter, now):
    save_version(role=role, member=recruiter, draft=draft(level=5), seen_number=1, note="raised", now=now)
    assert [(row.number, profile_of(row).demands[0].level) for row in role.versions.all()] == [(2, 5), (1, 4)]


def test_saving_over_somebody_elses_version_is_refused(role, recruiter, colleague, now):
    save_version(role=role, member=colleague, draft=draft(level=5), seen_number=1, note="", now=now)
    with pytest.raises(RoleChangedError, match="Version 2 was saved by Ines Keller"):
        save_version(role=role, member=recruiter, draft=draft(level=3), seen_number=1, note="", now=now)
    assert role.versions.count() == 2


@pytest.mark.parametrize(
    "profile",
    [
        RoleProfile(title="x"),
        RoleProfile(title=" ", demands=(Demand(competency="python", level=3, weight=1),)),
        RoleProfile(title="x", demands=(Demand(competency="python", level=6, weight=1),)),
        RoleProfile(title="x", demands=(Demand(competency="python", level=3, weight=0),)),
        RoleProfile(title="x", demands=(Demand(competency="python", level=3, weight=float("nan")),)),
        RoleProfile(title="x", demands=(Demand(competency="python", level=3, weight=1),) * 2),
    ],
)
def test_profile_that_nobody_can_be_compared_with_is_refused(profile, recruiter, now):
    with pytest.raises(InvalidError):
        create_role(member=recruiter, draft=Draft(profile, "", "test"), now=now)
    assert Role.objects.count() == 0


def test_hiring_manager_who_makes_a_role_manages_it(colleague, now):
    role = create_role(member=colleague, draft=draft(), now=now)
    assert role_with_applicants_visible_to(member=colleague, ref=role.ref) == role


def test_interviewer_may_not_make_a_role(organisation, make_member, now):
    with pytest.raises(ForbiddenError):
        create_role(member=make_member(organisation, MemberKind.INTERVIEWER), draft=draft(), now=now)


def test_hiring_manager_sees_only_roles_with_a_duty(role, recruiter, colleague, now):
    with pytest.raises(NotFoundError):
        role_visible_to(member=colleague, ref=role.ref)
    give_duty(role=role, member=recruiter, colleague=colleague, duty=RoleDuty.HIRING_MANAGER, now=now)
    assert role_editable_by(member=colleague, ref=role.ref) == role


def test_interviewer_of_a_role_sees_it_but_not_its_applicants(role, recruiter, organisation, make_member, now):
    interviewer = make_member(organisation, MemberKind.INTERVIEWER)
    give_duty(role=role, member=recruiter, colleague=interviewer, duty=RoleDuty.INTERVIEWER, now=now)
    assert list(roles_visible_to(member=interviewer)) == [role]
    with pytest.raises(ForbiddenError):
        role_with_applicants_visible_to(member=interviewer, ref=role.ref)


def test_colleague_of_another_organisation_gets_no_duty(role, recruiter, make_member, now):
    other = type(role.organisation).objects.create(slug="other", name="Other", created_at=now)
    with pytest.raises(InvalidError):
        give_duty(role=role, member=recruiter, colleague=make_member(other), duty=RoleDuty.HIRING_MANAGER, now=now)


def test_opening_twice_records_once(role, recruiter, now):
    for _ in range(2):
        set_state(role=role, member=recruiter, state=RoleState.OPEN, now=now)
    from assay.audit.models import Event

    assert Event.objects.filter(kind="role.state_set").count() == 1
