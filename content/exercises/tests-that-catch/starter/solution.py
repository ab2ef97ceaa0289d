def load(source):
    names = {}
    exec(source, names)
    return names["moving_average"]


def accepts(source):
    moving_average = load(source)
    return moving_average([2, 4, 9], 2) == [2.0, 3.0, 6.5]
