"""Learning from tables: models, splits, leaks and series."""

from functools import cache

import numpy as np

from assay.itembank.making import choice, chosen_text, number, order, require
from assay.itembank.model import Family, Kind, NumberKey, OrderKey, Variant

SOURCE = "Own work, after what practitioners agree on"
LICENCE = "Apache-2.0"


def _leaky_scaling(rng: np.random.Generator) -> Variant:
    what, step = (
        ("the scaler is fitted on all rows", "Fit the scaler on the training rows of each fold only"),
        ("the ten best of 5,000 features are chosen by all rows", "Choose the features on the training rows of each fold only"),
        ("missing values are filled with the mean of the target's class over all rows", "Fill from the training rows of each fold only, without the target"),
    )[int(rng.integers(0, 3))]  # fmt: skip
    rows = int(rng.choice([120, 200, 300]))
    return choice(
        rng,
        stem=f"With {rows} rows, {what}; then a model is cross-validated and looks much better than later in use. What mends "
        "the **estimate**?",
        right=step,
        wrong=[
            ("Use more folds, so that every training part is larger", "a leak is a matter of too little data"),
            ("Repeat the cross-validation with other seeds and average", "a leak is chance and averages out"),
            ("Regularise the model more, until train and test agree", "a leak is overfitting of the model"),
        ],
        explanation="Whatever is learnt from data belongs inside the folds; else the test rows have taken part in the training.",
    )


@cache
def _noise_by_two_ways() -> tuple[float, float]:
    rng = np.random.default_rng(6)
    gaps = []
    for _ in range(12):  # noise without any signal, of which the features that fit best are chosen
        x, y = rng.normal(size=(60, 800)), rng.choice([-1.0, 1.0], 60)
        found = []
        for rows in (np.arange(60), np.arange(40)):
            best = np.argsort(-np.abs(x[rows].T @ y[rows]))[:10]
            weights = x[:40, best].T @ y[:40]
            found.append(float((np.sign(x[40:, best] @ weights) == y[40:]).mean()))
        gaps.append(found)
    leaky, honest = np.mean(gaps, axis=0)
    return float(leaky), float(honest)


def _check_leaky_scaling(variant: Variant) -> None:
    leaky, honest = _noise_by_two_ways()
    require(
        holds=leaky > 0.6 and abs(honest - 0.5) < 0.1, what="noise looks good only where the choice saw the test rows"
    )
    require(holds="of each fold only" in chosen_text(variant), what="the right option")


def _pipeline_order(rng: np.random.Generator) -> Variant:
    who = str(rng.choice(["patient", "customer", "machine", "driver"]))
    metric = str(rng.choice(["recall", "average precision", "calibration"]))
    return order(
        rng,
        stem=f"Several rows belong to each {who}. Put the steps of an honest evaluation in order, the first one first.",
        lines=[
            f"Set whole {who}s aside as a test set", f"Split the rest into folds by {who}", "Choose features and parameters on the folds",
            "Fit the chosen model on everything but the test set", f"Measure {metric} on the test set, once",
        ],
        explanation=f"The test set comes first and is used last; folds keep a {who} together, since its rows resemble each other.",
    )  # fmt: skip


def _check_pipeline_order(variant: Variant) -> None:
    assert isinstance(variant.key, OrderKey)
    texts = {one.id: one.text for one in variant.options}
    found = [texts[one].split()[0] for one in variant.key.ids]
    require(holds=found == ["Set", "Split", "Choose", "Fit", "Measure"], what="the order of the steps")


def _boosted_depth(rng: np.random.Generator) -> Variant:
    train, test = int(rng.integers(1, 4)), int(rng.integers(14, 25))
    return choice(
        rng,
        stem=f"Gradient boosting has an error of {train} % in training and {test} % in validation. Which change is **most likely** to "
        "lower the validation error?",
        right="Shallower trees and a smaller learning rate with early stopping",
        wrong=[
            ("Deeper trees, so that the model can learn the rest", "the gap is taken for underfitting"),
            ("More rounds at the same learning rate, without stopping", "more training helps whatever the gap"),
            ("Standardising every feature to mean 0 and variance 1", "trees depend on the scale of features"),
        ],
        explanation="A large gap is variance: less capacity a step and stopping in time. Trees do not see monotone scales.",
    )


@cache
def _errors_by_capacity() -> dict[int, float]:
    rng = np.random.default_rng(9)
    errors = dict.fromkeys((2, 14), 0.0)
    for _ in range(40):  # the trade in its plainest form: a flexible fit of noisy points beside a stiff one
        x, held = rng.uniform(-1, 1, 18), rng.uniform(-1, 1, 200)
        y = x**2 + rng.normal(0, 0.3, 18)
        for degree in errors:
            fit = np.polynomial.Polynomial.fit(x, y, degree)
            errors[degree] += float(((fit(held) - held**2) ** 2).mean())
    return errors


def _check_boosted_depth(variant: Variant) -> None:
    errors = _errors_by_capacity()
    require(holds=errors[2] < errors[14], what="less capacity lowers the error of an overfitted model")
    require(holds=chosen_text(variant).startswith("Shallower"), what="the right option")


def _seasonal_naive(rng: np.random.Generator) -> Variant:
    week = [int(one) * 5 for one in rng.integers(4, 20, 7)]
    moved = [value + int(step) for value, step in zip(week, rng.integers(-6, 7, 7), strict=True)]
    error = sum(abs(a - b) for a, b in zip(week, moved, strict=True)) / 7
    return number(
        stem="Daily sales of two weeks, Monday to Sunday:\n\n"
        f"| week 1 | {' | '.join(map(str, week))} |\n| week 2 | {' | '.join(map(str, moved))} |\n\nA **seasonal naive** forecast with "
        "a season of 7 days predicts week 2 from week 1. What is its mean absolute error?",
        value=error, tolerance_abs=0.06,
        explanation=f"Each day is forecast by the same day of the week before; the mean of the seven differences is {error:.2f}.",
    )  # fmt: skip


