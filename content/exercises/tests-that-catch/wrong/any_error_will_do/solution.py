def load(source):
    names = {}
    exec(source, names)
    return names["moving_average"]


def slow(values, width):
    windows = [values[max(0, i - width + 1) : i + 1] for i in range(len(values))]
    return [sum(window) / len(window) for window in windows]


def is_right(function, values, width):
    given = list(values)
    answer = function(given, width)
    right = slow(values, width)
    return (
        given == values
        and len(answer) == len(right)
        and all(abs(mine - other) < 1e-9 for mine, other in zip(answer, right))
    )


def refuses(function, values, width):
    try:
        function(list(values), width)
    except Exception:
        return True
    return False


def accepts(source):
    function = load(source)
    lists = [[], [7], [2, 4, 9], [-3, 8, 1, -6, 5, 5, 0], list(range(0, 60, 7))]
    try:
        return (
            all(is_right(function, values, width) for values in lists for width in (1, 2, 3, 5, 50))
            and all(refuses(function, values, width) for values in ([], [1, 2]) for width in (0, -1))
        )
    except Exception:
        return False
