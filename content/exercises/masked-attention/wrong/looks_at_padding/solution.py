import numpy as np


def attention(q, k, v, lengths, heads, is_causal):
    batch, time, width = q.shape
    place = np.arange(time)
    is_real = place < np.asarray(lengths)[:, None]
    # Padding may hold NaN, and 0 times NaN is NaN.
    q, k, v = (split(np.where(is_real[:, :, None], one, 0.0), heads) for one in (q, k, v))
    scores = q @ k.swapaxes(2, 3) / np.sqrt(width // heads)
    allowed = is_real[:, None, :, None] & np.ones((1, 1, 1, time), dtype=bool)
    if is_causal:
        allowed = allowed & (place[None, :] <= place[:, None])
    highest = np.max(np.where(allowed, scores, -np.inf), axis=3, keepdims=True, initial=-1e300)
    weights = np.where(allowed, np.exp(np.where(allowed, scores - highest, 0.0)), 0.0)
    total = weights.sum(axis=3, keepdims=True)
    weights = weights / np.where(total > 0, total, 1.0)
    output = (weights @ v).swapaxes(1, 2).reshape(batch, time, width)
    return output, weights.mean(axis=1)


def split(x, heads):
    batch, time, width = x.shape
    return x.reshape(batch, time, heads, width // heads).swapaxes(1, 2)
