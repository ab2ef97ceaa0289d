"""Worked: large parts are tried first, so that a run of innocent elements costs one question and not one each. When nothing of the size
one can be taken out in a whole round, the list is minimal; before that a success starts a round anew, because what was needed
before may be superfluous now. Another failure is no success: it would lead to another mistake."""


def smallest(items, fails):
    items = list(items)
    kind = fails(items)
    if kind is None:
        raise ValueError("the input does not fail")
    size = 1
    while True:
        items, has_shrunk = without_parts(items, size, fails, kind)
        if size > 1:
            size //= 2
        elif not has_shrunk:
            return items


def without_parts(items, size, fails, kind):
    at, has_shrunk = 0, False
    while at < len(items):
        shorter = items[:at] + items[at + size :]
        if fails(shorter) == kind:
            items, has_shrunk = shorter, True
        else:
            at += size
    return items, has_shrunk
