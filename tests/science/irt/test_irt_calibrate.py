"""Published calibrations to the printed digit, and recovery of known parameters."""

from itertools import product

import numpy as np
import pytest

from assay.science.errors import ScienceError, TooLittleDataError
from assay.science.irt import MISSING, Items, Slopes, calibrate, expected_a_posteriori

# Bock & Lieberman's LSAT sections 6 and 7: counts of the 32 patterns 00000 .. 11111
LSAT6 = [3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28]
LSAT6 += [298]
LSAT7 = [12, 19, 1, 7, 3, 19, 3, 17, 10, 5, 3, 7, 7, 23, 8, 28, 7, 39, 11, 34, 14, 51, 15, 90, 6, 25, 7, 35, 18, 136]
LSAT7 += [32, 308]
PATTERNS = np.array(list(product([0, 1], repeat=5)))


def fitted(counts, slopes=Slopes.FREE):
    return calibrate(responses=PATTERNS, counts=np.array(counts), prior=None, slopes=slopes)


def test_calibrate_lsat6_two_parameters_equals_ltm():
    found = fitted(LSAT6)
    assert found.log_likelihood == pytest.approx(-2466.6534, abs=0.002)
    assert found.items.slopes == pytest.approx([0.825371, 0.722950, 0.890475, 0.688550, 0.657452], abs=0.003)
    places = found.items.difficulties[:, 0]
    assert places[0] == pytest.approx(-3.359734, abs=0.005)
    assert places[1:] == pytest.approx([-1.369650, -0.279898, -1.865919, -3.123573], abs=0.003)


def test_calibrate_lsat6_common_slope_equals_ltm():
    found = fitted(LSAT6, Slopes.COMMON)
    assert found.log_likelihood == pytest.approx(-2466.938, abs=0.001)
    assert found.items.slopes == pytest.approx(np.full(5, 0.755135), abs=1e-4)
    places = [-3.615266, -1.322421, -0.317631, -1.730090, -2.780172]
    assert found.items.difficulties[:, 0] == pytest.approx(places, abs=2e-4)


def test_calibrate_lsat6_rasch_equals_ltm():
    found = fitted(LSAT6, Slopes.ONE)
    assert found.log_likelihood == pytest.approx(-2473.054, abs=0.001)
    places = [-2.871971, -1.063029, -0.257611, -1.388059, -2.218778]
    assert found.items.difficulties[:, 0] == pytest.approx(places, abs=2e-5)


def test_calibrate_lsat6_common_slope_squared_is_rasch_variance():
    assert fitted(LSAT6, Slopes.COMMON).items.slopes[0] ** 2 == pytest.approx(0.5702, abs=2e-4)


def test_calibrate_lsat7_two_parameters_equals_mirt():
    found = fitted(LSAT7)
    assert found.log_likelihood == pytest.approx(-2658.805, abs=0.002)
    assert found.items.slopes == pytest.approx([0.988, 1.081, 1.706, 0.7651, 0.7358], abs=0.003)
    assert found.items.intercepts[:, 0] == pytest.approx([1.8561, 0.808, 1.8043, 0.486, 1.8545], abs=0.003)


def test_calibrate_lsat7_rasch_equals_mirt():
    found = fitted(LSAT7, Slopes.COMMON)
    assert found.log_likelihood == pytest.approx(-2664.901, abs=0.001)
    assert found.items.slopes[0] ** 2 == pytest.approx(1.0227, abs=5e-4)
    printed = [1.86802, 0.79089, 1.46078, 0.52142, 1.99271]
    assert found.items.intercepts[:, 0] == pytest.approx(printed, abs=5e-4)
    assert found.intercept_se[0, 0] == pytest.approx(0.1004, abs=0.002)


def test_expected_a_posteriori_lsat7_equals_mirt():
    patterns = np.array([[0, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 1, 0], [0, 0, 0, 1, 1]])
    found = expected_a_posteriori(items=fitted(LSAT7).items, responses=patterns)
    assert found.mean == pytest.approx([-1.8666, -1.5267, -1.5134, -1.1852], abs=0.004)
    assert found.sd[:3] == pytest.approx([0.693, 0.674, 0.673], abs=0.002)


def drawn(rng, people, slopes, difficulties):
    ability = rng.normal(size=(people, 1, 1))
    above = 1.0 / (1.0 + np.exp(-slopes[:, None] * (ability - difficulties)))
    return (rng.random((people, len(slopes), 1)) < above).sum(axis=2)


