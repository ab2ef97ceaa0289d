"""Means, errors and tests."""

import math
import statistics

import numpy as np

from assay.itembank.making import choice, chosen_text, number, require
from assay.itembank.model import Family, Kind, NumberKey, Variant

SOURCE = "Own work, after what any course in statistics teaches"
LICENCE = "Apache-2.0"


def _mean_and_median(rng: np.random.Generator) -> Variant:
    usual = [int(one) for one in rng.integers(20, 60, 6)]
    values = [*usual, int(rng.integers(30, 90)) * 10]
    values = [values[place] for place in rng.permutation(7)]
    gap = sum(values) / 7 - sorted(values)[3]
    return number(
        stem="Response times in milliseconds of seven requests:\n\n"
        f"`{', '.join(map(str, values))}`\n\nBy how much does their **mean** exceed their **median**?",
        value=gap, tolerance_abs=0.06, unit="ms",
        explanation=f"The median is {sorted(values)[3]}, the middle of the sorted values; the one slow request moves "
        f"only the mean, to {sum(values) / 7:.2f}.",
    )  # fmt: skip


def _check_mean_and_median(variant: Variant) -> None:
    values = [float(one) for one in variant.stem.split("`")[1].split(",")]
    assert isinstance(variant.key, NumberKey)
    found = statistics.fmean(values) - statistics.median(values)
    require(holds=abs(found - variant.key.value) < 1e-9, what="mean less median")


def _standard_error(rng: np.random.Generator) -> Variant:
    root = int(rng.integers(4, 13))
    error = int(rng.integers(2, 9)) / 10
    sd = round(error * root, 1)
    return number(
        stem=f"The latency of a service has a standard deviation of {sd} ms. You report the mean of {root * root} "
        "independent requests. What is the **standard error** of that mean?",
        value=sd / root, tolerance_rel=0.02, unit="ms",
        explanation=f"The standard error of a mean is $`s / \\sqrt{{n}}`$: {sd} / {root}.",
    )  # fmt: skip


def _check_standard_error(variant: Variant) -> None:
    words = variant.stem.split()
    sd, count = float(words[words.index("of", 7) + 1]), int(words[words.index("independent") - 1])
    assert isinstance(variant.key, NumberKey)
    means = np.random.default_rng(1).normal(0, sd, (4000, count)).mean(axis=1)
    require(holds=abs(float(means.std()) / variant.key.value - 1) < 0.06, what="standard error by simulation")


def _half_the_error(rng: np.random.Generator) -> Variant:
    count, factor = int(rng.integers(2, 20)) * 50, int(rng.integers(2, 5))
    words = {2: "half", 3: "a third", 4: "a quarter"}[factor]
    return choice(
        rng,
        stem=f"An A/B test measured {count} users in each group. You want confidence intervals of {words} the width. "
        "About how many users does each group need?",
        right=f"{count * factor**2}",
        wrong=[
            (f"{count * factor}", "width falls with the number of users instead of its root"),
            (f"{round(count * math.sqrt(factor))}", "width falls with the square of the number of users"),
            (f"{count * factor**2 * factor}", "width falls with the cube root"),
        ],
        explanation=f"Width falls with the root of the number of users: {factor} times narrower takes {factor}² times "
        "as many.",
    )


def _check_half_the_error(variant: Variant) -> None:
    words = variant.stem.split()
    count = int(words[4])
    factor = {"half": 2, "a": 3 if "third" in words else 4}[words[words.index("of") + 1]]
    width = 1 / math.sqrt(int(chosen_text(variant)))
    require(holds=abs(width * factor - 1 / math.sqrt(count)) < 1e-9, what="width of the interval")


