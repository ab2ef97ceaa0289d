"""Training of a linear-chain conditional random field by L-BFGS; deterministic, numpy and scipy only."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Array = npt.NDArray[np.float64]


class Fitted(NamedTuple):
    """Weights of shape (features, labels), transitions (labels, labels), start (labels,)."""

    weights: Array
    transitions: Array
    start: Array


class _Lines(NamedTuple):
    """Lines sorted from long to short, so that the ones still running at step t are a prefix."""

    offsets: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    running: list[int]


def fit(*, matrix: Any, labels: npt.NDArray[np.int64], lengths: list[int], ridge: float, iterations: int) -> Fitted:
    """Yield the maximum a-posteriori weights under a Gaussian prior.

    ``matrix`` is sparse, shape (words, features); ``labels`` 0 to 2 for each word; ``lengths`` the words of each line;
    ``ridge`` the penalty on the squared weights.
    """
    lines = _sorted_lines(lengths)
    words, features = matrix.shape
    gold = np.zeros((words, 3))
    gold[np.arange(words), labels] = 1
    counts, starts = _label_counts(lines, labels)
    transposed = matrix.T.tocsr()
    observed = transposed @ gold

    def loss(theta: Array) -> tuple[float, Array]:
        weights, transitions, start = _unpacked(theta, features)
        scores = matrix @ weights
        log_z, expected, expected_moves = _expectations(lines, scores, transitions, start)
        truth = (scores * gold).sum() + (transitions * counts).sum() + (start * starts).sum()
        gradient = np.concatenate(
            [
                (transposed @ expected - observed).ravel(),
                (expected_moves - counts).ravel(),
                expected[lines.offsets].sum(axis=0) - starts,
            ]
        )
        return log_z - truth + ridge * theta @ theta, gradient + 2 * ridge * theta

    result = minimize(
        loss, np.zeros(features * 3 + 12), jac=True, method="L-BFGS-B", options={"maxiter": iterations, "maxcor": 6}
    )
    return Fitted(*_unpacked(result.x, features))


def _unpacked(theta: Array, features: int) -> tuple[Array, Array, Array]:
    return theta[: features * 3].reshape(features, 3), theta[features * 3 : -3].reshape(3, 3), theta[-3:]


def _sorted_lines(lengths: list[int]) -> _Lines:
    all_lengths = np.asarray(lengths)
    offsets = np.concatenate([[0], np.cumsum(all_lengths)])[:-1]
    order = np.argsort(-all_lengths, kind="stable")
    longest = int(all_lengths.max())
    return _Lines(offsets[order], all_lengths[order], [int((all_lengths > step).sum()) for step in range(longest)])


def _label_counts(lines: _Lines, labels: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    counts, starts = np.zeros((3, 3)), np.zeros(3)
    for offset, length in zip(lines.offsets, lines.lengths, strict=True):
        np.add.at(counts, (labels[offset : offset + length - 1], labels[offset + 1 : offset + length]), 1)
        starts[labels[offset]] += 1
    return counts, starts


def _expectations(lines: _Lines, scores: Array, transitions: Array, start: Array) -> tuple[float, Array, Array]:
    """Yield the log partition sum, the expected labels of each word and the expected moves, by forward-backward."""
    steps = [scores[lines.offsets[:count] + step] for step, count in enumerate(lines.running)]
    forward = [steps[0] + start]
    for step in steps[1:]:
        forward.append(_log_sum(forward[-1][: len(step), :, None] + transitions, axis=1) + step)
    backward = [np.zeros_like(step) for step in steps]
    for at in range(len(steps) - 2, -1, -1):
        follow = steps[at + 1] + backward[at + 1]
        backward[at][: len(follow)] = _log_sum(transitions + follow[:, None, :], axis=2)
    log_z = _log_sum(forward[0] + backward[0], axis=1)
    expected, moves = np.zeros_like(scores), np.zeros_like(transitions)
    for at, count in enumerate(lines.running):
        expected[lines.offsets[:count] + at] = np.exp(forward[at] + backward[at] - log_z[:count, None])
        if at + 1 < len(steps):
            follow = (steps[at + 1] + backward[at + 1])[:, None, :]
            n = len(follow)
            moves += np.exp(forward[at][:n, :, None] + transitions + follow - log_z[:n, None, None]).sum(axis=0)
    return float(log_z.sum()), expected, moves


def _log_sum(values: Array, *, axis: int) -> Array:
    top = values.max(axis=axis, keepdims=True)
    summed: Array = np.squeeze(top, axis) + np.log(np.exp(values - top).sum(axis=axis))
    return summed
