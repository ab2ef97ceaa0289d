from collections import Counter
from functools import cmp_to_key

SAME = 1e-12


def fuse(lists, weights, k, source_of, per_source, count):
    ranks = [first_ranks(names) for names in lists]
    sums = {}
    for weight, found in zip(weights, ranks):
        for name, rank in found.items():
            sums[name] = sums.get(name, 0.0) + weight / (k + rank)

    def before(a, b):
        if abs(sums[a] - sums[b]) >= SAME:
            return -1 if sums[a] > sums[b] else 1
        for found in ranks:
            one, other = found.get(a, float("inf")), found.get(b, float("inf"))
            if one != other:
                return -1 if one < other else 1
        return -1 if a < b else 1

    taken, answer = Counter(), []
    for name in sorted(sums, key=cmp_to_key(before)):
        if len(answer) == count:
            break
        source = ("source", source_of[name]) if name in source_of else ("own", name)
        if taken[source] < per_source:
            taken[source] += 1
            answer.append([name, sums[name]])
    return answer


def first_ranks(names):
    found = {}
    for rank, name in enumerate(names):
        found.setdefault(name, rank)
    return found
