"""Makes arrays and calls your function; a warning is an error."""

import warnings

import numpy as np
import solution


def called(q, k, v, lengths, heads, is_causal):
    kept = [one.copy() for one in (q, k, v)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            output, weights = solution.attention(q, k, v, lengths, heads, is_causal)
        except RuntimeWarning as warning:
            return str(warning)
    if not all(np.array_equal(a, b, equal_nan=True) for a, b in zip(kept, (q, k, v))):
        return "the arguments were changed"
    return [np.asarray(output).tolist(), np.asarray(weights).tolist()]


def given(q, k, v, lengths, heads, is_causal):
    return called(np.array(q), np.array(k), np.array(v), lengths, heads, is_causal)


def attended(seed, lengths, width, heads, is_causal, size, more):
    rng = np.random.default_rng(seed)
    time = max(lengths) + more
    q, k, v = (rng.normal(0, 1, (len(lengths), time, width)) for _ in range(3))
    for sequence, length in enumerate(lengths):
        k[sequence, length:] = np.nan
        v[sequence, length:] = np.nan
    return called(q * size, k * size, v, lengths, heads, is_causal)
