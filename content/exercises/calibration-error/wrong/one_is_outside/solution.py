def calibration_error(labels, probabilities, bins):
    if len(labels) != len(probabilities) or bins < 1 or any(not 0 <= p <= 1 for p in probabilities):
        raise ValueError("labels and probabilities do not fit")
    if not labels:
        return None
    gaps = [0.0] * bins
    for label, p in zip(labels, probabilities):
        gaps[int(p * bins)] += p - label
    return sum(map(abs, gaps)) / len(labels)
