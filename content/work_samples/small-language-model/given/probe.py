"""Checks one answer of yours: its length, whether each probability is above 0, whether they add up to 1."""


def is_valid(context):
    from solution import predict, train

    if not KEPT:
        KEPT.append(train(".", 0))
    chances = predict(KEPT[0], [[context]])[0]
    return [len(chances), min(chances) > 0, abs(sum(chances) - 1) < 1e-6]


KEPT = []
