import numpy as np
import pytest

from assay.science.errors import ScienceError, TooLittleDataError
from assay.science.irt import (
    CUSUM_LIMIT,
    EtsClass,
    Items,
    item_dif,
    leak_cusum,
    logistic_dif,
    mantel_haenszel,
    map_ability,
    person_fit,
    quick_surprises,
    sparse_time_model,
    speed_fit,
    time_model,
)

# Berkeley admissions 1973 by department A..F: rows men, women; columns admitted, rejected
BERKELEY = np.array(
    [
        [[512, 313], [89, 19]],
        [[353, 207], [17, 8]],
        [[120, 205], [202, 391]],
        [[138, 279], [131, 244]],
        [[53, 138], [94, 299]],
        [[22, 351], [24, 317]],
    ]
)


def bank(rng, count):
    return Items.from_difficulties(
        discriminations=np.exp(0.2 + 0.3 * rng.normal(size=count)), difficulties=rng.normal(size=(count, 1))
    )


def answered(rng, items, ability):
    return (rng.random(items.count) < 1 / (1 + np.exp(-items.slopes * ability - items.intercepts[:, 0]))).astype(int)


def test_map_ability_solves_its_equation():
    rng = np.random.default_rng(0)
    items = bank(rng, 20)
    responses = answered(rng, items, 0.7)
    theta = map_ability(items=items, responses=responses)
    chance = 1 / (1 + np.exp(-items.slopes * theta - items.intercepts[:, 0]))
    assert items.slopes @ (responses - chance) == pytest.approx(theta, abs=1e-9)


def test_person_fit_is_standard_normal_for_honest_people():
    rng = np.random.default_rng(1)
    items = bank(rng, 30)
    scores = [person_fit(items=items, responses=answered(rng, items, ability)) for ability in rng.normal(size=1500)]
    assert np.mean(scores) == pytest.approx(0.0, abs=0.1)
    assert 0.035 <= np.mean(np.array(scores) < -1.645) <= 0.065


def test_person_fit_finds_hard_items_known_beforehand():
    rng = np.random.default_rng(2)
    items = bank(rng, 30)
    hardest = np.argsort(-items.difficulties[:, 0])[:9]
    found = []
    for ability in rng.normal(-1.0, 0.5, size=200):
        responses = answered(rng, items, ability)
        responses[hardest] = 1
        found.append(person_fit(items=items, responses=responses) < -1.645)
    assert np.mean(found) > 0.7


def test_person_fit_items_alike_refused():
    items = Items.from_difficulties(discriminations=[1.0, 1.0], difficulties=[[0.0], [0.0]])
    with pytest.raises(ScienceError):
        person_fit(items=items, responses=np.array([0, 1]))
    with pytest.raises(ScienceError):
        person_fit(items=items, responses=np.array([0, 2]))


def times(rng, people, intensity, precision):
    speed = 0.3 * rng.normal(size=(people, 1))
    return np.exp(intensity - speed + rng.normal(size=(people, len(intensity))) / precision)


def test_time_model_recovers_intensity_and_precision():
    rng = np.random.default_rng(3)
    intensity, precision = rng.normal(4.0, 0.4, size=20), rng.uniform(1.5, 3.0, size=20)
    model = time_model(seconds=times(rng, 4000, intensity, precision))
    assert model.intensity == pytest.approx(intensity, abs=0.04)
    assert model.precision == pytest.approx(precision, rel=0.06)


def test_speed_fit_p_values_are_uniform_for_honest_people():
    rng = np.random.default_rng(4)
    intensity, precision = rng.normal(4.0, 0.4, size=20), np.full(20, 2.0)
    model = time_model(seconds=times(rng, 3000, intensity, precision))
    p = [speed_fit(model=model, seconds=row).p_value for row in times(rng, 1000, intensity, precision)]
    assert 0.03 <= np.mean(np.array(p) < 0.05) <= 0.07


