"""Looks at your functions from outside."""

import warnings

import numpy as np
import solution


def small(seed, keep=0.8):
    rng = np.random.default_rng(seed)
    network = solution.Network(5, 7, rng, keep)
    network.b1 = rng.normal(0, 0.5, 7)
    return network, rng.normal(0, 1, (11, 5)), (rng.random(11) < 0.5).astype(float), rng.random((11, 7)) < keep


def gradient_gap(seed, decay, _):
    """The largest gap between a gradient and its finite difference."""
    network, x, y, _ = small(seed)
    found = solution.gradients(network, x, y, decay)
    gaps = []

    def value():
        squares = (network.w1**2).sum() + (network.w2**2).sum()
        return solution.loss(network.forward(x), y) + decay / 2 * squares

    for name in ("w1", "b1", "w2"):
        weights = getattr(network, name)
        for place in np.ndindex(weights.shape):
            kept = weights[place]
            sides = []
            for step in (1e-6, -1e-6):
                weights[place] = kept + step
                sides.append(value())
            weights[place] = kept
            gaps.append(abs((sides[0] - sides[1]) / 2e-6 - found[name][place]))
    return float(np.round(max(gaps), 6))


def dropped(seed):
    network, x, _, mask = small(seed)
    return network.forward(x, mask)


def dropped_gradient(seed):
    network, x, y, mask = small(seed)
    return solution.gradients(network, x, y, 0.0, mask)["w2"]


def validation_uses_all_units(seed):
    """Whether every validation in fit goes through the whole network."""
    network, x, y, _ = small(seed)
    seen, plain = [], solution.Network.forward
    solution.Network.forward = lambda self, rows, mask=None: (seen.append(mask is None), plain(self, rows, mask))[1]
    try:
        solution.fit(x, y, x, y, seed, epochs=3)
    finally:
        solution.Network.forward = plain
    return len(seen) > 0 and all(seen)


def covers(rows, size, seed):
    found = np.concatenate(list(solution.batches(rows, size, np.random.default_rng(seed))))
    return sorted(found.tolist()) == list(range(rows))


def sizes(rows, size, seed):
    return [len(part) for part in solution.batches(rows, size, np.random.default_rng(seed))]


def orders_differ(rows, size, seed):
    rng = np.random.default_rng(seed)
    first, second = (np.concatenate(list(solution.batches(rows, size, rng))).tolist() for _ in range(2))
    return first != second


def rate(step, peak, warm, total):
    return float(solution.rate_at(step, peak, warm, total))


def stopping(losses, patience):
    """After how many epochs it stops, and what the first weight is once the best ones are restored."""
    network = solution.Network(2, 3, np.random.default_rng(0))
    best = solution.BestWeights(patience)
    epochs = 0
    for number, value in enumerate(losses):
        network.w1[:] = number
        epochs += 1
        if best.update(value, network):
            break
    best.restore(network)
    return [epochs, float(network.w1[0, 0])]


def squashed(values):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return solution.sigmoid(np.array(values)).tolist()
        except RuntimeWarning as warning:
            return str(warning)


def reaches(seed):
    """Whether the loop does better than a linear model can on a ring, where no line helps."""
    rng = np.random.default_rng(seed)
    x = rng.normal(0, 1, (1200, 6))
    y = ((x[:, 0] ** 2 + x[:, 1] ** 2 < 1.4) ^ (rng.random(1200) < 0.05)).astype(float)
    network = solution.fit(x[:600], y[:600], x[600:], y[600:], seed)
    return bool(solution.loss(network.forward(x[600:]), y[600:]) < 0.47)
