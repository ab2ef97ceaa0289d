"""Looks at the form of your answers, before anything is graded."""


def form():
    from review import findings, most_harm

    return all(isinstance(one, list) and all(type(line) is int for line in one) for one in (findings(), most_harm()))
