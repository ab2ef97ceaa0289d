"""Prompts about how a test went: found where they are made up, rare where people simply answer, never for others."""

from datetime import timedelta

import numpy as np
import pytest

from assay.knowledge.choices import TakingState
from assay.knowledge.models import Asked, Taking
from assay.knowledge.signals import LEAST_ANSWERS, SignalKind, signals_of
from tests.knowledge.test_calibrating import many_takings

FAMILIES = (
    "statistics/mean-and-median", "statistics/many-tests", "statistics/standard-error", "statistics/what-p-says",
    "statistics/width-and-size", "statistics/paired-folds", "statistics/looking-early", "statistics/base-rate",
    "statistics/one", "statistics/two", "statistics/three", "statistics/four",
)  # fmt: skip
DIFFICULTY = dict(zip(FAMILIES, np.linspace(-2.0, 2.0, len(FAMILIES)), strict=True))
USUAL_S = 60.0


def finished(taking, categories, seconds, now):
    """Yield a person's test that has ended, its answers as given."""
    taking.state, taking.begun_at, taking.ended_at = TakingState.ENDED, now, now
    taking.ends_at = now + timedelta(minutes=30)
    taking.save()
    Asked.objects.bulk_create(
        Asked(taking=taking, position=position, family=family, slot=0, seed=1, competency="statistics",
              discrimination=1.5, difficulty=DIFFICULTY[family], parameters="start", variant={}, shown_at=now,
              answered_at=now, category=categories[position], response_s=seconds[position])
        for position, family in enumerate(FAMILIES)
    )  # fmt: skip
    return signals_of(taking=taking, asked=list(taking.asked.all()))


def answers_at(rng, ability):
    chance = 1 / (1 + np.exp(-1.5 * (ability - np.array(list(DIFFICULTY.values())))))
    return [int(one) for one in rng.random(len(FAMILIES)) < chance]


@pytest.fixture
def times_known(knowledge_test, now):
    """Sixty other people have answered: what time a question usually takes is known."""
    rng = np.random.default_rng(3)
    many_takings(knowledge_test, 60, now, families=[])
    takings = list(Taking.objects.filter(test=knowledge_test, state=TakingState.ENDED))
    Asked.objects.bulk_create(
        Asked(taking=taking, position=position, family=family, slot=0, seed=1, competency="statistics",
              discrimination=1.5, difficulty=DIFFICULTY[family], parameters="start", variant={}, shown_at=now,
              answered_at=now, category=position % 2, response_s=float(USUAL_S * np.exp(0.4 * rng.normal())))
        for taking in takings for position, family in enumerate(FAMILIES)
    )  # fmt: skip


def test_pattern_turned_round_is_a_prompt_with_the_questions(taking, now):
    found = finished(taking, [0] * 5 + [1] * 7, [USUAL_S] * 12, now)
    assert found.checks == 1
    signal = found.signals[0]
    assert (signal.kind, signal.area) == (SignalKind.PATTERN, "statistics")
    assert [one.family for one in signal.questions] == [FAMILIES[0], FAMILIES[-1]]


def test_hard_questions_solved_at_once_are_a_prompt(times_known, taking, now):
    categories = [1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1]
    seconds = [USUAL_S] * 9 + [9.0, 8.0, 7.0]
    found = finished(taking, categories, seconds, now)
    quick = next(one for one in found.signals if one.kind == SignalKind.QUICK)
    assert {one.family for one in quick.questions} == set(FAMILIES[9:])


def test_a_fast_person_as_such_is_none(times_known, taking, now):
    found = finished(taking, [1] * 8 + [0] * 4, [USUAL_S / 4] * 12, now)
    assert (found.checks, found.signals) == (2, [])


def test_people_who_simply_answer_seldom_see_one(times_known, knowledge_test, now):
    rng, taking = np.random.default_rng(8), Taking.objects.filter(test=knowledge_test).first()
    flagged = 0
    for _ in range(100):
        taking.asked.all().delete()
        seconds = USUAL_S * np.exp(0.3 * rng.normal() + 0.4 * rng.normal(size=len(FAMILIES)))
        flagged += bool(finished(taking, answers_at(rng, rng.normal()), seconds.tolist(), now).signals)
    assert flagged <= 18


def test_short_test_and_running_test_are_not_looked_at(taking, begun, now):
    few = LEAST_ANSWERS - 1
    assert signals_of(taking=begun, asked=[]).checks == 0
    found = finished(taking, [0] * few + [None] * (len(FAMILIES) - few), [USUAL_S] * len(FAMILIES), now)
    assert found == (0, [])


def test_other_organisations_times_are_not_used(times_known, taking, make_member, now, django_user_model):
    from assay.accounts.models import Organisation

    other = Organisation.objects.create(name="Else", slug="else", created_at=now)
    Taking.objects.filter(test=taking.test).exclude(pk=taking.pk).update(organisation=other)
    found = finished(taking, [1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1], [USUAL_S] * 9 + [9.0, 8.0, 7.0], now)
    assert SignalKind.QUICK not in [one.kind for one in found.signals]
