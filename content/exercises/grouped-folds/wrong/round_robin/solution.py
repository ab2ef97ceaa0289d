from collections import Counter


def grouped_folds(groups, folds):
    sizes = Counter(groups)
    if folds < 2 or len(sizes) < folds:
        raise ValueError
    ordered = sorted(sizes, key=lambda name: -sizes[name])
    return [ordered.index(name) % folds for name in groups]
