"""Made-up résumés for the measurements of people: names, employers and bullets drawn with a fixed seed."""

import numpy as np

FIRST = ("Amara", "Jonas", "Meilin", "Rafael", "Hanna", "Idris", "Klara", "Mateo", "Sanna", "Tomasz", "Yuki", "Zainab")
LAST = (
    "Okafor",
    "Lindqvist",
    "Tan",
    "Souza",
    "Vogel",
    "Haddad",
    "Brandt",
    "Keller",
    "Novak",
    "Ferrari",
    "Sato",
    "Bell",
)
FIRMS = ("Kornfeld", "Tallyr", "Northgate", "Brightleaf", "Helvion", "Aruna", "Castell", "Delfin", "Ostara", "Quarry")
VERBS = ("Built", "Moved", "Trained", "Shipped", "Rewrote", "Measured", "Automated", "Designed", "Halved", "Migrated")
SYLLABLES = ("ba", "re", "ko", "mi", "tu", "sel", "dor", "van", "lio", "qua", "pre", "nar", "fel", "hox", "zim", "tra")
TITLES = ("ML engineer", "Data scientist", "Research engineer", "MLOps engineer", "Data engineer", "Backend engineer")
THINGS = (
    "the demand forecast", "a retrieval service", "fraud models", "the feature store", "nightly Spark jobs",
    "image classifiers", "the ranking pipeline", "a labelling tool", "sensor anomaly detection", "churn models",
    "the experiment platform", "speech transcripts", "invoice extraction", "route planning", "price elasticity models",
)  # fmt: skip
WAYS = (
    "with PyTorch and Docker", "in Python and SQL", "on Kubernetes", "with rolling backtests", "using boosted trees",
    "for fourteen markets", "behind a gRPC service", "with Airflow", "under strict latency limits", "on 40 nodes",
    "with a small team", "for the warehouse group", "from notebook to production", "with A/B tests", "on a budget",
)  # fmt: skip
ENDS = (
    "and cut the error from {a} to {b} percent", "which saved {a} hours a week", "serving {a} requests a second",
    "and wrote the runbook", "over {a} million rows", "and mentored {b} colleagues", "before the {a} season",
    "in {b} months", "at {a} percent lower cost", "with {b} outages in {a} months",
)  # fmt: skip


def name_of(rng: np.random.Generator) -> str:
    return f"{FIRST[rng.integers(len(FIRST))]} {LAST[rng.integers(len(LAST))]}"


def invented(rng: np.random.Generator) -> str:
    """Yield a made-up name of a product or a system: what real résumés are full of."""
    return "".join(SYLLABLES[rng.integers(len(SYLLABLES))] for _ in range(3)).capitalize()


def bullet_of(rng: np.random.Generator) -> str:
    a, b = rng.integers(10, 900), rng.integers(2, 10)
    parts = (VERBS, THINGS, WAYS, ENDS)
    verb, thing, way, end = (pool[rng.integers(len(pool))] for pool in parts)
    return f"- {verb} {thing} of {invented(rng)} {way} for {invented(rng)}, {end.format(a=a, b=b)}."


def resume_lines(rng: np.random.Generator, number: int) -> list[str]:
    name = name_of(rng)
    lines = [name, f"{name.split()[0].lower()}{number}@mail.example · +49 171 {number:07d} · Berlin", "", "Experience"]
    year = 2026
    for _ in range(int(rng.integers(2, 5))):
        start = year - int(rng.integers(1, 4))
        title, firm = TITLES[rng.integers(len(TITLES))], FIRMS[rng.integers(len(FIRMS))]
        lines += [f"{title}, {firm} GmbH", f"{start} – {'today' if year == 2026 else year}"]
        lines += [bullet_of(rng) for _ in range(int(rng.integers(3, 7)))]
        year = start
    return [
        *lines,
        "",
        "Education",
        f"M.Sc. Computer Science, {year - 2} – {year}",
        "",
        "Skills",
        "Python, SQL, PyTorch",
    ]