def test_quick_surprises_separates_known_items():
    rng = np.random.default_rng(5)
    items = bank(rng, 30)
    intensity, precision = np.full(30, 4.0), np.full(30, 2.0)
    model = time_model(seconds=times(rng, 3000, intensity, precision))
    honest, leaked = [], []
    for ability in rng.normal(-0.5, 0.8, size=300):
        responses, seconds = answered(rng, items, ability), times(rng, 1, intensity, precision)[0]
        honest.append(quick_surprises(items=items, responses=responses, model=model, seconds=seconds))
        known = rng.choice(30, size=9, replace=False)
        responses[known], seconds[known] = 1, seconds[known] * 0.3
        leaked.append(quick_surprises(items=items, responses=responses, model=model, seconds=seconds))
    assert np.mean(np.array(honest) > 1.645) <= 0.08
    assert np.mean(np.array(leaked) > 1.645) >= 0.8


def test_time_model_too_few_people_refused():
    with pytest.raises(TooLittleDataError):
        time_model(seconds=np.ones((29, 5)))
    with pytest.raises(ScienceError):
        time_model(seconds=np.zeros((40, 5)))


def test_leak_cusum_is_the_running_sum():
    assert leak_cusum(residuals=np.array([1.0, 1.0, -3.0, 0.5])) == pytest.approx([0.75, 1.5, 0.0, 0.25])


def test_leak_cusum_finds_a_leak_and_spares_a_sound_item():
    rng = np.random.default_rng(6)

    def first_alarm(leaked):
        chance = 1 / (1 + np.exp(-rng.normal(size=3000)))
        right = rng.random(3000) < np.where(rng.random(3000) < leaked, 1.0, chance)
        total = leak_cusum(residuals=(right - chance) / np.sqrt(chance * (1 - chance)))
        return int(np.argmax(total > CUSUM_LIMIT)) if total.max() > CUSUM_LIMIT else 3000

    assert np.median([first_alarm(0.7) for _ in range(40)]) <= 40
    assert np.median([first_alarm(0.0) for _ in range(40)]) >= 500


def test_mantel_haenszel_berkeley_equals_r():
    """R's mantelhaen.test(UCBAdmissions): 1.4269, p .2323, odds ratio .9046968, interval .7719074 to 1.0603298."""
    found = mantel_haenszel(tables=BERKELEY)
    assert found.chi_square == pytest.approx(1.4269, abs=5e-5)
    assert found.p_value == pytest.approx(0.2323, abs=5e-5)
    assert found.odds_ratio == pytest.approx(0.9046968, abs=5e-8)
    half = 1.959963984540054 * found.log_odds_se
    assert found.odds_ratio * np.exp([-half, half]) == pytest.approx([0.7719074, 1.0603298], abs=5e-8)


def test_mantel_haenszel_nothing_to_compare_refused():
    with pytest.raises(ScienceError):
        mantel_haenszel(tables=np.array([[[3, 0], [2, 0]]]))


def simulated(rng, people, shift):
    is_focal = np.arange(people) % 2 == 1
    ability = rng.normal(size=people) - 0.3 * is_focal
    places = np.linspace(-1.5, 1.5, 15)
    moved = np.where(is_focal, shift, 0.0)
    chance = 1 / (1 + np.exp(-1.2 * (ability[:, None] - places)))
    chance[:, 7] = 1 / (1 + np.exp(-1.2 * (ability - places[7] - moved)))
    right = rng.random(chance.shape) < chance
    return right[:, 7], is_focal, right.sum(axis=1)


def test_item_dif_large_difference_is_class_c_and_against_the_focal_group():
    right, is_focal, total = simulated(np.random.default_rng(7), 2000, 1.0)
    found = item_dif(right=right, is_focal=is_focal, total=total)
    assert found.ets_class is EtsClass.C
    assert found.delta < -1.5
    assert found.delta_low < found.delta < found.delta_high < -1.0
    assert found.may_act


