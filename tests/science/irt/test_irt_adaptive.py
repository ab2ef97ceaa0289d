import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.science.errors import ScienceError
from assay.science.irt import (
    GRID,
    NO_CONTROL,
    Answer,
    Bank,
    Exposure,
    Items,
    Rules,
    StopReason,
    ability_weights,
    category_probabilities,
    choose_item,
    information,
    next_step,
    normal_weights,
    open_under_quotas,
    short_form,
    variance_reductions,
)


def bank_of(count=300, seed=7, responses=500):
    rng = np.random.default_rng(seed)
    items = Items.from_difficulties(
        discriminations=np.exp(0.2 + 0.3 * rng.normal(size=count)), difficulties=rng.normal(size=(count, 1))
    )
    return Bank.from_items(
        items=items, content=["abcd"[i % 4] for i in range(count)], responses=np.full(count, responses)
    )


def sitting(bank, rules, truth, rng):
    answers = []

    def ask():
        return next_step(bank=bank, rules=rules, prior=normal_weights(), answers=answers, elapsed_s=0.0, rng=rng)

    while (step := ask()).item is not None:
        chance = 1 / (1 + np.exp(-bank.items.slopes[step.item] * truth - bank.items.intercepts[step.item, 0]))
        answers.append(Answer(item=step.item, category=int(rng.random() < chance)))
    return step, answers


@given(ability=st.floats(-3, 3))
def test_information_is_minus_expected_curvature(ability):
    items = Items.from_difficulties(discriminations=[1.3, 0.8], difficulties=[[0.2], [-1.0]])
    graded = Items.from_difficulties(discriminations=[1.6], difficulties=[[-1.0, 0.1, 1.2]])
    step = 1e-4
    points = np.array([ability - step, ability, ability + step])
    for each in (items, graded):
        p = category_probabilities(items=each, ability=points)
        curvature = (np.log(p[:, :, 0]) - 2 * np.log(p[:, :, 1]) + np.log(p[:, :, 2])) / step**2
        expected = -(p[:, :, 1] * curvature).sum(axis=1)
        assert information(items=each, ability=np.array([ability]))[:, 0] == pytest.approx(expected, abs=1e-5)


def test_information_two_parameters_is_slope_squared_pq():
    items = Items.from_difficulties(discriminations=[2.0], difficulties=[[0.5]])
    assert information(items=items, ability=np.array([0.5]))[0, 0] == pytest.approx(1.0)


def test_variance_reductions_equal_brute_force():
    items = Items.from_difficulties(discriminations=[1.2, 0.7, 2.0], difficulties=[[0.3], [-1.0, 0.4], [1.5]])
    bank = Bank.from_items(items=items, content=["a"] * 3, responses=np.array([500, 500, 10]))
    weights = normal_weights(mean=0.4, sd=0.8)
    probability = category_probabilities(items=items, ability=GRID)

    def variance(density):
        density = density / density.sum()
        return density @ GRID**2 - (density @ GRID) ** 2

    expected = []
    for item in range(3):
        after = sum((weights @ p) * variance(weights * p) for p in probability[item] if p.any())
        expected.append(variance(weights) - after)
    expected[2] *= 0.7
    assert variance_reductions(bank=bank, weights=weights) == pytest.approx(np.array(expected), abs=1e-12)


def test_adaptive_test_reaches_precision_in_few_items():
    bank, rng = bank_of(), np.random.default_rng(7)
    rules = Rules(max_items=60, exposure=NO_CONTROL)
    lengths, errors = [], []
    for truth in rng.normal(size=150):
        step, answers = sitting(bank, rules, truth, rng)
        assert step.stop is StopReason.PRECISE
        lengths.append(len(answers))
        errors.append(step.ability_mean - truth)
    assert np.mean(lengths) <= 17.0
    assert np.sqrt(np.mean(np.square(errors))) <= 0.33


def test_adaptive_test_with_exposure_and_content_stays_short_and_balanced():
    bank, rng = bank_of(), np.random.default_rng(8)
    shares = dict.fromkeys("abcd", 0.25)
    rules = Rules(max_items=60, shares=shares, exposure=Exposure())
    lengths, given = [], []
    for truth in rng.normal(size=150):
        _, answers = sitting(bank, rules, truth, rng)
        lengths.append(len(answers))
        areas = [bank.content[answer.item] for answer in answers]
        assert max(areas.count(area) for area in "abcd") - min(areas.count(area) for area in "abcd") <= 1
        given += [answer.item for answer in answers]
    assert np.mean(lengths) <= 20.0
    assert np.bincount(given, minlength=300).max() / 150 <= 0.75


