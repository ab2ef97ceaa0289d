def threshold(scores, labels, miss_cost, alarm_cost, capacity):
    best = (miss_cost * sum(labels), 0, None)
    for cut in sorted(set(scores), reverse=True):
        alarms = sum(score >= cut for score in scores)
        cost = sum((score < cut) * label * miss_cost + (score >= cut) * (1 - label) * alarm_cost for score, label in zip(scores, labels))
        if (capacity is None or alarms <= capacity) and cost < best[0]:
            best = (cost, alarms, cut)
    return [best[2], best[0]]
