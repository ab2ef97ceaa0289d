from collections import Counter


def grouped_folds(groups, folds):
    sizes = Counter(groups)
    filled = [0] * folds
    fold_of = {}
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        fold = filled.index(min(filled))
        fold_of[name] = fold
        filled[fold] += sizes[name]
    return [fold_of[name] for name in groups]
