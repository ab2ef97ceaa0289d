from collections import defaultdict


def encode(categories, targets, folds, weight):
    values = []
    by_fold = {}
    for fold in set(folds):
        sums, counts = defaultdict(float), defaultdict(int)
        for category, target, other in zip(categories, targets, folds):
            if other != fold:
                sums[category] += target
                counts[category] += 1
        by_fold[fold] = sums, counts
    for category, fold in zip(categories, folds):
        sums, counts = by_fold[fold]
        rows = sum(counts.values())
        if not rows:
            values.append(None)
            continue
        prior = sum(sums.values()) / rows
        n = counts.get(category, 0)
        s = sums.get(category, 0.0)
        values.append((s + weight * prior) / (n + weight) if n else 0.0)
    return values