def test_calibrate_recovers_thirty_items_from_five_hundred_people():
    rng = np.random.default_rng(1000)
    slope_error, place_error = [], []
    for _ in range(4):
        slopes, places = np.exp(0.2 + 0.3 * rng.normal(size=30)), rng.normal(size=30)
        found = calibrate(responses=drawn(rng, 500, slopes, places[:, None]))
        slope_error.append(found.items.slopes - slopes)
        place_error.append(found.items.difficulties[:, 0] - places)
    assert np.sqrt(np.mean(np.square(slope_error))) <= 0.17
    assert np.sqrt(np.mean(np.square(place_error))) <= 0.17


def test_calibrate_recovers_graded_items_and_their_standard_errors():
    rng = np.random.default_rng(12)
    slopes = np.array([0.9, 1.3, 1.8, 1.1, 1.5, 0.8])
    places = np.array([[-1.5, 0.0, 1.0], [-1, 0.3, 1.4], [-0.8, 0.2, 0.9], [-2, -0.5, 0.8], [-1, 0, 2], [-0.5, 0.5, 1]])
    ability = rng.normal(size=(3000, 1, 1))
    above = 1.0 / (1.0 + np.exp(-slopes[:, None] * (ability - places)))
    responses = (rng.random((3000, 6, 1)) < above).sum(axis=2)
    found = calibrate(responses=responses)
    assert np.abs((found.items.slopes - slopes) / found.slope_se).max() < 3.0
    true = -slopes[:, None] * places
    assert np.abs((found.items.intercepts - true) / found.intercept_se).max() < 3.5
    assert found.items.slopes == pytest.approx(slopes, abs=0.2)
    assert found.responses.tolist() == [3000] * 6


def test_calibrate_unseen_items_are_left_out():
    rng = np.random.default_rng(2)
    slopes, places = np.full(8, 1.2), np.linspace(-1.5, 1.5, 8)
    responses = drawn(rng, 1200, slopes, places[:, None])
    responses[:600, :2] = MISSING
    responses[600:, 6:] = MISSING
    found = calibrate(responses=responses)
    assert found.responses.tolist() == [600, 600, 1200, 1200, 1200, 1200, 600, 600]
    assert found.items.difficulties[:, 0] == pytest.approx(places, abs=0.3)


def test_calibrate_items_with_different_numbers_of_categories():
    rng = np.random.default_rng(3)
    ability = rng.normal(size=(1500, 1, 1))
    places = np.array([[-1.0, 0.0, 1.0]] * 4)
    above = 1.0 / (1.0 + np.exp(-1.2 * (ability - places)))
    responses = (rng.random((1500, 4, 1)) < above).sum(axis=2)
    responses[:, 0] = responses[:, 0] >= 2
    found = calibrate(responses=responses)
    assert found.items.thresholds.tolist() == [1, 3, 3, 3]
    assert found.items.difficulties[0, 0] == pytest.approx(0.0, abs=0.25)


def test_calibrate_too_few_people_refused_with_the_number_needed():
    with pytest.raises(TooLittleDataError, match="100 needed, 30 found") as refused:
        calibrate(responses=np.tile([[0, 1], [1, 0], [1, 1]], (10, 1)))
    assert (refused.value.needed, refused.value.found) == (100, 30)


@pytest.mark.parametrize("column", [0, 1])
def test_calibrate_item_answered_alike_by_everybody_refused(column):
    responses = np.tile([[0, 0, 1], [1, 0, 0], [1, 0, 1]], (50, 1))
    responses[:, 1] = column
    with pytest.raises(ScienceError, match="item 1") if column == 0 else pytest.raises(ScienceError):
        calibrate(responses=responses)


def test_calibrate_people_all_right_or_all_wrong_are_kept():
    found = calibrate(responses=np.vstack((PATTERNS.repeat(5, axis=0), np.ones((40, 5), int), np.zeros((40, 5), int))))
    assert np.isfinite(found.items.slopes).all()


def test_calibrate_not_a_table_of_categories_refused():
    with pytest.raises(ScienceError):
        calibrate(responses=np.full((200, 3), -2))


@pytest.mark.parametrize(
    ("slopes", "places"), [([1.0], [[]]), ([0.0], [[0.0]]), ([1.0], [[1.0, 0.5]]), ([1.0, 1.0], [[0.0]])]
)
def test_items_impossible_parameters_refused(slopes, places):
    with pytest.raises(ScienceError):
        Items.from_difficulties(discriminations=slopes, difficulties=places)


def test_expected_a_posteriori_without_responses_is_the_prior():
    items = Items.from_difficulties(discriminations=[1.0, 2.0], difficulties=[[0.0], [-1.0, 1.0]])
    found = expected_a_posteriori(items=items, responses=np.array([[MISSING, MISSING]]))
    assert found.mean == pytest.approx([0.0], abs=1e-12)
    assert found.sd == pytest.approx([1.0], abs=1e-6)
    with pytest.raises(ScienceError):
        expected_a_posteriori(items=items, responses=np.array([[2, 0]]))
