"""Clusters, trees, ensembles and ranked lists."""

import itertools
import math
from functools import cache, partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after the definitions of the methods"
family = partial(Family, domain="machine_learning", source=SOURCE, licence="Apache-2.0")


def _centre(rng: np.random.Generator) -> Variant:
    while True:
        places = sorted(int(one) for one in rng.choice(np.arange(0, 40), 6, replace=False))
        low, high = int(rng.integers(2, 15)), int(rng.integers(20, 38))
        mine = [one for one in places if abs(one - low) < abs(one - high)]
        if all(2 * one != low + high for one in places) and 1 < len(mine) < 6:
            break
    return number(
        stem=f"k-means with two centres on a line. Points: `{', '.join(map(str, places))}`. The centres are now at {low} and {high}. Where is the **left** centre "
        "after one more step (assign, then move)?",
        value=float(np.mean(mine)), tolerance_abs=0.006,
        explanation=f"Nearest to {low} are {mine}; the centre moves to their mean.",
    )  # fmt: skip


def _check_centre(variant: Variant) -> None:
    places = np.array([float(one) for one in variant.stem.split("`")[1].split(",")])
    low, high = numbers_in(variant.stem.split("`")[2])[:2]
    mine = places[places < (low + high) / 2]
    grid = np.linspace(0, 40, 40_001)
    best = grid[((mine[:, None] - grid) ** 2).sum(axis=0).argmin()]
    require(holds=abs(best - value_of(variant)) < 2e-3, what="the place with the least squares, on a grid")


def _gini(rng: np.random.Generator) -> Variant:
    left = (int(rng.integers(4, 20)), int(rng.integers(0, 4)))
    right = (int(rng.integers(1, 6)), int(rng.integers(6, 20)))
    total = sum(left) + sum(right)
    value = sum(sum(part) / total * (1 - sum((one / sum(part)) ** 2 for one in part)) for part in (left, right))
    return number(
        stem="A split of a decision tree makes two leaves:\n\n| | class A | class B |\n| - | - | - |\n"
        f"| left | {left[0]} | {left[1]} |\n| right | {right[0]} | {right[1]} |\n\nWhat is the **Gini impurity** after the split, weighted by the sizes of "
        "the leaves?",
        value=value, tolerance_abs=0.006,
        explanation=f"Each leaf has 1 less the sum of the squared shares; weighted by {sum(left)} and {sum(right)} of {total} rows: {value:.3f}.",
    )  # fmt: skip


def _check_gini(variant: Variant) -> None:
    cells = [int(one) for one in numbers_in(variant.stem.split("| left")[1])[:4]]
    unlike = 0.0
    for first, second in (cells[:2], cells[2:]):  # two rows of a leaf, drawn with replacement: how often they differ
        rows = [0] * first + [1] * second
        unlike += sum(a != b for a, b in itertools.product(rows, repeat=2)) / len(rows)
    require(holds=abs(unlike / sum(cells) - value_of(variant)) < 1e-9, what="drawing pairs of rows")


def _forest(rng: np.random.Generator) -> Variant:
    spread, share, trees = (
        int(rng.integers(2, 12)) * 10,
        int(rng.choice([10, 20, 30, 50])),
        int(rng.choice([10, 50, 100])),
    )
    value = spread * (share / 100 + (1 - share / 100) / trees)
    return number(
        stem=f"Each of {trees} trees predicts with a variance of {spread}; any two of them have a correlation of {share / 100:g}. What is the variance of their "
        "**average**?",
        value=value, tolerance_rel=0.015,
        explanation="$`\\rho\\sigma^2 + (1 - \\rho)\\sigma^2 / n`$"
        f" = {value:.2f}. More trees cannot go below $`\\rho\\sigma^2`$ = {spread * share / 100:g}: forests draw features to lower the correlation.",
    )  # fmt: skip


def _check_forest(variant: Variant) -> None:
    trees, spread, share = numbers_in(variant.stem)
    n = int(trees)
    covariance = spread * (share * np.ones((n, n)) + (1 - share) * np.eye(n))
    weights = np.full(n, 1 / n)
    require(
        holds=abs(float(weights @ covariance @ weights) - value_of(variant)) < 1e-6, what="by the covariance matrix"
    )


def _gain(rng: np.random.Generator) -> Variant:
    while True:
        grades = [int(one) for one in rng.integers(0, 4, 4)]
        if max(grades) > 0 and grades != sorted(grades, reverse=True):
            break
    value = _discounted(grades) / _discounted(sorted(grades, reverse=True))
    return number(
        stem=f"A search shows four documents with the relevance `{', '.join(map(str, grades))}`, from the top down. What is **nDCG** at 4, with the gain "
        "relevance / log2(rank + 1)?",
        value=value, tolerance_abs=0.011,
        explanation=f"The list gains {_discounted(grades):.2f}, the best order {_discounted(sorted(grades, reverse=True)):.2f}: {value:.3f}.",
    )  # fmt: skip


