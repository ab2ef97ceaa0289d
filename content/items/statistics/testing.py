"""Experiments: how many cases, which interval, and what looking early does."""

import math
from functools import cache, partial
from statistics import NormalDist

import numpy as np
from scipy import stats

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after what any course in statistics teaches"
family = partial(Family, domain="statistics", source=SOURCE, licence="Apache-2.0")


def _difference(rng: np.random.Generator) -> Variant:
    cases = int(rng.choice([1000, 2000, 4000, 5000]))
    first = int(rng.integers(8, 20))
    second = first + int(rng.integers(1, 4))
    error = math.sqrt(sum(share / 100 * (1 - share / 100) / cases for share in (first, second)))
    value = (second - first) / 100 / error
    return number(
        stem=f"In an A/B test each arm has {cases} users; {first} % of arm A and {second} % of arm B buy. Without pooling the two rates, how many "
        "**standard errors** is the difference from 0?",
        value=value, tolerance_rel=0.03,
        explanation="The standard error is $`\\sqrt{p(1-p)/n + q(1-q)/n}`$"
        f" = {error:.4f}; the difference is {value:.2f} times as large.",
    )  # fmt: skip


def _check_difference(variant: Variant) -> None:
    cases, first, second = numbers_in(variant.stem)[:3]
    arms = [np.arange(cases) < round(cases * share / 100) for share in (first, second)]
    error = math.hypot(*(arm.std() / math.sqrt(cases) for arm in arms))
    require(holds=abs((arms[1].mean() - arms[0].mean()) / error - value_of(variant)) < 1e-6, what="from rows of users")


def _sample_size(rng: np.random.Generator) -> Variant:
    factor, power = int(rng.choice([2, 3, 4, 5, 6])), int(rng.choice([80, 90]))
    right = factor**2
    return choice(
        rng,
        stem=f"A test was planned to detect a difference of means d with power {power} %. Now a difference of d/{factor} shall be detected with the same power, "
        "level and spread. By what factor must the number of cases grow?",
        right=f"{right}",
        wrong=[
            (f"{factor}", "cases are thought to be proportional to the precision"),
            (f"{math.sqrt(factor):.2f}", "the square root is put on the wrong side"),
            (f"{2 * factor + 1}", "each arm is thought to grow by the factor, and both are added"),
        ],
        explanation="Standard errors shrink with the square root of the number of cases.",
    )


def _check_sample_size(variant: Variant) -> None:
    factor, grown = int(variant.stem.split("d/")[1].split()[0]), int(chosen_text(variant))

    def power(difference: float, cases: int) -> float:
        return 1 - NormalDist(difference * math.sqrt(cases / 2)).cdf(NormalDist().inv_cdf(0.975))

    require(holds=abs(power(0.2, 392) - power(0.2 / factor, 392 * grown)) < 1e-9, what="power of both plans")


@cache
def _rate_of_peeking(looks: int) -> float:
    rng = np.random.default_rng(17)
    sums = rng.normal(size=(20_000, looks)).cumsum(axis=1) / np.sqrt(np.arange(1, looks + 1))
    return float((np.abs(sums) > 1.96).any(axis=1).mean())


def _peeking(rng: np.random.Generator) -> Variant:
    looks = int(rng.choice([5, 8, 10, 15, 20]))
    what = str(rng.choice(["An A/B test", "A comparison of two models in use", "A test of a new page"]))
    return choice(
        rng,
        stem=f"{what} **without any true difference** is looked at {looks} times while data come in, evenly spaced, and is stopped as soon as p < 0.05. How often "
        "does it end with a “significant” difference?",
        right=f"in about {_rate_of_peeking(looks):.0%} of such tests",
        wrong=[
            ("in about 5% of such tests", "the level is thought to hold for all looks together"),
            (f"in about {5 / looks:.1f}% of such tests", "more looks are thought to make a false alarm rarer"),
            (
                f"in about {1 - 0.95 ** (3 * looks):.0%} of such tests",
                "looks are thought to be independent, and each to count for several",
            ),
        ],
        explanation="Each look is another chance for a false alarm; since looks share data, it is less than with independent tests, and far more than 5 %.",
    )


@cache
def _rate_of_users(looks: int) -> float:
    rng, alarms = np.random.default_rng(18), 0
    for _ in range(1500):
        sums = rng.normal(size=25 * looks).cumsum()[24::25]
        alarms += any(abs(total) / math.sqrt(25 * look) > 1.96 for look, total in enumerate(sums, start=1))
    return alarms / 1500


def _check_peeking(variant: Variant) -> None:
    looks = int(variant.stem.split("looked at ")[1].split()[0])
    said = numbers_in(chosen_text(variant).replace("%", " "))[0]
    require(holds=abs(100 * _rate_of_users(looks) - said) < 4, what="running tests with other data")


