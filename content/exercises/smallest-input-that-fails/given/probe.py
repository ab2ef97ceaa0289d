"""Pipelines that fail in known ways, and how you will be called."""

from solution import smallest


def pipeline(kind, guilty):
    def together(items):
        return "boom" if set(guilty) <= set(items) else None

    def either(items):
        if set(guilty[:2]) <= set(items):
            return "boom"
        return "other" if set(guilty) & set(items) else None

    def chain(items):
        """Fails where the first is there, and every other one whose successor is: the last must go before the one before it."""
        links = guilty[1:]
        is_whole = all(before in items for before, after in zip(links, links[1:]) if after in items)
        return "boom" if guilty[0] in items and is_whole else None

    def always(items):
        return "boom"

    return {"together": together, "either": either, "chain": chain, "always": always}[kind]


class Counted:
    def __init__(self, fails):
        self.fails, self.asked = fails, 0

    def __call__(self, items):
        self.asked += 1
        return self.fails(list(items))


def shrunk(items, kind, guilty):
    return smallest(items, pipeline(kind, guilty))


def verdict(items, kind, guilty):
    """Whether the answer fails like the input, is minimal, and keeps the order."""
    fails = pipeline(kind, guilty)
    how, before = fails(items), list(items)
    answer = smallest(items, fails)
    place = -1
    for one in answer:
        if one not in items[place + 1 :]:
            return "order"
        place = items.index(one, place + 1)
    if items != before:
        return "input changed"
    if fails(answer) != how:
        return "another failure"
    singles = [answer[:at] + answer[at + 1 :] for at in range(len(answer))]
    return "too long" if any(fails(one) == how for one in singles) else "minimal"


def asks_little(items, kind, guilty, most):
    fails = Counted(pipeline(kind, guilty))
    answer = smallest(items, fails)
    return [sorted(answer) == sorted(guilty), fails.asked <= most]