def _discounted(grades: list[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _check_gain(variant: Variant) -> None:
    grades = np.array([float(one) for one in variant.stem.split("`")[1].split(",")])
    discounts = 1 / np.log2(np.arange(2, 6))
    best = max(float(np.array(order) @ discounts) for order in itertools.permutations(grades))
    require(holds=abs(float(grades @ discounts) / best - value_of(variant)) < 1e-9, what="the best of all orders")


def _reciprocal(rng: np.random.Generator) -> Variant:
    ranks = [int(one) for one in rng.integers(1, 6, 3)]
    lists = [
        " ".join(
            "x" if place == rank else ("x" if place > rank and rng.random() < 0.3 else "·") for place in range(1, 7)
        )
        for rank in ranks
    ]
    value = sum(1 / rank for rank in ranks) / 3
    return number(
        stem="Results of three searches, the first one on the left; x is relevant:\n\n```\n" + "\n".join(lists) + "\n```\n\nWhat is the **mean reciprocal rank**?",
        value=value, tolerance_abs=0.006,
        explanation=f"Only the first relevant result counts: ranks {ranks}, the mean of their inverses is {value:.3f}.",
    )  # fmt: skip


def _check_reciprocal(variant: Variant) -> None:
    lines = variant.stem.split("```")[1].strip().split("\n")
    require(
        holds=abs(np.mean([1 / (line.split().index("x") + 1) for line in lines]) - value_of(variant)) < 1e-9,
        what="first x of each",
    )


def _offline(rng: np.random.Generator) -> Variant:
    what = str(rng.choice(["films", "songs", "articles", "products"]))
    share = int(rng.integers(60, 90))
    return choice(
        rng,
        stem=f"{share} % of all logged clicks on {what} went to the items that the **old** recommender showed on top. A new recommender is judged by how often it would "
        "have shown the clicked item. What does this comparison favour?",
        right="The recommender that shows most nearly what the old one showed",
        wrong=[
            (
                "The recommender that people would like best, as clicks are real choices",
                "clicks are thought to be free of what was shown",
            ),
            (
                "The recommender that shows rare items, as they are seldom clicked",
                "exposure is thought to work the other way round",
            ),
            (
                "Neither of the two, if there are enough clicks to average over",
                "a bias is thought to vanish with more data",
            ),
        ],
        explanation="Nobody clicks what was not shown. Randomise a share of what is shown, weight by the probability of showing, or test online.",
    )


@cache
def _logged_and_true() -> tuple[float, float]:
    rng = np.random.default_rng(19)
    taste, old = rng.random(50), rng.random(50)  # the old recommender knows nothing of taste
    shown = np.argsort(-old)[:10]
    clicks = np.zeros(50)
    clicks[shown] = rng.binomial(1000, taste[shown])
    copy, best = shown, np.argsort(-taste)[:10]
    return float(clicks[copy].sum() - clicks[best].sum()), float(taste[best].sum() - taste[copy].sum())


def _check_offline(variant: Variant) -> None:
    logged, true = _logged_and_true()
    require(holds=logged > 0 and true > 0, what="in the log the copy wins, by taste the other one")
    require(holds="the old one showed" in chosen_text(variant), what="the right option")


FAMILIES = (
    family(
        id="machine_learning/centre-of-a-cluster", title="One step of k-means", loadings={"unsupervised_learning": 1.0}, kind=Kind.NUMERIC, level=2,
        expected_s=80, make=_centre, verify=_check_centre,
    ),
    family(
        id="machine_learning/gini", title="Gini impurity of a split", loadings={"supervised_learning": 1.0}, kind=Kind.NUMERIC, level=3, expected_s=110,
        make=_gini, verify=_check_gini,
    ),
    family(
        id="machine_learning/variance-of-a-forest", title="Variance of averaged trees", loadings={"supervised_learning": 0.9, "statistics": 0.5},
        kind=Kind.NUMERIC, level=5, expected_s=110, make=_forest, verify=_check_forest,
    ),
    family(
        id="machine_learning/ranked-gain", title="nDCG of a short list", loadings={"recommender_systems": 1.0, "evaluation_metrics": 0.7}, kind=Kind.NUMERIC,
        level=4, expected_s=130, make=_gain, verify=_check_gain,
    ),
    family(
        id="machine_learning/reciprocal-rank", title="Mean reciprocal rank", loadings={"recommender_systems": 0.9, "evaluation_metrics": 0.7},
        kind=Kind.NUMERIC, level=2, expected_s=70, make=_reciprocal, verify=_check_reciprocal,
    ),
    family(
        id="machine_learning/clicks-on-what-was-shown", title="Clicks on what was shown", loadings={"recommender_systems": 1.0, "experimentation": 0.6},
        kind=Kind.SINGLE, level=4, expected_s=60, make=_offline, verify=_check_offline,
    ),
)  # fmt: skip