def _check_seasonal_naive(variant: Variant) -> None:
    rows = [line.strip("|").split("|")[1:] for line in variant.stem.split("\n") if line.startswith("| week")]
    series = np.array(rows, dtype=float).ravel()
    assert isinstance(variant.key, NumberKey)
    require(
        holds=abs(float(np.abs(series[7:] - series[:-7]).mean()) - variant.key.value) < 1e-9, what="lag of seven days"
    )


def _split_in_time(rng: np.random.Generator) -> Variant:
    months, horizon = int(rng.choice([18, 24, 36])), int(rng.integers(2, 7))
    return choice(
        rng,
        stem=f"A model forecasts demand {horizon} weeks ahead from {months} months of history. Which validation says best how it will "
        "do in use?",
        right=f"Several origins in time; train on what lies before each, test {horizon} weeks after it",
        wrong=[
            (
                "Five folds of rows drawn at random, averaged over ten seeds and all of the products",
                "rows of a series are exchangeable",
            ),
            (
                "Train on the second half of the history and test on the first, older half of it",
                "time may run backwards in a test",
            ),
            (
                "The error on the training rows, corrected by the number of parameters as in AIC",
                "a correction stands in for unseen time",
            ),
        ],
        explanation="Use is always later than training, at the same distance; several origins show how much the error varies.",
    )


@cache
def _errors_by_split() -> tuple[float, float]:
    rng = np.random.default_rng(10)
    random_split, later = [], []
    for _ in range(30):  # a random walk, forecast by the nearest known value
        walk = rng.normal(size=240).cumsum()
        test = rng.choice(np.arange(20, 240), 24, replace=False)
        known = np.setdiff1d(np.arange(240), test)
        random_split.append(np.mean([abs(walk[t] - walk[known[np.abs(known - t).argmin()]]) for t in test]))
        later.append(np.mean([abs(walk[t] - walk[t - 4]) for t in range(216, 240)]))
    return float(np.mean(random_split)), float(np.mean(later))


def _check_split_in_time(variant: Variant) -> None:
    drawn, later = _errors_by_split()
    require(holds=drawn < 0.7 * later, what="random rows flatter a series")
    require(holds=chosen_text(variant).startswith("Several origins"), what="the right option")


def _imbalance_baseline(rng: np.random.Generator) -> Variant:
    percent = int(rng.integers(1, 9))
    rows = int(rng.choice([2000, 5000, 10000]))
    return number(
        stem=f"{percent} % of {rows} claims are fraud. A model that **always** says “no fraud” is the baseline. What is its accuracy, "
        "in per cent?",
        value=100 - percent, tolerance_abs=0.01, unit="per cent",
        explanation=f"It is right on every claim that is no fraud, {100 - percent} % of them; recall is 0.",
    )  # fmt: skip


def _check_imbalance_baseline(variant: Variant) -> None:
    words = variant.stem.split()
    rows, fraud = int(words[3]), int(words[3]) * int(words[0]) // 100
    truth = np.arange(rows) < fraud
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(100 * float((~truth).mean()) - variant.key.value) < 0.01, what="counting the claims")


FAMILIES = (
    Family(
        id="machine_learning/learnt-outside-the-folds", title="What was learnt outside the folds", domain="machine_learning",
        loadings={"validation_design": 1.0, "supervised_learning": 0.7, "data_preparation": 0.5}, kind=Kind.SINGLE, level=3,
        expected_s=75, source=SOURCE, licence=LICENCE, make=_leaky_scaling, verify=_check_leaky_scaling,
    ),
    Family(
        id="machine_learning/steps-of-an-evaluation", title="Steps of an honest evaluation", domain="machine_learning",
        loadings={"validation_design": 1.0, "supervised_learning": 0.6}, kind=Kind.ORDER, level=2, expected_s=80, source=SOURCE,
        licence=LICENCE, make=_pipeline_order, verify=_check_pipeline_order,
    ),
    Family(
        id="machine_learning/gap-of-boosting", title="A gap between training and validation", domain="machine_learning",
        loadings={"supervised_learning": 1.0, "hyperparameter_tuning": 0.6}, kind=Kind.SINGLE, level=2, expected_s=60,
        source=SOURCE, licence=LICENCE, make=_boosted_depth, verify=_check_boosted_depth,
    ),
    Family(
        id="machine_learning/seasonal-naive", title="Error of a seasonal naive forecast", domain="machine_learning",
        loadings={"time_series": 1.0}, kind=Kind.NUMERIC, level=2, expected_s=110, source=SOURCE, licence=LICENCE,
        make=_seasonal_naive, verify=_check_seasonal_naive,
    ),
    Family(
        id="machine_learning/split-in-time", title="Validation of a forecast", domain="machine_learning",
        loadings={"time_series": 1.0, "validation_design": 0.8}, kind=Kind.SINGLE, level=3, expected_s=60, source=SOURCE,
        licence=LICENCE, make=_split_in_time, verify=_check_split_in_time,
    ),
    Family(
        id="machine_learning/always-no", title="Accuracy of always saying no", domain="machine_learning",
        loadings={"supervised_learning": 0.8, "evaluation_metrics": 0.7}, kind=Kind.NUMERIC, level=1, expected_s=40,
        source=SOURCE, licence=LICENCE, make=_imbalance_baseline, verify=_check_imbalance_baseline,
    ),
)  # fmt: skip
