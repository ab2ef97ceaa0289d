from bisect import bisect_right


def fit(scores, labels):
    found = {}
    for score, label in zip(scores, labels):
        entry = found.setdefault(score, [0.0, 0])
        entry[0] += label
        entry[1] += 1
    blocks = []
    for score in sorted(found):
        total, count = found[score]
        members = [score]
        if blocks and total / count < blocks[-1][0] / blocks[-1][1]:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
            before[2].extend(members)
            members = before[2]
        blocks.append([total, count, members])
    return [[score, total / count] for total, count, members in blocks for score in members]


def calibrate(model, scores):
    if not model:
        return [0.5 for _ in scores]
    known = [score for score, _ in model]
    values = []
    for score in scores:
        place = bisect_right(known, score)
        if place == 0 or place == len(known):
            values.append(model[0 if place == 0 else -1][1])
            continue
        (x0, y0), (x1, y1) = model[place - 1], model[place]
        values.append(y0 + (y1 - y0) * (score - x0) / (x1 - x0))
    return values
