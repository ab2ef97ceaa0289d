import math


def interval(right_a, right_b, cluster, draws):
    order, rows = {}, []
    for place, name in enumerate(cluster):
        if name not in order:
            order[name] = len(rows)
            rows.append([])
        rows[order[name]].append(place)
    found = []
    for draw in draws:
        drawn = [row for customer in draw for row in rows[customer]]
        found.append(sum(gap(right_a, right_b, rows[one]) for one in draw) / len(draw))
    found.sort()
    n = len(found)
    return {
        "difference": gap(right_a, right_b, range(len(cluster))),
        "low": found[math.floor(0.025 * n)],
        "high": found[math.ceil(0.975 * n) - 1],
    }


def gap(right_a, right_b, rows):
    return sum(right_b[row] - right_a[row] for row in rows) / len(rows)
