"""Searching for parameters: how many runs, how sure, and what the best of many says."""

import itertools
from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after what practitioners agree on"
family = partial(Family, domain="hyperparameters", source=SOURCE, licence="Apache-2.0")


def _fits(rng: np.random.Generator) -> Variant:
    a, b, c = (int(one) for one in rng.integers(2, 6, 3))
    folds = int(rng.choice([3, 5, 10]))
    return number(
        stem=f"A grid has {a} learning rates, {b} depths and {c} penalties. Every combination is judged by {folds}-fold cross-validation; the best one is "
        "then fitted **once more** on all training data. How many models are fitted?",
        value=a * b * c * folds + 1,
        explanation=f"{a} · {b} · {c} combinations, {folds} fits each, and the last one.",
    )  # fmt: skip


def _check_fits(variant: Variant) -> None:
    a, b, c, folds = (int(one) for one in numbers_in(variant.stem.replace("-fold", " fold")))
    runs = itertools.product(range(a), range(b), range(c), range(folds))
    require(holds=len(list(runs)) + 1 == value_of(variant), what="listing every fit")


def _lucky(rng: np.random.Generator) -> Variant:
    share, runs = int(rng.choice([2, 5, 10])), int(rng.choice([10, 20, 30, 60]))
    value = 1 - (1 - share / 100) ** runs
    return number(
        stem=f"{share} % of a space of parameters is good enough. Random search tries {runs} settings, drawn independently. What is the probability "
        "that **at least one** of them is good enough?",
        value=value, tolerance_abs=0.011,
        explanation=f"1 - {1 - share / 100:g}^{runs} = {value:.2f}, however many parameters there are.",
    )  # fmt: skip


def _check_lucky(variant: Variant) -> None:
    share, runs = numbers_in(variant.stem)
    draws = np.random.default_rng(12).random((100_000, int(runs))) < share / 100
    require(holds=abs(float(draws.any(axis=1).mean()) - value_of(variant)) < 0.01, what="a hundred thousand searches")


def _log_scale(rng: np.random.Generator) -> Variant:
    low, span = int(rng.integers(4, 7)), int(rng.choice([3, 5]))  # an odd span: no side is a half
    middle = int(rng.integers(1, span))
    ends = (10.0**-low, 10.0 ** (middle - low), 10.0 ** (span - low))
    return choice(
        rng,
        stem=f"A learning rate is drawn **log-uniformly** between {ends[0]:g} and {ends[2]:g}. What is the probability that it lies below {ends[1]:g}?",
        right=f"{middle / span:.3f}",
        wrong=[
            (f"{ends[1] / ends[2]:g}", "the draw is uniform in the rate itself"),
            (f"{1 - middle / span:.3f}", "the share above is taken for the share below"),
            (f"{middle / (span + 1):.3f}", "the ends are counted instead of the decades between them"),
        ],
        explanation=f"Each decade is equally probable: {middle} of {span}.",
    )


def _check_log_scale(variant: Variant) -> None:
    low, high, middle = numbers_in(variant.stem)
    draws = np.exp(np.random.default_rng(13).uniform(np.log(low), np.log(high), 200_000))
    require(holds=abs(float((draws < middle).mean()) - float(chosen_text(variant))) < 0.006, what="drawing rates")


def _halving(rng: np.random.Generator) -> Variant:
    factor = int(rng.choice([2, 3, 4]))
    rounds = int(rng.integers(2, 5 if factor == 2 else 4))
    settings, epochs = factor**rounds, int(rng.integers(1, 5))
    return number(
        stem=f"Successive halving starts with {settings} settings, each trained for {epochs} epoch(s) in the first round. After each round the best "
        f"1/{factor} go on, each with {factor} times the epochs of the round before, trained anew; the last round has **one** setting. How many epochs are trained in all?",
        value=settings * epochs * (rounds + 1),
        explanation=f"Each of the {rounds + 1} rounds costs the same, {settings} · {epochs}: fewer settings, longer training.",
    )  # fmt: skip


def _check_halving(variant: Variant) -> None:
    words = numbers_in(variant.stem.replace("1/", " "))
    settings, epochs, factor = (int(one) for one in words[:3])
    total = 0
    while settings >= 1:
        total += settings * epochs
        settings, epochs = settings // factor, epochs * factor
    require(holds=total == value_of(variant), what="round by round")


