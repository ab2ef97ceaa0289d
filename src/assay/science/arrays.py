"""Names for the array types that the scientific packages share."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.floating[Any]]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def frozen(values: FloatArray) -> FloatArray:
    """Yield the array itself, made read-only, so that a result cannot be changed by its reader."""
    values.setflags(write=False)
    return values
