import numpy as np
import pytest

from assay.science.errors import ScienceError, TooLittleDataError
from assay.science.irt import pooled_difficulties


def test_pooled_difficulties_equal_errors_are_analysis_of_variance():
    difficulty = np.array([0.0, 0.4, 0.8, 2.0, 2.5, 3.3])
    family = np.array([0, 0, 0, 1, 1, 1])
    found = pooled_difficulties(difficulty=difficulty, standard_error=np.full(6, 0.2), family=family)
    within = (difficulty[:3].var() * 3 + difficulty[3:].var() * 3) / 4
    assert found.residual_sd**2 == pytest.approx(within - 0.04)
    assert found.family_mean == pytest.approx([0.4, 2.6])
    keep = (within - 0.04) / within
    assert found.variant[0] == pytest.approx(0.4 - keep * 0.4)
    assert found.new_sd[0] ** 2 == pytest.approx(within - 0.04 + within / 3)


def test_pooled_difficulties_variants_no_more_different_than_their_errors_become_one():
    found = pooled_difficulties(
        difficulty=np.array([0.1, 0.0, -0.1, 1.0, 1.1]),
        standard_error=np.full(5, 0.5),
        family=np.array([0, 0, 0, 1, 1]),
    )
    assert found.residual_sd == 0.0
    assert found.variant == pytest.approx([0.0, 0.0, 0.0, 1.05, 1.05])


def test_pooled_difficulties_beat_single_ones_and_know_their_error():
    rng = np.random.default_rng(3)
    family = np.repeat(np.arange(40), 5)
    truth = rng.normal(size=40)[family] + 0.3 * rng.normal(size=200)
    error = rng.uniform(0.2, 0.6, size=200)
    seen = truth + error * rng.normal(size=200)
    found = pooled_difficulties(difficulty=seen, standard_error=error, family=family)
    assert found.residual_sd == pytest.approx(0.3, abs=0.07)
    assert np.mean((found.variant - truth) ** 2) < 0.6 * np.mean((seen - truth) ** 2)
    assert np.mean(np.abs(found.variant - truth) < 1.645 * found.variant_sd) == pytest.approx(0.9, abs=0.05)


def test_pooled_difficulties_unusable_input_refused():
    with pytest.raises(TooLittleDataError):
        pooled_difficulties(difficulty=np.zeros(2), standard_error=np.ones(2), family=np.array([0, 1]))
    with pytest.raises(ScienceError):
        pooled_difficulties(difficulty=np.zeros(2), standard_error=np.zeros(2), family=np.array([0, 0]))
    with pytest.raises(ScienceError):
        pooled_difficulties(difficulty=np.zeros(2), standard_error=np.ones(2), family=np.array([0, 2]))
