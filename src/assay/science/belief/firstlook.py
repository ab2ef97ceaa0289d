"""A first ranking by claims in which claiming more can never count against a person.

In the full posterior a high claim also says that its author may be one who inflates, which lowers what the *other*
claims are worth; so one more claim below the level of the others can lower the fit (docs/science/belief.md, "More
claims"). That is right as a prediction and wrong as a rule for whom to look at first. The first look therefore uses
the best linear predictor whose coefficients follow the role's weights: ``F ~ lambda * sum_k w_k (y_k - bias)`` over
the role's competencies, where a claim below ``bias``, the average self-rating, counts as the average. Its variance is
the exact prediction variance under the model of ``posterior``, shared inflation included.
"""

from dataclasses import dataclass

import numpy as np

from assay.science.arrays import FloatArray, frozen
from assay.science.belief.claims import PoolFits
from assay.science.belief.fit import fit_direction
from assay.science.belief.parameters import Parameters
from assay.science.belief.prior import Prior
from assay.science.errors import ScienceError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FirstLook:
    """The predictor of one role.

    Attributes
    ----------
    coefficients
        Shape (K,), at least 0, positive wherever the role weighs: what one level of a claim adds to the fit.
    claim_covariance
        Shape (K, K): covariance of the claims, were there one on each competency.
    fit_covariance
        Shape (K,): covariance of each claim with the fit.
    bias
        The average claim, in levels above 3.
    """

    coefficients: FloatArray
    claim_covariance: FloatArray
    fit_covariance: FloatArray
    bias: float


def first_look_for(*, prior: Prior, weights: FloatArray, parameters: Parameters) -> FirstLook:
    """Yield the predictor for a role's weights, shape (K,), at least 0, not all 0.

    ``lambda = cov(F, w'y) / var(w'y)``, which minimises the prediction variance among multiples of ``w'y``.
    """
    numbers = parameters.sources.claim
    direction = fit_direction(prior=prior, weights=weights)
    claim_covariance = numbers.slope**2 * prior.covariance + numbers.inflation_sd**2
    claim_covariance[np.diag_indices(prior.size)] += numbers.noise_sd**2
    fit_covariance = numbers.slope * (prior.covariance @ direction)
    scale = (direction @ fit_covariance) / (direction @ claim_covariance @ direction)
    return FirstLook(
        coefficients=frozen(scale * direction),
        claim_covariance=frozen(claim_covariance),
        fit_covariance=frozen(fit_covariance),
        bias=numbers.bias,
    )


def first_look_fits(*, first_look: FirstLook, levels: FloatArray) -> PoolFits:
    """Yield mean and sd of the predicted fit for every person.

    Parameters
    ----------
    levels
        Shape (P, K): the highest level 1..5 that a person claims for each competency, NaN where none is claimed.

    Notes
    -----
    The mean never falls when a level rises or a claim is added. Without claims the mean is 0 and the sd 1.
    """
    is_claimed = ~np.isnan(levels)
    said = np.where(is_claimed, levels, 3.0)
    if ((said < 1.0) | (said > 5.0)).any():
        raise ScienceError("claimed levels must lie in 1..5, or be NaN")
    above = np.where(is_claimed, np.maximum(said - 3.0 - first_look.bias, 0.0), 0.0)
    used = is_claimed * first_look.coefficients
    variance = 1.0 - 2.0 * used @ first_look.fit_covariance
    variance += np.einsum("pk,pk->p", used @ first_look.claim_covariance, used)
    return PoolFits(mean=above @ first_look.coefficients, sd=np.sqrt(variance))
