"""A kept ranking is never stale: after every change, the next look is what a ranking from nothing yields."""

import msgspec
import psycopg
import pytest
from django.db import connection, transaction

from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import forget_belief
from assay.evidence.models import Belief, Observation, Retraction
from assay.matching import ranking as rankings
from assay.matching.ranking import Filters, ranking_of
from assay.matching.selectors import matched_role
from assay.people.models import Person
from assay.roles.models import RoleVersion
from assay.roles.profile import Constraints, Demand
from tests.web.pool import PROFILE, compute, frank, make_role, strong, weak


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(rankings, "_KEPT", rankings._Kept())


@pytest.fixture
def role(organisation, now):
    permit = msgspec.structs.replace(PROFILE, constraints=Constraints(work_permit="germany"))
    return make_role(organisation, now, profile=permit)


@pytest.fixture
def people(role, now):
    with transaction.atomic():
        found = {"weak": weak(now, role), "frank": frank(now, role), "strong": strong(now, role)}
        compute(role.organisation, now)
    return found


def look(role, **filters):
    return ranking_of(found=matched_role(role=role), filters=Filters(**filters))


def said(ranking):
    """The whole content of a ranking, person by person in order."""
    rows = ranking.rows_in_order()
    return [
        (ranking.refs[row], float(ranking.order.mean[row]), float(ranking.order.sd[row]), bool(ranking.is_out[row]))
        for row in rows
    ]


def from_nothing(role, monkeypatch, **filters):
    with monkeypatch.context() as patch:
        patch.setattr(rankings, "_KEPT", rankings._Kept())
        return look(role, **filters)


def test_second_look_at_the_same_asks_one_query(role, people, django_assert_num_queries):
    found, first = matched_role(role=role), look(role)
    with django_assert_num_queries(1):
        assert ranking_of(found=found, filters=Filters()) is first


def test_name_and_headline_are_read_for_every_page(role, people, recruiter, signed_in):
    client, first = signed_in(recruiter), look(role)
    address = f"/o/{role.organisation.slug}/roles/{role.ref}/shortlist/"
    client.get(address)
    Person.objects.filter(pk=people["strong"].pk).update(name="Amara Newname", headline="Staff engineer")
    page = client.get(address).content.decode()
    assert "Amara Newname" in page
    assert "Staff engineer" in page
    assert "Amara Okafor" not in page.replace("Amara Okafor.txt", "")
    assert said(look(role)) == said(first)


def correct(role, people, now):
    row = Observation.objects.get(person=people["strong"], competency="pytorch", source_kind=SourceKind.CLAIM)
    Retraction.objects.create(observation=row, reason="corrected", created_at=now)
    forget_belief(person=people["strong"])


def correct_and_compute(role, people, now):
    correct(role, people, now)
    compute(role.organisation, now)


def apply(role, people, now):
    strong(now, role, name="Later Comer")


def withdraw(role, people, now):
    Application.objects.filter(person=people["strong"]).update(state=ApplicationState.WITHDRAWN)


def merge(role, people, now):
    Person.objects.filter(pk=people["weak"].pk).update(merged_into=people["strong"])


def erase(role, people, now):
    Belief.objects.filter(person=people["weak"]).delete()
    Application.objects.filter(person=people["weak"]).delete()


def state_fact(role, people, now):
    stated = {"needs_sponsorship": {"value": "yes", "quote": "needs a visa", "start": 0, "end": 5}}
    Person.objects.filter(pk=people["strong"].pk).update(stated=stated)


def revise_role(role, people, now):
    other = msgspec.structs.replace(PROFILE, demands=(Demand(competency="sql", level=2, weight=1.0),))
    RoleVersion.objects.create(
        role=role, number=2, created_at=now, profile=msgspec.to_builtins(other), map_version="test"
    )


def measure(role, people, now):
    Observation.objects.create(
        organisation=role.organisation, person=people["frank"], competency="python", source_kind=SourceKind.WORK_SAMPLE,
        value=5.0, facts={"event": "sample"}, created_at=now,
    )  # fmt: skip
    forget_belief(person=people["frank"])
    compute(role.organisation, now)


CHANGES = (
    correct, correct_and_compute, apply, withdraw, merge, erase, state_fact, revise_role, measure,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_look_after_a_change_is_what_a_ranking_from_nothing_yields(role, people, now, monkeypatch, change):
    before = said(look(role))
    change(role, people, now)
    after = said(look(role))
    assert after == said(from_nothing(role, monkeypatch))
    assert after != before


@pytest.mark.parametrize("change", [correct, withdraw], ids=lambda one: one.__name__)
def test_change_that_is_taken_back_shows_the_first_order_again(role, people, now, change):
    before = said(look(role))
    change(role, people, now)
    assert said(look(role)) != before
    Retraction.objects.all().delete()
    Application.objects.update(state=ApplicationState.NEW)
    assert said(look(role)) == before


def test_filters_do_not_share_a_ranking(role, people, monkeypatch):
    state = {"needs_sponsorship": {"value": "yes", "quote": "needs a visa", "start": 0, "end": 5}}
    Person.objects.filter(pk=people["weak"].pk).update(stated=state)
    for filters in ({}, {"has_must_haves_open": True}, {"text": "amara"}, {"state": "rejected"}, {"place": "berlin"}):
        assert said(look(role, **filters)) == said(from_nothing(role, monkeypatch, **filters))
    assert len(look(role, has_must_haves_open=True)) == 1


def test_nothing_is_kept_while_a_belief_is_still_to_be_worked_out(role, people, now):
    forget_belief(person=people["strong"])
    first = look(role)
    assert look(role) is not first
    compute(role.organisation, now)
    assert look(role) is look(role)


def test_change_in_the_middle_of_a_look_gets_under_no_key(role, people, now):
    """Between the statement that asks for the row versions and the one that reads the people, somebody applies."""
    came = []

    def interfere(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if "STRING_AGG" in sql and not came:
            came.append(None)
            came.append(strong(now, role, name="Later Comer"))
            compute(role.organisation, now)
        return answer

    with connection.execute_wrapper(interfere):
        during = look(role)
    assert len(during) == 4
    Application.objects.filter(person=came[1]).delete()
    assert len(look(role)) == 3


def test_rankings_looked_at_longest_ago_are_dropped(role, people, monkeypatch):
    monkeypatch.setattr(rankings, "MOST_KEPT", 2)
    first = look(role)
    look(role, place="berlin")
    assert look(role) is first
    look(role, place="paris")
    assert look(role) is first
    look(role, place="berlin")
    look(role, place="paris")
    assert look(role) is not first


@pytest.mark.django_db(transaction=True)
def test_write_of_another_process_is_seen_at_the_next_look(role, people):
    before = look(role)
    given = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: given[name] for name in names if given.get(name)}) as other:
        other.execute(
            "UPDATE applications_application SET state = 'withdrawn' WHERE person_id = %s", [people["strong"].pk]
        )
    after = look(role)
    assert {ref for ref, *_ in said(before)} - {ref for ref, *_ in said(after)} == {people["strong"].ref}
