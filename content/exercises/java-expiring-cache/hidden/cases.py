"""Yields the cases for a seed: commands, and what a plain model of the cache answers to them."""

import random


def cases(seed):
    rng = random.Random(seed)
    example = "new 2 100,put 0 a 1,put 10 b 2,get 20 a,put 30 c 3,get 40 b,get 100 a,size 100"
    yield asked("examples", example.split(","))
    lines = ["new 5 1000000"]
    for now in range(150):
        key = f"k{rng.randrange(8)}"
        lines.append(f"get {now} {key}" if rng.random() < 0.6 else f"put {now} {key} {now}")
    yield asked("recency", [*lines, "put 150 k90 1", *[f"get 150 k{n}" for n in range(8)]])
    ttl = rng.randrange(20, 60)
    lines = [f"new 9 {ttl}", "put 0 a 1", f"get {ttl - 1} a", f"get {ttl} a", f"put {ttl} b 2", f"get {ttl + 5} b", f"get {2 * ttl - 1} b", f"get {2 * ttl} b", f"size {2 * ttl}"]
    yield asked("expiry", lines)
    # x is read late, so it is the most recently used, and dies; the living ones must all stay when another comes.
    late = rng.randrange(30, 50)
    lines = ["new 3 100", "put 0 x 1", f"put {late} y 2", f"put {late} z 3", "get 99 x", "put 100 w 4", "size 100", "get 100 y", "get 100 z", "get 100 w"]
    yield asked("expired_first", lines)
    lines = ["new 2 100", "put 0 a 1", "put 10 b 2", f"put {late} a 3", "get 100 a", "get 100 b", f"size {99 + late}", f"size {100 + late}"]
    yield asked("renewal", lines)
    yield asked("renewal", ["new 2 100", "put 0 a 1", "put 10 b 2", f"put {late} b 3", f"get {late} a", f"get {late} b"])
    lines = ["new 50000 1000000"]
    lines += [f"put {now} k{rng.randrange(70000)} {now}" for now in range(100000)]
    lines += [f"get {now} k{rng.randrange(70000)}" if now % 100 == 0 else f"put {now} k{rng.randrange(70000)} {now}" for now in range(100000, 200000)]
    yield asked("size", lines)


def asked(group, lines):
    said, held, capacity, ttl = [], {}, 0, 0
    for line in lines:
        word, first, *rest = line.split(" ")
        now = int(first)
        if word == "new":
            capacity, ttl = now, int(rest[0])
            continue
        # Sound for large caches only because nothing dies there.
        if capacity < 100:
            held = {key: entry for key, entry in held.items() if entry[1] > now}
        if word == "put":
            if rest[0] in held:
                del held[rest[0]]
            elif len(held) == capacity:
                del held[next(iter(held))]
            held[rest[0]] = (rest[1], now + ttl)
        elif word == "get":
            entry = held.pop(rest[0], None)
            if entry is not None:
                held[rest[0]] = entry
            said.append(entry[0] if entry else "null")
        else:
            said.append(str(len(held)))
    return {"group": group, "stdin": "\n".join(lines) + "\n", "expect": "\n".join(said)}