def test_item_dif_ability_difference_alone_is_no_dif():
    right, is_focal, total = simulated(np.random.default_rng(8), 2000, 0.0)
    assert item_dif(right=right, is_focal=is_focal, total=total).ets_class is EtsClass.A
    found = logistic_dif(right=right, is_focal=is_focal, total=total)
    assert min(found.uniform_p, found.non_uniform_p) > 0.01


def test_item_dif_small_group_refused_and_middling_one_may_not_act():
    rng = np.random.default_rng(9)
    with pytest.raises(TooLittleDataError):
        item_dif(right=np.ones(60, bool), is_focal=np.arange(60) < 20, total=np.ones(60, int))
    right, is_focal, total = simulated(rng, 200, 0.3)
    assert not item_dif(right=right, is_focal=is_focal, total=total).may_act


def test_logistic_dif_finds_both_kinds():
    rng = np.random.default_rng(10)
    is_focal = np.arange(2000) % 2 == 1
    total = rng.integers(0, 21, size=2000)
    score = (total - 10) / 5
    uniform = rng.random(2000) < 1 / (1 + np.exp(-score + 0.8 * is_focal))
    crossing = rng.random(2000) < 1 / (1 + np.exp(-score * (1 - 0.8 * is_focal)))
    first = logistic_dif(right=uniform, is_focal=is_focal, total=total)
    second = logistic_dif(right=crossing, is_focal=is_focal, total=total)
    assert first.uniform_p < 1e-4 < first.non_uniform_p
    assert second.non_uniform_p < 1e-4
    assert first.r_squared_change > 0.01


def test_logistic_dif_separated_answers_refused():
    with pytest.raises(ScienceError):
        logistic_dif(right=np.arange(100) >= 50, is_focal=np.arange(100) % 2 == 0, total=np.arange(100))


def met(rng, people, items, each):
    """Yield who met what: each person other items, as adaptive tests have it."""
    item = np.concatenate([rng.choice(items, size=each, replace=False) for _ in range(people)])
    return np.repeat(np.arange(people), each), item


def test_sparse_time_model_recovers_items_that_slower_people_met():
    rng = np.random.default_rng(6)
    intensity, precision = rng.normal(4.0, 0.4, size=20), rng.uniform(1.5, 3.0, size=20)
    person, item = met(rng, 3000, 20, 8)
    speed = 0.3 * rng.normal(size=3000) - 0.4 * (np.bincount(person, item == 3) > 0)
    seconds = np.exp(intensity[item] - (speed - speed.mean())[person] + rng.normal(size=len(item)) / precision[item])
    model = sparse_time_model(person=person, item=item, seconds=seconds)
    assert model.intensity - model.intensity.mean() == pytest.approx(intensity - intensity.mean(), abs=0.05)
    assert model.precision == pytest.approx(precision, rel=0.1)


def test_sparse_time_model_of_a_full_table_is_that_of_the_table():
    rng = np.random.default_rng(7)
    table = times(rng, 500, rng.normal(4.0, 0.4, size=10), np.full(10, 2.0))
    person, item = np.indices(table.shape)
    sparse = sparse_time_model(person=person.ravel(), item=item.ravel(), seconds=table.ravel())
    assert sparse.intensity == pytest.approx(time_model(seconds=table).intensity, abs=1e-6)
    assert sparse.precision == pytest.approx(time_model(seconds=table).precision, rel=0.1)


def test_sparse_time_model_refuses_what_says_too_little():
    few = np.arange(29)
    with pytest.raises(TooLittleDataError):
        sparse_time_model(person=few, item=np.zeros(29, dtype=int), seconds=np.ones(29))
    many = np.arange(60)
    with pytest.raises(TooLittleDataError):
        sparse_time_model(person=many, item=many % 2, seconds=np.ones(60))
    with pytest.raises(ScienceError):
        sparse_time_model(person=few, item=np.zeros(29, dtype=int), seconds=np.full(29, np.nan))
