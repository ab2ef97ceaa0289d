"""Which of our roles fit a person: on their page, and the same as each role's shortlist says."""

import msgspec
import pytest

from assay.accounts.choices import MemberKind
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import compute_beliefs, forget_belief
from assay.evidence.models import Observation
from assay.matching.ranking import Filters, ranking_of
from assay.matching.roles_for import roles_for_person
from assay.matching.selectors import matched_role
from assay.people.models import Person
from assay.roles.models import Role
from assay.roles.profile import Constraints, Demand, RoleProfile
from tests.web.pool import PROFILE, make_role, strong

STATISTICS = RoleProfile(title="Statistician", demands=(Demand(competency="statistics", level=4, weight=1.0),))
PERMIT = msgspec.structs.replace(PROFILE, constraints=Constraints(work_permit="germany"))


@pytest.fixture
def applied_to(organisation, now):
    return make_role(organisation, now)


@pytest.fixture
def other(organisation, now):
    return make_role(organisation, now, profile=STATISTICS, title="Statistician")


@pytest.fixture
def person(applied_to, now):
    return strong(now, applied_to)


def titles(member, person):
    return [role.title for role in roles_for_person(member=member, person=person)]


def test_page_names_the_role_that_fits_first(applied_to, other, person, recruiter, signed_in):
    page = signed_in(recruiter).get(f"/o/northwind/people/{person.ref}/").content.decode()
    part = page[page.index("Which of our roles fit") :]
    assert part.index("ML engineer") < part.index("Statistician")
    assert "2 of 2 must-haves met by their own words" in part
    assert "nothing known yet of what the role asks for" in part
    assert part.count(">applied<") == 1


def test_page_without_roles_says_so(applied_to, person, recruiter, signed_in):
    Role.objects.update(state="closed")
    page = signed_in(recruiter).get(f"/o/northwind/people/{person.ref}/").content.decode()
    assert "No open role that you see" in page


@pytest.mark.parametrize("is_measured", [False, True])
def test_fit_is_the_one_of_the_roles_shortlist(applied_to, person, recruiter, now, is_measured):
    if is_measured:
        Observation.objects.create(
            organisation=person.organisation, person=person, competency="python", source_kind=SourceKind.WORK_SAMPLE,
            value=1.0, facts={"event": "sample"}, created_at=now,
        )  # fmt: skip
        forget_belief(person=person)
    compute_beliefs(organisation=person.organisation, now=now)
    order = ranking_of(found=matched_role(role=applied_to), filters=Filters()).order
    (found,) = roles_for_person(member=recruiter, person=person)
    assert (found.fit.mean, found.fit.sd) == pytest.approx((order.mean[0], order.sd[0]), abs=1e-9)
    assert found.is_by_words_alone is not is_measured


def test_role_that_a_stated_fact_excludes_comes_last(organisation, applied_to, other, person, recruiter, now):
    make_role(organisation, now, profile=PERMIT, title="In Germany")
    assert titles(recruiter, person)[-1] == "Statistician"
    stated = {"needs_sponsorship": {"value": "yes", "quote": "needs a visa", "start": 0, "end": 5}}
    Person.objects.filter(pk=person.pk).update(stated=stated)
    assert titles(recruiter, Person.objects.get(pk=person.pk))[-1] == "In Germany"


def test_only_roles_that_the_member_sees_are_named(organisation, applied_to, person, recruiter, make_member):
    assert titles(recruiter, person) == ["ML engineer"]
    assert titles(make_member(organisation, MemberKind.HIRING_MANAGER), person) == []


@pytest.mark.parametrize("count", [1, 3])
def test_roles_take_the_same_queries_for_any_number(
    organisation, applied_to, person, recruiter, now, django_assert_num_queries, count
):
    for place in range(count - 1):
        make_role(organisation, now, title=f"Role {place}")
    with django_assert_num_queries(5):
        assert len(roles_for_person(member=recruiter, person=person)) == count
