from collections import Counter


def label_counts(labels):
    return dict(Counter(labels))
