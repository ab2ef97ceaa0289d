"""A person's ability from responses to calibrated items."""

from typing import NamedTuple

import numpy as np

from assay.science.arrays import FloatArray, IntArray
from assay.science.errors import ScienceError
from assay.science.irt.calibrate import MISSING
from assay.science.irt.model import GRID, Items, category_probabilities, normal_weights


class Ability(NamedTuple):
    """Posterior mean and sd of each person, shape (n,), in sd of the pool."""

    mean: FloatArray
    sd: FloatArray


def posterior_weights(
    *, items: Items, responses: IntArray, prior: FloatArray | None = None, grid: FloatArray = GRID
) -> FloatArray:
    """Yield each person's posterior over the grid, shape (n, Q), rows summing to 1.

    Parameters
    ----------
    responses
        Shape (n, J), categories 0, 1, ...; -1 where an item was not seen.
    prior
        Shape (Q,); N(0, 1) if left out.
    """
    probability = category_probabilities(items=items, ability=grid)
    if responses.ndim != 2 or responses.shape[1] != items.count:
        raise ScienceError(f"responses must have {items.count} columns")
    if (responses < MISSING).any() or (responses > items.thresholds).any():
        raise ScienceError("a response names a category that its item does not have")
    start = normal_weights(grid=grid) if prior is None else prior
    log_p = np.log(np.maximum(probability, 1e-300))
    joint = np.tile(np.log(np.maximum(start, 1e-300)), (len(responses), 1))
    for item in range(items.count):
        seen = responses[:, item] != MISSING
        joint[seen] += log_p[item, responses[seen, item]]
    density = np.exp(joint - joint.max(axis=1, keepdims=True))
    weights: FloatArray = density / density.sum(axis=1, keepdims=True)
    return weights


def expected_a_posteriori(
    *, items: Items, responses: IntArray, prior: FloatArray | None = None, grid: FloatArray = GRID
) -> Ability:
    """Yield EAP abilities (Bock & Mislevy 1982, doi:10.1177/014662168200600405) with their posterior sd.

    Without any response the prior's mean and sd come back; all right or all wrong is no exception.
    """
    weights = posterior_weights(items=items, responses=responses, prior=prior, grid=grid)
    mean = weights @ grid
    return Ability(mean=mean, sd=np.sqrt(np.maximum(weights @ grid**2 - mean**2, 0.0)))
