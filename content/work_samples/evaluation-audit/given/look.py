"""Looks at the form of your answers, before anything is graded."""


def form():
    from audit import corrected, findings

    found, number = findings(), corrected(".")
    kinds = "list of int" if isinstance(found, list) and all(type(one) is int for one in found) else type(found).__name__
    return f"{kinds}, {'float' if 0 <= float(number) <= 1 else number}"
