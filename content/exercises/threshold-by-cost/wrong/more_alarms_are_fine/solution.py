def threshold(scores, labels, miss_cost, alarm_cost, capacity):
    cost = miss_cost * sum(labels)
    best = (float("inf"), 0, None)
    rows = sorted(zip(scores, labels), key=lambda row: -row[0])
    place = 0
    while place < len(rows):
        score = rows[place][0]
        while place < len(rows) and rows[place][0] == score:
            cost += -miss_cost if rows[place][1] else alarm_cost
            place += 1
        if capacity is not None and place > capacity:
            break
        if cost < best[0]:
            best = (cost, place, score)
    return [best[2], best[0]]