def test_next_step_same_seed_gives_same_item():
    bank = bank_of()
    items = {
        next_step(
            bank=bank,
            rules=Rules(),
            prior=normal_weights(),
            answers=[Answer(0, 1)],
            elapsed_s=0.0,
            rng=np.random.default_rng([42, 1]),
        ).item
        for _ in range(3)
    }
    assert len(items) == 1


def ended(bank, *, answers=(), elapsed_s=0.0, prior=None, **rules):
    return next_step(
        bank=bank,
        rules=Rules(**rules),
        prior=normal_weights() if prior is None else prior,
        answers=answers,
        elapsed_s=elapsed_s,
        rng=np.random.default_rng(0),
    ).stop


def test_next_step_stops_for_its_reasons():
    bank = bank_of(6)
    answers = [Answer(item, 1) for item in range(4)]
    assert ended(bank, answers=answers, min_items=9) is None
    assert ended(bank, answers=answers, elapsed_s=600.0, time_limit_s=600.0) is StopReason.TIME
    assert ended(bank, answers=answers, max_items=4) is StopReason.LENGTH
    assert ended(bank, answers=answers, quarantined=frozenset({4, 5})) is StopReason.EXHAUSTED
    sure = normal_weights(mean=0.2, sd=0.2)
    assert ended(bank, answers=answers, prior=sure, min_items=4) is StopReason.PRECISE
    clear = normal_weights(mean=2.5, sd=0.5)
    assert ended(bank, answers=answers, prior=clear, min_items=4, bar=-1.0) is StopReason.DECIDED
    assert ended(bank, answers=answers, prior=clear, min_items=4, bar=2.5) is None


def test_next_step_never_gives_a_quarantined_or_answered_item():
    bank, rng = bank_of(8), np.random.default_rng(1)
    rules = Rules(max_items=9, min_items=9, quarantined=frozenset({2}))
    _, answers = sitting(bank, rules, 0.0, rng)
    assert sorted(answer.item for answer in answers) == [0, 1, 3, 4, 5, 6, 7]


def test_ability_weights_answer_twice_or_unknown_category_refused():
    bank = bank_of(4)
    for answers in ([Answer(1, 0), Answer(1, 1)], [Answer(1, 2)], [Answer(1, -1)]):
        with pytest.raises(ScienceError):
            ability_weights(bank=bank, prior=normal_weights(), answers=answers)


def test_choose_item_none_open_refused():
    bank = bank_of(4)
    with pytest.raises(ScienceError):
        choose_item(
            bank=bank,
            weights=normal_weights(),
            is_open=np.zeros(4, dtype=bool),
            given=0,
            exposure=NO_CONTROL,
            rng=np.random.default_rng(0),
        )


def test_open_under_quotas_takes_the_area_that_lags():
    bank = bank_of(8)
    everything = np.ones(8, dtype=bool)
    shares = {"a": 0.5, "b": 0.5}
    assert np.flatnonzero(open_under_quotas(bank=bank, is_open=everything, given=[0], shares=shares)).tolist() == [1, 5]
    no_b = everything.copy()
    no_b[[1, 5]] = False
    assert np.flatnonzero(open_under_quotas(bank=bank, is_open=no_b, given=[0], shares=shares)).tolist() == [0, 4]
    with pytest.raises(ScienceError):
        open_under_quotas(bank=bank, is_open=everything, given=[], shares={"z": 1.0})


def test_short_form_beats_the_first_items_and_keeps_shares():
    bank = bank_of(60)
    chosen = short_form(bank=bank, length=20, shares=dict.fromkeys("abcd", 0.25))
    assert sorted({bank.content[item] for item in chosen}) == list("abcd")
    assert len(set(chosen)) == 20
    density = np.exp(-0.5 * GRID**2)
    told = information(items=bank.items, ability=GRID)

    def loss(form):
        return density @ (1.0 / (1.0 + told[form].sum(axis=0)))

    assert loss(chosen) < 0.85 * loss(list(range(20)))
    with pytest.raises(ScienceError):
        short_form(bank=bank, length=61)
