"""Find in our pool: everybody who has not applied, as they stand this very moment."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assay.accounts.choices import MemberKind
from assay.applications.models import Application
from assay.audit.models import Event
from assay.matching.pool import first_of_pool
from assay.matching.selectors import matched_role
from assay.people.models import Person
from assay.people.services import erase_person, merge_people, undo_merge
from tests.web.pool import make_applicant, make_role, strong

WORDS = {
    "python": ("Python in production for six years.", "employment", "strong"),
    "pytorch": ("PyTorch for ranking models.", "employment", "strong"),
}


@pytest.fixture
def elsewhere(organisation, now):
    """A role through which the pool's people came."""
    return make_role(organisation, now, title="Another role")


@pytest.fixture
def role(organisation, now):
    return make_role(organisation, now)


@pytest.fixture
def address(role):
    return f"/o/{role.organisation.slug}/roles/{role.ref}/pool/"


def known(role):
    """References of the pool's people in order."""
    found = first_of_pool(found=matched_role(role=role), count=50)
    return [found.ranking.refs[row] for row in found.ranking.rows_in_order()]


def in_pool(elsewhere, now, name="Ada Nwosu", **more):
    return strong(now, elsewhere, name=name, **more)


def test_new_person_is_found_by_the_very_next_search(role, elsewhere, now):
    assert known(role) == []
    first = in_pool(elsewhere, now)
    assert known(role) == [first.ref]
    second = in_pool(elsewhere, now, name="Bo Lind")
    assert set(known(role)) == {first.ref, second.ref}


def test_applicant_is_not_in_the_pool(role, elsewhere, now):
    strong(now, role, name="Has Applied")
    other = in_pool(elsewhere, now)
    assert known(role) == [other.ref]


def test_erased_person_is_gone(role, elsewhere, recruiter, now):
    person = in_pool(elsewhere, now)
    kept = in_pool(elsewhere, now, name="Bo Lind")
    assert len(known(role)) == 2
    erase_person(person=person, member=recruiter, now=now)
    assert known(role) == [kept.ref]


def test_merged_people_are_one_and_apart_again(role, elsewhere, recruiter, now):
    first, second = in_pool(elsewhere, now), in_pool(elsewhere, now, name="Ada B. Nwosu")
    assert set(known(role)) == {first.ref, second.ref}
    merge = merge_people(kept=first, merged=second, own={}, member=recruiter, now=now)
    assert known(role) == [first.ref]
    undo_merge(merge=merge, member=recruiter, now=now)
    assert set(known(role)) == {first.ref, second.ref}


def test_person_whom_a_stated_fact_rules_out_is_left_out(role, elsewhere, now):
    from assay.roles.models import RoleVersion

    person, other = in_pool(elsewhere, now), in_pool(elsewhere, now, name="Bo Lind")
    version = RoleVersion.objects.get(role=role)
    version.profile = version.profile | {"constraints": {"places": [{"name": "Berlin"}]}}
    version.number, version.pk = 2, None
    version.save(force_insert=True)
    Person.objects.filter(pk=person.pk).update(stated={"is_remote_only": {"value": "yes", "quote": "remote only"}})
    assert known(role) == [other.ref]


def test_pool_of_another_organisation_is_never_mixed_in(role, elsewhere, other_organisation, now):
    theirs = make_role(other_organisation, now, title="Theirs")
    strong(now, theirs, name="Not Ours")
    ours = in_pool(elsewhere, now)
    assert known(role) == [ours.ref]
    assert known(make_role(other_organisation, now)) != known(role)


@pytest.mark.parametrize("names", [("Ada", "Zoe"), ("Zoe", "Ada"), ("", "Müller")])
def test_names_never_move_the_order(role, elsewhere, now, names):
    weak = make_applicant(elsewhere, now, names[0], {"python": WORDS["python"]})
    best = make_applicant(elsewhere, now, names[1], WORDS)
    weak, best = getattr(weak, "person", weak), getattr(best, "person", best)
    assert known(role) == [best.ref, weak.ref]


def test_page_shows_reasons_and_records_the_look(address, elsewhere, signed_in, recruiter, now):
    person = in_pool(elsewhere, now)
    client = signed_in(recruiter)
    page = client.get(address).content.decode()
    assert person.name in page
    assert "<q>" in page
    client.get(address)
    assert Event.objects.filter(kind="pool.seen").count() == 1


def test_blind_page_holds_no_name(address, role, elsewhere, signed_in, recruiter, now):
    person = in_pool(elsewhere, now, name="Zebulon Quackenbush")
    client = signed_in(recruiter)
    client.post(f"/o/{role.organisation.slug}/roles/{role.ref}/shortlist/blind/")
    page = client.get(address).content.decode()
    assert "Quackenbush" not in page
    assert person.ref in page


def test_adding_twice_is_once(address, role, elsewhere, signed_in, recruiter, now):
    person = in_pool(elsewhere, now)
    client = signed_in(recruiter)
    for _ in range(2):
        assert client.post(f"{address}{person.ref}/add/").status_code == 302
    assert Application.objects.filter(role=role, person=person).count() == 1
    assert known(role) == []


def test_empty_pool_says_what_to_do(address, signed_in, recruiter):
    assert "Nobody else to find" in signed_in(recruiter).get(address).content.decode()


@pytest.mark.parametrize("kind", [MemberKind.HIRING_MANAGER, MemberKind.INTERVIEWER, MemberKind.AUDITOR])
def test_pool_is_for_those_who_see_everybody(address, organisation, make_member, signed_in, kind):
    assert signed_in(make_member(organisation, kind)).get(address).status_code in {403, 404}


def test_page_asks_the_database_as_often_for_three_as_for_one(address, elsewhere, signed_in, recruiter, now):
    client = signed_in(recruiter)
    in_pool(elsewhere, now)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    in_pool(elsewhere, now, name="Bo Lind")
    in_pool(elsewhere, now, name="Cy Okoye")
    client.get(address)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)
