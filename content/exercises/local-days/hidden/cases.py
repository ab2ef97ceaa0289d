"""Yields the cases for a seed."""

import datetime as dt
import random

ZONES = ["Europe/Stockholm", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo", "Asia/Kolkata"]


def sale(rng, shop, start, days, offsets=(0, 60, 120, -300, 540)):
    offset = dt.timezone(dt.timedelta(minutes=rng.choice(offsets)))
    moment = start + dt.timedelta(seconds=rng.randrange(int(days * 86400)))
    return [shop, moment.astimezone(offset).isoformat(), round(rng.uniform(1, 90), 2)]


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "daily", "args": [[["a", "2026-03-28T23:30:00+00:00", 5]], {"a": "Europe/Stockholm"}], "expect": [["a", "2026-03-29", 5.0, 23]]}
    summer = dt.datetime(2026, 6, 1, tzinfo=dt.timezone.utc)
    for _ in range(2):
        zones = {f"s{n}": zone for n, zone in enumerate(rng.sample(ZONES, 4))}
        yield {"group": "zones", "call": "daily", "args": [[sale(rng, rng.choice(list(zones)), summer, 5) for _ in range(120)], zones]}
    changes = {"Europe/Stockholm": ((3, 27), (10, 23)), "America/New_York": ((3, 6), (10, 30)), "Australia/Sydney": ((4, 3), (10, 2))}
    for zone, days in changes.items():
        for month, day in days:
            start = dt.datetime(2026, month, day, tzinfo=dt.timezone.utc)
            yield {"group": "clocks", "call": "daily", "args": [[sale(rng, "x", start, 4) for _ in range(60)], {"x": zone}]}
    far = [["x", f"2026-06-{day:02d}T12:00:00+00:00", rng.randrange(1, 90)] for day in (1, 11)] + [["b", "2026-06-03T12:00:00+00:00", 7]]
    yield {"group": "gaps", "call": "daily", "args": [far, {"x": "Asia/Kolkata", "b": "Asia/Tokyo", "none": "Asia/Tokyo"}]}
    yield {"group": "gaps", "call": "daily", "args": [[], {"x": "Asia/Kolkata"}], "expect": []}
