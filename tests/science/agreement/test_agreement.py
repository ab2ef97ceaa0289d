import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.science.agreement import Scale, alpha_interval, intraclass, krippendorff_alpha, mean_squares
from assay.science.errors import ScienceError, TooLittleDataError

GAP = np.nan
# Krippendorff's example C: four observers, twelve units
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, GAP],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
)
# Shrout & Fleiss 1979, table 2: six targets, four judges
JUDGES = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)


@pytest.mark.parametrize(
    ("scale", "printed"),
    [(Scale.NOMINAL, 0.7434), (Scale.ORDINAL, 0.8154), (Scale.INTERVAL, 0.8491), (Scale.RATIO, 0.7974)],
)
def test_krippendorff_alpha_equals_published_example(scale, printed):
    assert krippendorff_alpha(ratings=OBSERVERS, scale=scale) == pytest.approx(printed, abs=5e-5)


@given(order=st.permutations(range(4)))
def test_krippendorff_alpha_order_of_raters_does_not_matter(order):
    shuffled = krippendorff_alpha(ratings=OBSERVERS[list(order)], scale=Scale.ORDINAL)
    assert shuffled == pytest.approx(krippendorff_alpha(ratings=OBSERVERS, scale=Scale.ORDINAL))


def test_krippendorff_alpha_perfect_and_opposed():
    assert krippendorff_alpha(ratings=np.array([[1.0, 2, 5], [1, 2, 5]]), scale=Scale.INTERVAL) == pytest.approx(1.0)
    assert krippendorff_alpha(ratings=np.array([[1.0, 5], [5, 1]]), scale=Scale.INTERVAL) == pytest.approx(-0.5)


def test_krippendorff_alpha_undefined_cases_refused():
    with pytest.raises(TooLittleDataError):
        krippendorff_alpha(ratings=np.array([[1.0, GAP], [2.0, 3.0]]), scale=Scale.NOMINAL)
    with pytest.raises(ScienceError, match="alike"):
        krippendorff_alpha(ratings=np.full((2, 5), 3.0), scale=Scale.ORDINAL)
    with pytest.raises(ScienceError, match="ratio"):
        krippendorff_alpha(ratings=np.array([[0.0, 1.0], [1.0, 1.0]]), scale=Scale.RATIO)


def test_alpha_interval_same_seed_same_interval_and_holds_alpha():
    first, second = (
        alpha_interval(ratings=OBSERVERS, scale=Scale.ORDINAL, rng=np.random.default_rng(3), repeats=300)
        for _ in range(2)
    )
    assert first == second
    assert first.low < first.alpha < first.high


def test_mean_squares_equal_shrout_and_fleiss():
    assert mean_squares(ratings=JUDGES) == pytest.approx((11.2417, 6.2639, 32.4861, 1.0194), abs=5e-5)


def test_intraclass_equals_shrout_and_fleiss():
    found = intraclass(ratings=JUDGES)
    assert found[:6] == pytest.approx((0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093), abs=5e-5)
    assert (found.agreement_low, found.agreement_high) == pytest.approx((0.02, 0.76), abs=0.005)


def test_intraclass_undefined_cases_refused():
    with pytest.raises(ScienceError):
        intraclass(ratings=np.ones((4, 3)))
    with pytest.raises(ScienceError):
        intraclass(ratings=np.ones((1, 3)))
    with pytest.raises(ScienceError):
        intraclass(ratings=np.array([[1.0, np.nan], [2.0, 3.0]]))
