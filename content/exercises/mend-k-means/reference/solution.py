def gap(a, b):
    """The squared Euclidean distance."""
    return sum((x - y) ** 2 for x, y in zip(a, b))


def nearest(point, centres):
    """The number of the nearest centre, of equally near ones the lowest."""
    return min(range(len(centres)), key=lambda number: (gap(point, centres[number]), number))


def moved(points, numbers, centres):
    """The means of the clusters; a centre without points moves to the point farthest from its own centre."""
    found, used = [], set()
    for number in range(len(centres)):
        own = [point for point, one in zip(points, numbers) if one == number]
        if own:
            found.append([sum(values) / len(own) for values in zip(*own)])
            continue
        free = [place for place in range(len(points)) if place not in used]
        place = max(free, key=lambda place: gap(points[place], centres[numbers[place]]))
        used.add(place)
        found.append(list(points[place]))
    return found


def run(points, centres, rounds):
    """Assign and move by turns until no point changes its cluster; yields centres, numbers and inertia."""
    numbers = None
    for _ in range(rounds):
        found = [nearest(point, centres) for point in points]
        if found == numbers:
            break
        numbers = found
        centres = moved(points, numbers, centres)
    numbers = [nearest(point, centres) for point in points]
    inertia = sum(gap(point, centres[number]) for point, number in zip(points, numbers))
    return [centres, numbers, inertia]


def best(points, starts, rounds):
    """The result with the lowest inertia, of equal ones the first."""
    results = [run(points, centres, rounds) for centres in starts]
    return min(results, key=lambda result: result[2])
