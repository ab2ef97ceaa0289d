from math import log2


def gain(grade, position):
    return (2**grade - 1) / log2(position + 1)


def ndcg(ranked, relevance, k):
    if not relevance:
        return None
    seen = set()
    found = 0.0
    for position, item in enumerate(ranked[:k], start=1):
        if item not in seen:
            seen.add(item)
            found += gain(relevance.get(item, 0), position)
    best = sorted(relevance.values(), reverse=True)[:k]
    return found / sum(gain(grade, position) for position, grade in enumerate(best, start=1))
