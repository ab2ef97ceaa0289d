def auc(labels, scores):
    ones = [s for y, s in zip(labels, scores) if y]
    zeros = [s for y, s in zip(labels, scores) if not y]
    if not ones or not zeros:
        return None
    return sum((a > b) + (a == b) / 2 for a in ones for b in zeros) / (len(ones) * len(zeros))