def _many_tests(rng: np.random.Generator) -> Variant:
    count, level = int(rng.integers(5, 21)), float(rng.choice([0.01, 0.05, 0.1]))
    chance = 1 - (1 - level) ** count
    return number(
        stem=f"You compare {count} independent metrics between two identical systems, each with a test at the level "
        f"{level:g}. What is the chance that **at least one** differs significantly?",
        value=chance, tolerance_abs=0.011,
        explanation=f"None differs with chance $`(1 - {level:g})^{{{count}}}`$; the rest is {chance:.2f}. Correct for the number "
        "of looks, for instance with Holm's method.",
    )  # fmt: skip


def _check_many_tests(variant: Variant) -> None:
    words = variant.stem.split()
    count, level = int(words[2]), float(words[words.index("level") + 1].rstrip("."))
    found = sum(math.comb(count, k) * level**k * (1 - level) ** (count - k) for k in range(1, count + 1))
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(found - variant.key.value) < 1e-9, what="chance of a false alarm by the binomial")


def _what_p_says(rng: np.random.Generator) -> Variant:
    p = float(rng.choice([0.03, 0.04, 0.02, 0.01]))
    model = str(rng.choice(["ranking model", "layout", "recommender", "search index"]))
    return choice(
        rng,
        stem=f"A new {model} raises the click rate in an experiment; the test gives p = {p:g}. What does this number say?",
        right=f"If both were equally good, a difference at least as large would come about in {p:.0%} of such experiments",
        wrong=[
            (
                f"Given these data, the chance that the two of them are in truth equally good is {p:.0%}",
                "p is the chance of the hypothesis",
            ),
            (
                f"Given these data, the new one is truly the better of both with a chance of {1 - p:.0%}",
                "1 - p is the chance of the alternative",
            ),
            (
                f"The click rate of the new one lies {p:.0%} above that of the former in the long run",
                "p is the size of the effect",
            ),
        ],
        explanation="p is a chance of data given that nothing differs. It says neither how likely a difference is nor "
        "how large.",
    )


def _check_what_p_says(variant: Variant) -> None:
    p = float(variant.stem.split("p = ")[1].split(".")[0] + "." + variant.stem.split("p = ")[1].split(".")[1])
    values = np.random.default_rng(3).random(200_000)  # p values where nothing differs are uniform
    require(holds=abs(float((values <= p).mean()) - p) < 0.002, what="share of false alarms")
    require(holds=f"{p:.0%} of such experiments" in chosen_text(variant), what="the right option names the share")


FAMILIES = (
    Family(
        id="statistics/mean-and-median", title="Mean and median under an outlier", domain="statistics",
        loadings={"statistics": 1.0}, kind=Kind.NUMERIC, level=1, expected_s=75, source=SOURCE, licence=LICENCE,
        make=_mean_and_median, verify=_check_mean_and_median,
    ),
    Family(
        id="statistics/standard-error", title="Standard error of a mean", domain="statistics",
        loadings={"statistics": 1.0}, kind=Kind.NUMERIC, level=2, expected_s=60, source=SOURCE, licence=LICENCE,
        make=_standard_error, verify=_check_standard_error,
    ),
    Family(
        id="statistics/width-and-size", title="Sample size and width of an interval", domain="statistics",
        loadings={"statistics": 1.0, "experimentation": 0.5}, kind=Kind.SINGLE, level=3, expected_s=60, source=SOURCE,
        licence=LICENCE, make=_half_the_error, verify=_check_half_the_error,
    ),
    Family(
        id="statistics/many-tests", title="False alarms among many tests", domain="statistics",
        loadings={"statistics": 1.0, "experimentation": 0.5}, kind=Kind.NUMERIC, level=3, expected_s=75, source=SOURCE,
        licence=LICENCE, make=_many_tests, verify=_check_many_tests,
    ),
    Family(
        id="statistics/what-p-says", title="What a p value says", domain="statistics",
        loadings={"statistics": 1.0}, kind=Kind.SINGLE, level=3, expected_s=60, source=SOURCE, licence=LICENCE,
        make=_what_p_says, verify=_check_what_p_says,
    ),
)  # fmt: skip
