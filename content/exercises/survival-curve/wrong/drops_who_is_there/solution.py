import math


def survival(rows):
    rows = [row for row in rows if row[2]]
    value, spread, curve, median = 1.0, 0.0, [], None
    for t in sorted({end for _, end, left in rows if left}):
        at_risk = sum(entry < t <= end for entry, end, _ in rows)
        gone = sum(left and end == t for _, end, left in rows)
        value *= 1 - gone / at_risk
        if gone == at_risk or value == 0:
            value, error = 0.0, 0.0
        else:
            spread += gone / (at_risk * (at_risk - gone))
            error = value * math.sqrt(spread)
        curve.append([t, at_risk, gone, value, error])
        if median is None and value <= 0.5 + 1e-12:
            median = t
    return {"curve": curve, "median": median}