def _best_of_many(rng: np.random.Generator) -> Variant:
    runs = int(rng.choice([50, 100, 200, 500]))
    cases = int(rng.choice([200, 300, 400]))
    return choice(
        rng,
        stem=f"{runs} settings that are in truth **equally good** are each judged on the same validation set of {cases} cases. The one with the best "
        "score is kept. Its validation score is …",
        right="higher than its score on new data will be",
        wrong=[
            ("an unbiased estimate of its score on new data", "choosing the maximum is thought to leave it unbiased"),
            (
                "lower than its score on new data will be",
                "validation is thought to be pessimistic, as training parts are smaller",
            ),
            (
                "biased only if training rows are in the validation set",
                "a leak of rows is thought to be the only source of bias",
            ),
        ],
        explanation="The maximum of many noisy scores is mostly luck of the draw. A test set that took no part in the choice tells the truth.",
    )


def _check_best_of_many(variant: Variant) -> None:
    runs, cases = (int(one) for one in numbers_in(variant.stem))
    scores = np.random.default_rng(14).binomial(cases, 0.8, (400, runs)) / cases
    require(
        holds=scores.max(axis=1).mean() > 0.84 and chosen_text(variant).startswith("higher"), what="the best of equals"
    )


def _stopped(rng: np.random.Generator) -> Variant:
    while True:
        losses = [int(one) for one in rng.choice(np.arange(30, 80), 9, replace=False)]
        patience = int(rng.integers(2, 4))
        stop, best = _stop_of(losses, patience)
        if stop < len(losses) and min(losses) < losses[best - 1]:
            break
    return number(
        stem=f"Validation losses after epochs 1 to 9 would be:\n\n`{', '.join(f'0.{one}' for one in losses)}`\n\nTraining stops as soon as {patience} "
        "epochs in a row bring no new lowest loss, and the weights of the best epoch so far are restored. **Which epoch's** weights are used?",
        value=best,
        explanation=f"It stops after epoch {stop}; the lowest loss until then came after epoch {best}. The lower loss that would follow is never seen.",
    )  # fmt: skip


def _stop_of(losses: list[int], patience: int) -> tuple[int, int]:
    """Yield the epochs of the stop and of the best weights, from 1."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return epoch + 1, best + 1
    return len(losses), best + 1


def _check_stopped(variant: Variant) -> None:
    losses = [float(one) for one in variant.stem.split("`")[1].split(",")]
    patience = int(numbers_in(variant.stem.split("`")[2])[0])
    lows = [epoch for epoch in range(9) if losses[epoch] == min(losses[: epoch + 1])]
    reached = next(low for low, later in itertools.pairwise([*lows, 99]) if later - low > patience)
    require(holds=reached + 1 == value_of(variant), what="gaps between new lowest losses")


FAMILIES = (
    family(
        id="hyperparameters/fits-of-a-grid", title="Fits of a grid search", loadings={"hyperparameter_tuning": 1.0, "scikit_learn": 0.5},
        kind=Kind.NUMERIC, level=1, expected_s=50, make=_fits, verify=_check_fits,
    ),
    family(
        id="hyperparameters/random-search", title="Chance that random search finds something", loadings={"hyperparameter_tuning": 1.0, "probability": 0.4},
        kind=Kind.NUMERIC, level=3, expected_s=70, make=_lucky, verify=_check_lucky,
    ),
    family(
        id="hyperparameters/log-uniform", title="Drawing on a logarithmic scale", loadings={"hyperparameter_tuning": 1.0}, kind=Kind.SINGLE, level=3,
        expected_s=60, make=_log_scale, verify=_check_log_scale,
    ),
    family(
        id="hyperparameters/halving", title="Cost of successive halving", loadings={"hyperparameter_tuning": 1.0}, kind=Kind.NUMERIC, level=4,
        expected_s=110, make=_halving, verify=_check_halving,
    ),
    family(
        id="hyperparameters/best-of-many", title="What the best validation score says", loadings={"hyperparameter_tuning": 0.9, "validation_design": 0.8},
        kind=Kind.SINGLE, level=3, expected_s=50, make=_best_of_many, verify=_check_best_of_many,
    ),
    family(
        id="hyperparameters/early-stopping", title="Weights after early stopping", loadings={"hyperparameter_tuning": 0.9, "deep_learning": 0.6},
        kind=Kind.NUMERIC, level=2, expected_s=70, make=_stopped, verify=_check_stopped,
    ),
)  # fmt: skip
