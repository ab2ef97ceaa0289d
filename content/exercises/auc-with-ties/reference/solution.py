def auc(labels, scores):
    positives = sum(labels)
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    rows = sorted(zip(scores, labels))
    below = 0
    won = 0.0
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end][0] == rows[start][0]:
            end += 1
        ones = sum(label for _, label in rows[start:end])
        zeros = end - start - ones
        won += ones * (below + zeros / 2)
        below += zeros
        start = end
    return won / (positives * negatives)
