def f1(truth, prediction, average, labels):
    labels = sorted({*truth, *prediction}) if labels is None else labels
    counts = {label: counted(truth, prediction, label) for label in labels}
    each = {label: score(*found) for label, found in counts.items()}
    if average == "each":
        return each
    if average == "micro":
        return score(*(sum(found[place] for found in counts.values()) for place in range(3)))
    if average == "macro":
        known = [value for value in each.values() if value is not None]
        return sum(known) / len(known) if known else None
    weights = {label: prediction.count(label) for label in labels}
    total = sum(weights.values())
    return sum(weights[label] * each[label] for label in labels if weights[label] and each[label] is not None) / total if total else None


def counted(truth, prediction, label):
    pairs = [(t == label, p == label) for t, p in zip(truth, prediction)]
    return pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False))


def score(tp, fp, fn):
    return 2 * tp / (2 * tp + fp + fn) if tp + fp + fn else None
