"""Many tests on one person: how many flags to keep, and how many of them will be wrong."""

from typing import NamedTuple

import numpy as np

from assay.science.arrays import BoolArray, FloatArray
from assay.science.errors import ScienceError

DEFAULT_Q = 0.10


class Discoveries(NamedTuple):
    """Which flags are kept, shape (n,), and how many of them are expected to be false at most."""

    is_kept: BoolArray
    expected_false: float


def benjamini_hochberg(*, p_values: FloatArray, q: float = DEFAULT_Q) -> Discoveries:
    """Yield the flags that hold the false discovery rate at ``q`` (0 to 1).

    Benjamini & Hochberg (1995, doi:10.1111/j.2517-6161.1995.tb02031.x): the largest k with ``p_(k) <= k q / n``, and
    all that are as small.
    """
    if not 0.0 < q < 1.0 or not ((p_values >= 0.0) & (p_values <= 1.0)).all():
        raise ScienceError("p-values lie in 0..1 and q between them")
    count = len(p_values)
    rising = np.sort(p_values)
    passed = np.flatnonzero(rising <= np.arange(1, count + 1) * q / max(count, 1))
    limit = rising[passed[-1]] if len(passed) else -1.0
    kept: BoolArray = p_values <= limit
    return Discoveries(is_kept=kept, expected_false=q * float(kept.sum()))
