"""Yields the cases for a seed. Expected tables are made here, without SQL."""

import random

PAUSE, WEEK = 1800, 604800
SCHEMA = open("schema.sql").read()
EXAMPLE = [[1, 1900, "view", None], [2, 200, "view", None], [1, 3701, "purchase", 500], [1, 100, "view", None]]


def sessions(events):
    rows = []
    for user in {event[0] for event in events}:
        times = sorted(event[1] for event in events if event[0] == user)
        rows.append([user, times[0], times[0], 1])
        for before, at in zip(times, times[1:]):
            if at - before > PAUSE:
                rows.append([user, at, at, 1])
            else:
                rows[-1][2:] = [at, rows[-1][3] + 1]
    return {"columns": ["user_id", "started_at", "ended_at", "events"], "rows": rows}


def features(events, as_of):
    rows = []
    for user in {event[0] for event in events if event[1] < as_of}:
        known = [event for event in events if event[0] == user and event[1] < as_of]
        week = [event for event in known if event[1] >= as_of - WEEK]
        bought = [event[1] for event in known if event[2] == "purchase"]
        cents = sum(event[3] for event in week if event[2] == "purchase")
        rows.append([user, len(week), cents, as_of - max(bought) if bought else None])
    return {"columns": ["user_id", "events_7d", "cents_7d", "since_purchase"], "rows": rows}


def cases(seed):
    rng = random.Random(seed)

    def asked_sessions(group, events):
        rng.shuffle(events)
        return {"group": group, "call": "sessions", "args": [SCHEMA, {"events": events}], "expect": sessions(events)}

    def asked_features(group, events, as_of):
        rng.shuffle(events)
        given = [SCHEMA, {"events": events}, {"as_of": as_of}]
        return {"group": group, "call": "features", "args": given, "expect": features(events, as_of)}

    def event(user, at):
        kind = rng.choice(["view", "view", "cart", "purchase"])
        return [user, at, kind, rng.randrange(100, 9000) if kind == "purchase" else None]

    yield asked_sessions("examples", list(EXAMPLE))
    yield asked_features("examples", list(EXAMPLE), 4000)
    for users, count in ((3, 40), (12, 300)):
        yield asked_sessions("sessions", timed(rng, [event(1 + n % users, 0) for n in range(count)]))
    start = rng.randrange(10**6)
    yield asked_sessions("boundary", [event(5, start + step * PAUSE) for step in range(6)] + [event(6, start)] * 2)
    yield asked_sessions("boundary", [event(5, start), event(5, start), event(5, start + PAUSE + 1)])
    for users in (4, 25):
        as_of = 3 * WEEK + rng.randrange(1000)
        events = [event(rng.randrange(users), rng.randrange(as_of - 1)) for _ in range(users * 12)]
        later = [[user, as_of + 1 + rng.randrange(WEEK), "purchase", 100] for user in range(users)]
        old = [[users, 5, "view", None]]
        yield asked_features("features", events + later + old, as_of)
    as_of = 2 * WEEK
    at_once = [[1, as_of, "purchase", 900], [1, as_of - 1, "purchase", 70], [2, as_of, "view", None], [1, as_of + 9, "purchase", 5]]
    yield asked_features("cutoff", [*at_once, [3, as_of - WEEK, "purchase", 1], [4, as_of - 5, "view", None]], as_of)
    yield asked_features("quiet", [[1, 5, "purchase", 60], [2, 6, "view", None], [3, as_of - 3, "view", None]], as_of)


def timed(rng, events):
    """Give events times in turn, some close together and some far apart; never 1800 seconds, which is no multiple of 7."""
    at = 0
    for event in events:
        at += rng.choice([7, 63, 497, 4004])
        event[1] = at
    return events
