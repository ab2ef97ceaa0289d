"""Chances, expectations and spreads."""

import itertools
from fractions import Fraction

import numpy as np

from assay.itembank.making import choice, chosen_text, number, require
from assay.itembank.model import Family, Kind, NumberKey, Variant

SOURCE = "Own work, after what any course in probability teaches"
LICENCE = "Apache-2.0"


def _bayes(rng: np.random.Generator) -> Variant:
    base, hit, false = int(rng.integers(1, 6)), int(rng.integers(80, 96)), int(rng.integers(2, 11))
    chance = base * hit / (base * hit + (100 - base) * false)
    return number(
        stem=f"{base} % of the transactions are fraud. A detector flags {hit} % of the fraud and {false} % of all other "
        "transactions. What is the chance that a **flagged** transaction is fraud?",
        value=chance, tolerance_abs=0.011,
        explanation=f"Of 10,000 transactions {100 * base} are fraud, of which {base * hit} are flagged; of the others "
        f"{(100 - base) * false} are flagged too. The share is {chance:.2f}.",
    )  # fmt: skip


def _check_bayes(variant: Variant) -> None:
    words = variant.stem.split()
    base, hit, false = (int(words[place - 1]) for place, word in enumerate(words) if word == "%")
    fraud = 10_000 * base // 100
    flagged = Fraction(fraud * hit, 100) + Fraction((10_000 - fraud) * false, 100)
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(float(Fraction(fraud * hit, 100) / flagged) - variant.key.value) < 1e-9, what="counting people")


def _dice(rng: np.random.Generator) -> Variant:
    least, total = int(rng.integers(2, 6)), int(rng.integers(7, 11))
    pairs = [(a, b) for a in range(least, 7) for b in range(1, 7)]
    good = sum(a + b >= total for a, b in pairs)
    return number(
        stem=f"Two fair dice are thrown. The first shows **at least {least}**. What is the chance that their sum is **at "
        f"least {total}**?",
        value=good / len(pairs), tolerance_abs=0.006,
        explanation=f"Given the first, {len(pairs)} pairs are equally likely; {good} of them reach {total}.",
    )  # fmt: skip


def _check_dice(variant: Variant) -> None:
    least, total = (
        int(part.rstrip("*.?")) for part in variant.stem.replace("**", " ").split() if part.strip("*.?").isdigit()
    )
    rows = list(itertools.product(range(1, 7), repeat=2))
    given = Fraction(sum(a >= least for a, _ in rows), 36)
    both = Fraction(sum(a >= least and a + b >= total for a, b in rows), 36)
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(float(both / given) - variant.key.value) < 1e-9, what="definition of a conditional chance")


def _at_least_one(rng: np.random.Generator) -> Variant:
    servers, percent = int(rng.integers(3, 9)), int(rng.integers(2, 16))
    chance = 1 - (1 - percent / 100) ** servers
    return number(
        stem=f"A request needs {servers} services, each of which fails independently in {percent} % of the requests. In "
        "what share of the requests does at least one fail?",
        value=chance, tolerance_abs=0.006,
        explanation=f"All hold with $`{1 - percent / 100:.2f}^{{{servers}}}`$; the rest is {chance:.3f}, less than {servers} × "
        f"{percent} %, since failures overlap.",
    )  # fmt: skip


def _check_at_least_one(variant: Variant) -> None:
    numbers = [int(part) for part in variant.stem.split() if part.isdigit()]
    found = Fraction(0)
    p = Fraction(numbers[1], 100)
    for fails in itertools.product((0, 1), repeat=numbers[0]):
        if any(fails):
            found += p ** sum(fails) * (1 - p) ** (numbers[0] - sum(fails))
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(float(found) - variant.key.value) < 1e-9, what="all patterns of failures")


def _spread_of_a_sum(rng: np.random.Generator) -> Variant:
    first, second, share = int(rng.integers(2, 7)), int(rng.integers(2, 7)), int(rng.choice([-8, -5, 5, 8])) / 10
    variance = first**2 + second**2 + 2 * share * first * second
    return number(
        stem=f"Two errors have the standard deviations {first} and {second} and the correlation {share:g}. What is the "
        "**variance** of their sum?",
        value=variance, tolerance_abs=0.05,
        explanation=f"$`{first}^2 + {second}^2 + 2 \\cdot {share:g} \\cdot {first} \\cdot {second}`$ = {variance:g}. Without the last term the "
        "errors would be taken for independent.",
    )  # fmt: skip


def _check_spread_of_a_sum(variant: Variant) -> None:
    words = variant.stem.split()
    first, second = float(words[6]), float(words[8])
    share = float(words[words.index("correlation") + 1].rstrip("."))
    matrix = np.diag([first, second]) @ np.array([[1, share], [share, 1]]) @ np.diag([first, second])
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(float(np.ones(2) @ matrix @ np.ones(2)) - variant.key.value) < 1e-9, what="covariance matrix")


def _waiting(rng: np.random.Generator) -> Variant:
    percent = int(rng.choice([4, 5, 10, 20, 25]))
    mean = 100 // percent
    return choice(
        rng,
        stem=f"A job succeeds with a chance of {percent} % in each try, whatever happened before. It has failed "
        f"{int(rng.integers(3, 12))} times in a row. How many **further** tries will it take on average?",
        right=f"{mean}",
        wrong=[
            (f"{mean - 1}", "the last success is not a try"),
            (f"{max(mean // 2, 2)}", "the mean is taken for the median"),
            ("1, since success is overdue by now", "failures make a success more likely (gambler's fallacy)"),
        ],
        explanation=f"The tries have no memory: 1 / {percent / 100:g} = {mean}, however many failed before.",
    )


def _check_waiting(variant: Variant) -> None:
    p = int(variant.stem.split("chance of ")[1].split()[0]) / 100
    mean = sum(k * p * (1 - p) ** (k - 1) for k in range(1, 4000))
    require(holds=abs(mean - int(chosen_text(variant))) < 1e-6, what="mean of the geometric distribution by its sum")


FAMILIES = (
    Family(
        id="probability/base-rate", title="Chance that an alarm is true", domain="probability",
        loadings={"probability": 1.0, "statistics": 0.4}, kind=Kind.NUMERIC, level=3, expected_s=100, source=SOURCE,
        licence=LICENCE, make=_bayes, verify=_check_bayes,
    ),
    Family(
        id="probability/given-the-first", title="Conditional chance with two dice", domain="probability",
        loadings={"probability": 1.0}, kind=Kind.NUMERIC, level=2, expected_s=90, source=SOURCE, licence=LICENCE,
        make=_dice, verify=_check_dice,
    ),
    Family(
        id="probability/at-least-one", title="At least one of several failures", domain="probability",
        loadings={"probability": 1.0}, kind=Kind.NUMERIC, level=2, expected_s=60, source=SOURCE, licence=LICENCE,
        make=_at_least_one, verify=_check_at_least_one,
    ),
    Family(
        id="probability/spread-of-a-sum", title="Variance of a sum of correlated errors", domain="probability",
        loadings={"probability": 1.0, "statistics": 0.5}, kind=Kind.NUMERIC, level=4, expected_s=75, source=SOURCE,
        licence=LICENCE, make=_spread_of_a_sum, verify=_check_spread_of_a_sum,
    ),
    Family(
        id="probability/no-memory", title="Tries without a memory", domain="probability",
        loadings={"probability": 1.0}, kind=Kind.SINGLE, level=2, expected_s=50, source=SOURCE, licence=LICENCE,
        make=_waiting, verify=_check_waiting,
    ),
)  # fmt: skip
