"""Difficulties of generated variants, drawn towards their family's.

An item family generates many variants; each alone has few responses. ``b_v = mu_family + u_v`` with ``u ~ N(0, tau^2)``
and an estimate ``b_v + e_v`` of known standard error: the variant's difficulty is shrunk towards its family's, and a
variant that nobody has seen yet starts from there (Glas & van der Linden 2003, doi:10.1177/0146621603027004001).
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from assay.science.arrays import FloatArray, IntArray
from assay.science.errors import ScienceError, TooLittleDataError

_LARGEST_VARIANCE = 100.0


class FamilyEstimates(NamedTuple):
    """Families (F,) and variants (n,).

    ``residual_sd`` is tau. ``new_sd`` (F,) is the uncertainty of a variant of the family that was never given.
    """

    family_mean: FloatArray
    new_sd: FloatArray
    residual_sd: float
    variant: FloatArray
    variant_sd: FloatArray


def pooled_difficulties(*, difficulty: FloatArray, standard_error: FloatArray, family: IntArray) -> FamilyEstimates:
    """Yield shrunken difficulties.

    tau^2 solves ``sum (b - mu)^2 / (tau^2 + se^2) = n - F`` (Paule & Mandel 1982, doi:10.6028/jres.087.022), 0 where
    the variants differ no more than their errors.

    Parameters
    ----------
    difficulty, standard_error
        Shape (n,) each, of calibrated variants; errors above 0.
    family
        Shape (n,): 0 .. F - 1, each with at least one variant.

    Raises
    ------
    TooLittleDataError
        No family has two variants: nothing is known of how variants differ.
    """
    if not difficulty.shape == standard_error.shape == family.shape:
        raise ScienceError("difficulties, standard errors and families must have one length")
    if not (np.isfinite(difficulty).all() and np.isfinite(standard_error).all() and (standard_error > 0.0).all()):
        raise ScienceError("difficulties must be finite and standard errors positive")
    sizes = np.bincount(family)
    if (sizes == 0).any():
        raise ScienceError("families must be numbered 0 .. F - 1, each with a variant")
    if sizes.max() < 2:
        raise TooLittleDataError(what="variants of one family", needed=2, found=int(sizes.max()))
    freedom = len(family) - len(sizes)

    def excess(variance: float) -> float:
        weight = 1.0 / (variance + standard_error**2)
        mean = _means(weight=weight, value=difficulty, family=family)
        return float(weight @ (difficulty - mean[family]) ** 2) - freedom

    variance = float(brentq(excess, 0.0, _LARGEST_VARIANCE)) if excess(0.0) > 0.0 else 0.0
    weight = 1.0 / (variance + standard_error**2)
    mean = _means(weight=weight, value=difficulty, family=family)
    mean_variance = 1.0 / np.bincount(family, weight)
    keep = variance * weight
    shrunk = mean[family] + keep * (difficulty - mean[family])
    left = keep * standard_error**2 + (1.0 - keep) ** 2 * mean_variance[family]
    return FamilyEstimates(
        family_mean=mean,
        new_sd=np.sqrt(variance + mean_variance),
        residual_sd=float(np.sqrt(variance)),
        variant=shrunk,
        variant_sd=np.sqrt(left),
    )


def _means(*, weight: FloatArray, value: FloatArray, family: IntArray) -> FloatArray:
    mean: FloatArray = np.bincount(family, weight * value) / np.bincount(family, weight)
    return mean
