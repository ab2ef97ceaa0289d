"""Choosing questions: a pure function of plan, bank and answers."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings
from hypothesis import strategies as st

from assay.knowledge.choices import Stop
from assay.knowledge.drawing import (
    SLOTS_A_FAMILY,
    VARIANTS_A_FAMILY,
    Given,
    Parameters,
    ability_in,
    area_of,
    chance_of_right,
    deck_of,
    expected_sd,
    next_question,
    seed_of_variant,
)
from assay.knowledge.plan import Area, Plan


@dataclass(frozen=True)
class Made:
    """An item family for tests."""

    id: str
    loadings: dict[str, float] = field(default_factory=dict)
    expected_s: int = 60
    is_pilot: bool = False


def families(area: str, count: int, loading: float = 1.0) -> list[Made]:
    return [Made(f"{area}/{number}", {area: loading}) for number in range(count)]


def deck(*, python=10, statistics=10, responses=500, retired=frozenset()):
    found = families("python", python) + families("statistics", statistics)
    spread = np.linspace(-2, 2, 10)
    parameters = {
        one.id: Parameters(1.3, float(spread[index % 10]), responses, "answers-1") for index, one in enumerate(found)
    }
    return deck_of(families=found, areas=("python", "statistics"), parameters=parameters, retired=retired)


def plan(*, python=6, statistics=6, **rest):
    areas = (
        Area(competency="python", items=python, level=3), Area(competency="statistics", items=statistics, level=3),
    )  # fmt: skip
    return Plan(areas=areas, minutes=30, **rest)


def walk(*, deck, plan, seed=1, category=lambda _slot: 1):
    """Take a whole test; yield the answers and why it ended."""
    given = []
    while (found := next_question(deck=deck, plan=plan, given=given, seed=seed)).slot is not None:
        slot = found.slot
        given.append(Given(slot.family, slot.number, slot.area, category(slot), slot.discrimination, slot.difficulty))
        assert len(given) <= 100
    return given, found.stop


def test_family_belongs_to_the_area_that_it_shows_best():
    loadings = {"python": 0.6, "sql": 0.9, "git": 0.2}
    assert area_of(loadings=loadings, areas=("python", "sql")) == "sql"
    assert area_of(loadings=loadings, areas=("python",)) == "python"
    assert area_of(loadings=loadings, areas=("git",)) is None
    assert area_of(loadings=loadings, areas=()) is None


def test_same_answers_lead_to_the_same_question_and_another_person_to_another():
    given, _ = walk(deck=deck(), plan=plan(), seed=7)
    again, _ = walk(deck=deck(), plan=plan(), seed=7)
    assert given == again
    firsts = {next_question(deck=deck(), plan=plan(), given=[], seed=seed).slot.family for seed in range(40)}
    assert len(firsts) > 3


def test_areas_take_turns_by_their_share():
    given, _ = walk(deck=deck(), plan=plan(python=4, statistics=8, target_sd=0.01))
    assert [one.area for one in given].count("python") == 4
    for count in range(3, 12, 3):
        assert [one.area for one in given[:count]].count("python") in {count // 3, count // 3 + 1}


def test_no_question_comes_twice_and_second_variants_come_last():
    given, stop = walk(deck=deck(python=3, statistics=0), plan=plan(python=8, target_sd=0.01))
    asked = [(one.family, one.number) for one in given]
    assert len(set(asked)) == len(asked) == 3 * SLOTS_A_FAMILY
    assert [number for _, number in asked] == [0, 0, 0, 1, 1, 1]
    assert stop == Stop.EXHAUSTED


def test_test_ends_at_its_length():
    given, stop = walk(deck=deck(), plan=plan(target_sd=0.01))
    assert (len(given), stop) == (12, Stop.LENGTH)


def test_test_ends_early_where_enough_is_known_but_not_before_the_least():
    given, stop = walk(deck=deck(), plan=plan(target_sd=0.95))
    assert (len(given), stop) == (6, Stop.PRECISE)


def test_area_ends_where_no_answer_could_carry_it_across_the_bar():
    # everything wrong: after a few answers the role's level 5 is out of reach
    areas = (Area(competency="python", items=10, level=5),)
    hopeless = Plan(areas=areas, minutes=30, target_sd=0.01, stops_when_decided=True)
    given, stop = walk(deck=deck(), plan=hopeless, category=lambda _slot: 0)
    assert stop == Stop.DECIDED
    assert 3 <= len(given) < 10


def test_retired_family_is_not_asked_and_its_answers_still_count():
    found = deck(retired=frozenset({"python/4"}))
    assert ("python/4", 0) not in found.place
    answered = [Given("python/4", 0, "python", 1, 1.3, 0.0)]
    assert next_question(deck=found, plan=plan(), given=answered, seed=1).slot.area == "statistics"
    assert ability_in(given=answered, area="python").mean > 0.1


def test_pilot_tells_less_than_a_calibrated_question():
    pilots, known = deck(responses=0), deck(responses=500)
    assert all(slot.is_pilot for slot in pilots.slots)
    assert pilots.slots[0].discrimination < known.slots[0].discrimination
    assert expected_sd(deck=pilots, area="python", items=6) > expected_sd(deck=known, area="python", items=6)


def test_nothing_to_ask_ends_at_once():
    empty = deck(python=0, statistics=0)
    assert next_question(deck=empty, plan=plan(), given=[], seed=1) == (None, Stop.EXHAUSTED)
    assert expected_sd(deck=empty, area="python", items=5) == 1.0


@pytest.mark.parametrize(("category", "is_above"), [(1, True), (0, False)])
def test_all_right_or_all_wrong_gives_a_finite_ability(category, is_above):
    given, _ = walk(deck=deck(), plan=plan(target_sd=0.01), category=lambda _slot: category)
    for area in ("python", "statistics"):
        found = ability_in(given=given, area=area)
        assert (found.mean > 0.8) == is_above
        assert -3 < found.mean < 3
        assert 0.2 < found.sd < 1


def test_ability_without_answers_is_the_pools():
    assert ability_in(given=[], area="python") == pytest.approx((0.0, 1.0), abs=1e-3)


@settings(max_examples=30, deadline=None)
@property_of(right=st.lists(st.booleans(), min_size=1, max_size=12), difficulty=st.floats(-3, 3))
def test_chance_of_right_lies_between_and_falls_with_difficulty(right, difficulty):
    given = [Given(f"python/{n}", 0, "python", int(is_right), 1.2, 0.0) for n, is_right in enumerate(right)]
    easier = chance_of_right(given=given, area="python", discrimination=1.2, difficulty=difficulty)
    harder = chance_of_right(given=given, area="python", discrimination=1.2, difficulty=difficulty + 0.5)
    assert 0 < harder < easier < 1


def test_expected_sd_is_about_what_tests_end_with():
    found, wanted = deck(), plan(python=6, statistics=6, target_sd=0.01)
    rng = np.random.default_rng(5)
    ends = []
    for seed in range(120):
        ability = rng.normal()
        chance = {slot: 1 / (1 + np.exp(-slot.discrimination * (ability - slot.difficulty))) for slot in found.slots}
        given, _ = walk(
            deck=found, plan=wanted, seed=seed, category=lambda slot, chance=chance: int(rng.random() < chance[slot])
        )
        ends.append(ability_in(given=given, area="python").sd)
    # a little better than a test can do: it does not know the ability when it begins
    assert 0.0 <= np.mean(ends) - expected_sd(deck=found, area="python", items=6) < 0.08


@property_of(taking=st.text(min_size=1, max_size=12), family=st.text(min_size=1, max_size=20))
def test_variants_of_a_family_differ_for_one_person(taking, family):
    seeds = [seed_of_variant(taking=taking, family=family, number=number) for number in range(SLOTS_A_FAMILY)]
    assert len(set(seeds)) == SLOTS_A_FAMILY
    assert all(1 <= seed <= VARIANTS_A_FAMILY for seed in seeds)
