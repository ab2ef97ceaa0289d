import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.evidence.claims import Stance
from assay.evidence.stated import Stated, Words
from assay.matching.model import Applicant, ClaimLine, Measured, MustHaveState
from assay.matching.rank import (
    contributions_of,
    must_haves_of,
    not_measured_of,
    order_people,
    pool_fits,
    pool_of,
    standing_of,
)
from assay.matching.role import NothingDemandedError, role_model
from assay.roles.profile import Constraints, Demand, RoleProfile

IDS = ["python", "sql", "statistics", "deep_learning", "deployment", "communication"]


def line(competency, stance=Stance.USED):
    return ClaimLine(competency=competency, stance=stance)


def fits_of(people, role):
    return pool_fits(pool=pool_of(people=people, role=role), role=role)


def person(key="a", **stances):
    return Applicant(key=key, claims=tuple(line(name, stance) for name, stance in sorted(stances.items())))


claims = st.dictionaries(st.sampled_from(IDS), st.sampled_from(Stance))


@given(held=claims, competency=st.sampled_from(IDS), stance=st.sampled_from([Stance.NAMED, Stance.USED, Stance.STRONG]))
def test_more_shown_never_ranks_lower(role, held, competency, stance):
    ladder = list(Stance)
    now = held.get(competency, Stance.NEGATED)
    more = held | {competency: max(now, stance, key=ladder.index)}
    weaker, stronger = person(key="0", **held), person(key="1", **more)
    fits = fits_of([weaker, stronger], role)
    assert fits.mean[1] >= fits.mean[0]
    order = order_people(people=[weaker, stronger], role=role)
    if competency in role.demanded and ladder.index(now) < ladder.index(stance):
        assert order.rows.tolist() == [1, 0]


@given(people=st.lists(claims, min_size=2, max_size=8), chance=st.randoms())
def test_order_does_not_depend_on_arrival(role, people, chance):
    pile = [person(key=f"{place:03d}", **stances) for place, stances in enumerate(people)]
    shuffled = list(pile)
    chance.shuffle(shuffled)
    first = [pile[row].key for row in order_people(people=pile, role=role).rows]
    second = [shuffled[row].key for row in order_people(people=shuffled, role=role).rows]
    assert first == second


@given(held=claims)
def test_contribution_is_what_leaving_out_takes_away(role, held):
    whole = fits_of([person(**held)], role).mean[0]
    for one in contributions_of(person=person(**held), role=role):
        rest = {name: stance for name, stance in held.items() if name != one.competency}
        without = fits_of([person(**rest)], role).mean[0]
        assert whole - without == pytest.approx(one.effect, abs=1e-12)


def test_nobody_without_claims_stands_at_the_pools_mean(role):
    fits = fits_of([person()], role)
    assert (fits.mean[0], fits.sd[0]) == (0.0, 1.0)


def test_frankness_about_basics_costs_no_more_than_silence(role):
    frank, silent = person(python=Stance.BASIC, deployment=Stance.NEGATED), person()
    fits = fits_of([frank, silent], role)
    assert fits.mean[0] == fits.mean[1]
    assert fits.sd[0] == fits.sd[1]


def test_must_haves_say_met_unmet_and_unknown(role):
    states = {
        one.competency: one.state
        for one in must_haves_of(person=person(python=Stance.NAMED, deep_learning=Stance.BASIC), role=role)
    }
    assert states == {
        "python": MustHaveState.MET,
        "deep_learning": MustHaveState.UNMET,
        "deployment": MustHaveState.UNKNOWN,
    }


def test_must_have_named_below_its_level_is_unknown(role):
    states = {one.competency: one.state for one in must_haves_of(person=person(deep_learning=Stance.NAMED), role=role)}
    assert states["deep_learning"] is MustHaveState.UNKNOWN


@pytest.mark.parametrize(("mean", "state"), [(2.5, MustHaveState.MET), (-2.5, MustHaveState.UNMET)])
def test_must_have_measured_goes_by_the_belief(role, competencies, mean, state):
    count = len(competencies.ids)
    measured = Measured(mean=np.full(count, mean), covariance=np.eye(count) * 0.25)
    found = must_haves_of(person=Applicant(key="m", claims=(), measured=measured), role=role)
    assert {one.state for one in found} == {state}
    assert not any(one.is_claim for one in found)


def test_measured_person_is_ranked_by_the_belief(role, competencies):
    count = len(competencies.ids)
    measured = Measured(mean=np.full(count, 1.0), covariance=np.eye(count) * 0.25)
    people = [person(key="c", python=Stance.STRONG), Applicant(key="m", claims=(), measured=measured)]
    assert order_people(people=people, role=role).rows.tolist() == [1, 0]


def test_person_whom_a_stated_fact_rules_out_stands_last(profile, competencies, parameters, rules):
    strict = role_model(
        profile=RoleProfile(title=profile.title, demands=profile.demands, constraints=Constraints(work_permit="EU")),
        competencies=competencies,
        parameters=parameters,
        rules=rules,
    )
    out = Applicant(
        key="o",
        claims=(line("python", Stance.STRONG),),
        stated=Stated(needs_sponsorship=Words(value="yes", quote="requires sponsorship", start=0, end=20)),
    )
    silent = person(key="s")
    order = order_people(people=[out, silent], role=strict)
    standings = [
        standing_of(person=[out, silent][row], row=row, order=order, role=strict) for row in order.rows.tolist()
    ]
    assert [(one.row, one.is_ruled_out) for one in standings] == [(1, False), (0, True)]


def test_not_measured_lists_the_weightiest_first(role):
    assert not_measured_of(person=person(python=Stance.USED), role=role) == (
        "deep_learning",
        "deployment",
        "statistics",
    )


def test_role_without_known_demands_is_refused(competencies, parameters, rules):
    profile = RoleProfile(title="x", demands=(Demand(competency="juggling", level=3, weight=1.0),))
    with pytest.raises(NothingDemandedError):
        role_model(profile=profile, competencies=competencies, parameters=parameters, rules=rules)
