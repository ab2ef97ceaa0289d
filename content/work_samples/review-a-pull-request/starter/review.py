def findings():
    return []


def most_harm():
    return []
