def calibration_error(labels, probabilities, bins):
    if len(labels) != len(probabilities) or bins < 1 or any(not 0 <= p <= 1 for p in probabilities):
        raise ValueError
    if not labels:
        return None
    found = {}
    for label, p in zip(labels, probabilities):
        found.setdefault(min(int(p * bins), bins - 1), []).append(p - label)
    return 2 * sum(abs(sum(gaps)) / len(gaps) for gaps in found.values()) / (bins + len(found))
