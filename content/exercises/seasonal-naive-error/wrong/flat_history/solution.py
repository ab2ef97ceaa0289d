def scaled_error(history, actual, forecast, season):
    if season < 1 or len(history) <= season or not actual or len(actual) != len(forecast):
        raise ValueError("the series do not fit together")
    error = sum(abs(a - f) for a, f in zip(actual, forecast)) / len(actual)
    plain = sum(abs(b - a) for a, b in zip(history, history[season:])) / (len(history) - season)
    return error / plain
