import numpy as np
import pytest

from assay.science.belief.orthant import p_all_positive, p_all_positive_each


@pytest.mark.parametrize("dimensions", [1, 2, 5, 12])
@pytest.mark.parametrize("correlation", [0.35, 0.6, 0.9])
def test_many_at_once_are_as_one_by_one(dimensions, correlation):
    rng = np.random.default_rng(dimensions)
    means = rng.normal(size=(20, dimensions))
    shape = np.full((dimensions, dimensions), correlation) + (1 - correlation) * np.eye(dimensions)
    covariances = shape[None] * rng.uniform(0.3, 1.5, (20, 1, 1))
    together = p_all_positive_each(means=means, covariances=covariances)
    alone = [p_all_positive(mean=mean, covariance=cov) for mean, cov in zip(means, covariances, strict=True)]
    np.testing.assert_allclose(together, alone, atol=1e-3)