def _simpson(rng: np.random.Generator) -> Variant:
    small = int(rng.integers(80, 95))
    large = int(rng.integers(40, 60))
    gap = int(rng.integers(2, 7))
    rows = [(800, small), (200, large), (200, small + gap), (800, large + gap)]
    sums = [sum(n * share for n, share in rows[place : place + 2]) / 1000 for place in (0, 2)]
    return choice(
        rng,
        stem="Two routes for support tickets, solved in time; easy and hard tickets were **not** assigned by chance:\n\n| | easy | hard |\n| - | - | - |\n"
        f"| route A | {small} % of 800 | {large} % of 200 |\n| route B | {small + gap} % of 200 | {large + gap} % of 800 |\n\n"
        "Difficulty is known before the route is chosen. Which route serves a ticket better?",
        right="B, for easy and for hard tickets alike",
        wrong=[
            (
                f"A: {sums[0]:.1f} % against {sums[1]:.1f} % of all its tickets",
                "totals are compared although their mix differs",
            ),
            ("A for easy tickets and B for hard ones", "the numbers of tickets are taken for success"),
            ("neither, as the totals contradict the parts", "a paradox is thought to leave nothing to conclude"),
        ],
        explanation="A got the easy tickets. Compare like with like: within each difficulty B is ahead; the totals only show the mix.",
    )


def _check_simpson(variant: Variant) -> None:
    cells = numbers_in(variant.stem.split("hard |")[1])
    easy_a, _, hard_a, _, easy_b, _, hard_b, _ = cells[:8]
    require(holds=easy_b > easy_a and hard_b > hard_a, what="B is ahead within each difficulty")
    totals = [(cells[p] * cells[p + 1] + cells[p + 2] * cells[p + 3]) / 1000 for p in (0, 4)]
    require(holds=totals[0] > totals[1] and chosen_text(variant).startswith("B"), what="the totals mislead")


def _paired(rng: np.random.Generator) -> Variant:
    first = [int(one) for one in rng.integers(60, 90, 5)]
    gains = [int(one) for one in rng.integers(-1, 6, 5)]
    while len(set(gains)) < 3 or not sum(gains):
        gains = [int(one) for one in rng.integers(-1, 6, 5)]
    value = float(np.mean(gains) / (np.std(gains, ddof=1) / math.sqrt(5)))
    return number(
        stem="Two models on the **same** five folds, accuracy in per cent:\n\n"
        f"| old | {' | '.join(map(str, first))} |\n| new | {' | '.join(str(a + b) for a, b in zip(first, gains, strict=True))} |\n\n"
        "What is the **paired** t statistic of new less old?",
        value=value, tolerance_rel=0.03, tolerance_abs=0.02,
        explanation=f"The differences are {gains}: $`\\sqrt{{5}} \\cdot \\bar{{d}} / s`$ is {value:.2f}. How hard a fold is drops out.",
    )  # fmt: skip


def _check_paired(variant: Variant) -> None:
    old, new = (numbers_in(line) for line in variant.stem.split("\n") if line.startswith("| "))
    require(holds=abs(float(stats.ttest_rel(new, old).statistic) - value_of(variant)) < 1e-9, what="by scipy")


FAMILIES = (
    family(
        id="statistics/difference-of-rates", title="Difference of two rates", loadings={"statistics": 1.0, "experimentation": 0.8},
        kind=Kind.NUMERIC, level=3, expected_s=130, make=_difference, verify=_check_difference,
    ),
    family(
        id="statistics/cases-for-a-smaller-effect", title="Cases for a smaller effect", loadings={"statistics": 0.9, "experimentation": 0.9},
        kind=Kind.SINGLE, level=2, expected_s=50, make=_sample_size, verify=_check_sample_size,
    ),
    family(
        id="statistics/looking-early", title="Looking at a test again and again", loadings={"experimentation": 1.0, "statistics": 0.8},
        kind=Kind.SINGLE, level=4, expected_s=60, make=_peeking, verify=_check_peeking,
    ),
    family(
        id="statistics/mixed-groups", title="Totals that contradict their parts", loadings={"statistics": 0.9, "experimentation": 0.8},
        kind=Kind.SINGLE, level=3, expected_s=80, make=_simpson, verify=_check_simpson,
    ),
    family(
        id="statistics/paired-folds", title="Paired t statistic over folds", loadings={"statistics": 1.0, "validation_design": 0.5},
        kind=Kind.NUMERIC, level=4, expected_s=150, make=_paired, verify=_check_paired,
    ),
)  # fmt: skip
