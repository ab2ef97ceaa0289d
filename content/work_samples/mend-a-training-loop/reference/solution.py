"""A small network trained with NumPy: one hidden layer, dropout, weight decay, early stopping."""

import numpy as np


class Network:
    """Weights are drawn from ``rng``; ``keep`` is the chance that a hidden unit is kept while training."""

    def __init__(self, inputs, hidden, rng, keep=0.8):
        self.keep = keep
        self.w1 = rng.normal(0, np.sqrt(2 / inputs), (inputs, hidden))
        self.b1 = np.zeros(hidden)
        self.w2 = rng.normal(0, np.sqrt(1 / hidden), hidden)
        self.b2 = 0.0

    def forward(self, x, mask=None):
        """Yield the chance of class 1 for each row; with a mask (rows, hidden) of kept units while training."""
        hidden = np.maximum(x @ self.w1 + self.b1, 0)
        if mask is not None:
            hidden = hidden * mask / self.keep
        return sigmoid(hidden @ self.w2 + self.b2)


def sigmoid(z):
    """Without overflow for any z."""
    positive = z >= 0
    small = np.exp(-np.abs(z))
    return np.where(positive, 1 / (1 + small), small / (1 + small))


def loss(chance, y):
    """The mean log loss, with chances held at least 1e-12 away from 0 and 1."""
    chance = np.clip(chance, 1e-12, 1 - 1e-12)
    return float(-np.mean(y * np.log(chance) + (1 - y) * np.log(1 - chance)))


def gradients(network, x, y, decay=0.0, mask=None):
    """Yield the gradients of loss + decay / 2 * (sum of squared weights); biases are not decayed."""
    before = x @ network.w1 + network.b1
    kept = np.ones_like(before) if mask is None else mask / network.keep
    hidden = np.maximum(before, 0) * kept
    error = (sigmoid(hidden @ network.w2 + network.b2) - y) / len(y)
    back = np.outer(error, network.w2) * kept * (before > 0)
    return {
        "w1": x.T @ back + decay * network.w1,
        "b1": back.sum(axis=0),
        "w2": hidden.T @ error + decay * network.w2,
        "b2": float(error.sum()),
    }


def batches(rows, size, rng):
    """Yield every row's number once an epoch, in another order each time, in batches of ``size``; the last may be smaller."""
    order = rng.permutation(rows)
    for start in range(0, rows, size):
        yield order[start : start + size]


def rate_at(step, peak, warm, total):
    """Yield the learning rate: from peak / warm at step 0 straight to peak at step warm - 1, then a half cosine down to 0 at ``total``."""
    if step < warm:
        return peak * (step + 1) / warm
    return peak * 0.5 * (1 + np.cos(np.pi * (step - warm) / (total - warm)))


class BestWeights:
    """Keeps the weights of the lowest validation loss; ``update`` yields whether ``patience`` epochs went by without a lower one."""

    def __init__(self, patience):
        self.patience, self.waited = patience, 0
        self.lowest, self.weights = np.inf, None

    def update(self, value, network):
        if value < self.lowest:
            self.lowest, self.waited = value, 0
            self.weights = {name: np.copy(getattr(network, name)) for name in ("w1", "b1", "w2", "b2")}
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, network):
        for name, value in self.weights.items():
            setattr(network, name, np.copy(value) if np.ndim(value) else float(value))


def fit(x, y, x_valid, y_valid, seed, hidden=24, epochs=60, size=32, peak=0.3, decay=1e-3, patience=8):
    """Yield the network with the lowest validation loss. The same seed yields the same network."""
    rng = np.random.default_rng(seed)
    network = Network(x.shape[1], hidden, rng)
    best = BestWeights(patience)
    total = epochs * -(-len(x) // size)
    step = 0
    for _ in range(epochs):
        for rows in batches(len(x), size, rng):
            mask = rng.random((len(rows), hidden)) < network.keep
            found = gradients(network, x[rows], y[rows], decay, mask)
            rate = rate_at(step, peak, total // 10, total)
            for name, gradient in found.items():
                value = getattr(network, name)
                value -= rate * gradient
                setattr(network, name, value)
            step += 1
        if best.update(loss(network.forward(x_valid), y_valid), network):
            break
    best.restore(network)
    return network
