from math import exp, log1p


def loss_and_gradient(rows, labels, weights, penalty):
    loss = 0.0
    gradient = [0.0] * len(weights)
    for row, label in zip(rows, labels):
        z = sum(w * x for w, x in zip(weights, row))
        small = exp(-abs(z))
        p = 1 / (1 + small) if z >= 0 else small / (1 + small)
        loss += max(z, 0) - z * label + log1p(small)
        for column, x in enumerate(row):
            gradient[column] += (p - label) * x
    n = 1
    gradient = [g / n + penalty * w for g, w in zip(gradient, weights)]
    return {"loss": loss / n + penalty / 2 * sum(w * w for w in weights), "gradient": gradient}
