from collections import Counter


def grouped_folds(groups, folds):
    sizes = Counter(groups)
    if folds < 2 or len(sizes) < folds:
        raise ValueError("too few groups or folds")
    filled = [0] * folds
    fold_of = {}
    for name in sorted(sizes, key=lambda name: sizes[name])[::-1]:
        fold = filled.index(min(filled))
        fold_of[name] = fold
        filled[fold] += sizes[name]
    return [fold_of[name] for name in groups]
