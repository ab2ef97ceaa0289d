"""Parameters from answers: refused with the number needed, kept as versions, used by the next test."""

import numpy as np
import pytest

from assay.applications.models import Application
from assay.evidence.models import Observation
from assay.knowledge.calibrating import TooFewAnswersError, calibrate_bank
from assay.knowledge.choices import TakingState
from assay.knowledge.decks import START_VERSION, current_parameters, deck_for
from assay.knowledge.models import Asked, Estimate, Taking
from assay.people.models import Person
from tests.knowledge.conftest import small_plan

FAMILIES = ("statistics/mean-and-median", "statistics/many-tests", "statistics/standard-error")
TRUTH = {"statistics/mean-and-median": -1.0, "statistics/many-tests": 1.0, "statistics/standard-error": 0.0}


def many_takings(knowledge_test, count, now, *, category=None, families=FAMILIES):
    """People who have taken the test, as rows; abilities are N(0, 1), slopes 1.5."""
    organisation, rng = knowledge_test.organisation, np.random.default_rng(11)
    people = Person.objects.bulk_create(
        Person(organisation=organisation, name=f"P{number}", created_at=now, updated_at=now) for number in range(count)
    )
    applications = Application.objects.bulk_create(
        Application(organisation=organisation, role=knowledge_test.role, person=one, applied_at=now, state_since=now,
                    answer_by=now.date()) for one in people
    )  # fmt: skip
    takings = Taking.objects.bulk_create(
        Taking(organisation=organisation, test=knowledge_test, application=one, state=TakingState.ENDED, begin_by=now,
               created_at=now, begun_at=now, ends_at=now, ended_at=now) for one in applications
    )  # fmt: skip
    rows = []
    for taking in takings:
        ability = rng.normal()
        for position, name in enumerate(families):
            chance = 1 / (1 + np.exp(-1.5 * (ability - TRUTH[name])))
            rows.append(
                Asked(taking=taking, position=position, family=name, slot=0, seed=1, competency="statistics",
                      discrimination=1, difficulty=0, parameters="start", variant={}, shown_at=now, answered_at=now,
                      category=int(rng.random() < chance) if category is None else category)
            )  # fmt: skip
    Asked.objects.bulk_create(rows)


def test_too_few_answers_are_refused_with_the_number_needed(knowledge_test, now):
    many_takings(knowledge_test, 40, now)
    with pytest.raises(TooFewAnswersError) as refused:
        calibrate_bank(now=now)
    assert (refused.value.needed, refused.value.found) == (100, 40)
    assert "100 answers" in refused.value.message
    assert not Estimate.objects.exists()


def test_nothing_asked_at_all_is_refused(db, now):
    with pytest.raises(TooFewAnswersError):
        calibrate_bank(now=now)


@pytest.mark.parametrize("category", [0, 1])
def test_answers_all_alike_are_refused(knowledge_test, now, category):
    many_takings(knowledge_test, 120, now, category=category)
    with pytest.raises(TooFewAnswersError):
        calibrate_bank(now=now)


def test_estimates_come_near_the_truth_and_the_next_test_uses_them(knowledge_test, now):
    many_takings(knowledge_test, 600, now)
    before = deck_for(plan=small_plan(), organisation=knowledge_test.organisation)
    found = calibrate_bank(now=now)
    assert (found.version, found.estimated, found.left) == (1, sorted(FAMILIES), [])
    for row in Estimate.objects.all():
        assert row.difficulty == pytest.approx(TRUTH[row.family], abs=0.3)
        assert row.discrimination == pytest.approx(1.5, abs=0.6)
        assert row.responses == 600
    after = deck_for(plan=small_plan(), organisation=knowledge_test.organisation)
    place = after.place["statistics/many-tests", 0]
    assert before.slots[place].is_pilot
    assert not after.slots[place].is_pilot
    assert after.slots[place].version == "answers-1"
    assert current_parameters()["statistics/what-p-says"].version == START_VERSION


def test_second_calibration_adds_a_version_and_changes_no_observation(knowledge_test, now):
    many_takings(knowledge_test, 150, now)
    calibrate_bank(now=now)
    first = dict(Estimate.objects.values_list("family", "difficulty"))
    Asked.objects.filter(family=FAMILIES[0]).delete()
    found = calibrate_bank(now=now.replace(hour=12))
    assert (found.version, found.estimated) == (2, sorted(FAMILIES[1:]))
    kept = Estimate.objects.get(version=2, family=FAMILIES[0])
    assert (kept.difficulty, kept.made_at) == (first[FAMILIES[0]], now)
    assert Estimate.objects.filter(version=1).count() == 3
    assert not Observation.objects.exists()


def test_estimates_that_were_undone_leave_nothing_in_memory(knowledge_test, now):
    def put(family):
        fields = {"discrimination": 1.5, "difficulty": 0.2, "discrimination_se": 0.1, "difficulty_se": 0.1}
        return Estimate.objects.create(version=1, family=family, responses=600, made_at=now, **fields)

    def versions():
        deck = deck_for(plan=small_plan(), organisation=knowledge_test.organisation)
        return [deck.slots[deck.place[family, 0]].version for family in FAMILIES[:2]]

    undone = put(FAMILIES[0])
    assert versions() == ["answers-1", START_VERSION]
    undone.delete()
    put(FAMILIES[1])
    assert versions() == [START_VERSION, "answers-1"]
