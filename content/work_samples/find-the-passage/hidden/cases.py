"""Instructions about invented machines: topics, a company's synonyms, passages that replaced others, boilerplate words."""

import json
import random

SYLLABLES = ["ta", "ro", "min", "vek", "lu", "sor", "pel", "gan", "dif", "ox", "ber", "cy", "wen", "hul", "zin", "mar"]
FILL = "please note that this must be done with care by the team on duty and written into the book of the day".split()


def coined(rng, known):
    while True:
        word = "".join(rng.choices(SYLLABLES, k=rng.choice((2, 3))))
        if word not in known:
            known.add(word)
            return word


class Company:
    def __init__(self, rng):
        known = set()
        self.groups = [[coined(rng, known) for _ in range(rng.choice((2, 3)))] for _ in range(110)]
        self.plain = [coined(rng, known) for _ in range(160)]
        self.common = [coined(rng, known) for _ in range(14)]
        self.passages, self.facts = [], []
        while len(self.passages) < 800:
            self.add(rng)

    def add(self, rng):
        """One instruction in one to three versions; a version differs in a number and in two words."""
        about = [rng.randrange(len(self.groups)) for _ in range(4)]
        names = [rng.choice(self.plain) for _ in range(3)]
        start = rng.randrange(0, 200)
        versions = rng.choice((1, 1, 2, 3))
        ends = sorted(rng.sample(range(start + 30, start + 700), versions - 1))
        days = [start, *ends, None]
        for number in range(versions):
            if len(self.passages) == 800:
                return
            body = [self.groups[group][0] for group in about] + names + [str(rng.randrange(10, 99))]
            body += rng.choices(self.common, k=rng.randrange(6, 18)) + rng.choices(FILL, k=rng.randrange(8, 30))
            rng.shuffle(body)
            self.passages.append(
                {
                    "title": " ".join([self.groups[about[0]][0], names[0], rng.choice(self.common)]),
                    "text": " ".join(body),
                    "from_day": days[number],
                    "to_day": days[number + 1],
                }
            )
            self.facts.append((about, names))

    def question(self, rng):
        place = rng.randrange(len(self.passages))
        about, names = self.facts[place]
        passage = self.passages[place]
        words = [rng.choice(self.groups[group]) for group in rng.sample(about, 3)]
        words += rng.sample(names, rng.choice((0, 1, 1, 2))) + rng.choices(self.common, k=rng.choice((2, 3, 4)))
        rng.shuffle(words)
        last = passage["to_day"] if passage["to_day"] is not None else 1000
        return "how do we " + " ".join(words), rng.randrange(passage["from_day"], last), place


def data(seed):
    rng = random.Random(seed * 17 + 9)
    company = Company(rng)
    asked = [company.question(rng) for _ in range(150)]
    new = [company.question(rng) for _ in range(5000)]
    shown = [dict(zip(("question", "day", "passage"), one)) for one in asked]
    rng.shuffle(company.groups)
    return {
        "files": {
            "passages.jsonl": "".join(json.dumps(one) + "\n" for one in company.passages),
            "glossary.txt": "".join(" = ".join(sorted(group)) + "\n" for group in company.groups),
            "asked.jsonl": "".join(json.dumps(one) + "\n" for one in shown),
        },
        "inputs": [[question, day] for question, day, _ in new],
        "truth": [place for _, _, place in new],
    }
