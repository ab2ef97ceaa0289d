"""What preparing a table does to it: filling, scaling, coding, splitting."""

import itertools
from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after what practitioners agree on"
family = partial(Family, domain="data_preparation", source=SOURCE, licence="Apache-2.0")


def _scaled(rng: np.random.Generator) -> Variant:
    train = (int(rng.integers(20, 60)), int(rng.integers(2, 10)))
    test = (train[0] + int(rng.integers(2, 9)), train[1] + int(rng.integers(1, 4)))
    value = train[0] + int(rng.integers(1, 4)) * train[1] + 3
    return number(
        stem=f"A feature has mean {train[0]} and standard deviation {train[1]} in the training data, mean {test[0]} and standard deviation "
        f"{test[1]} in the test data. A test row has the value {value}. What does the model get, if features are standardised as they should be?",
        value=(value - train[0]) / train[1], tolerance_abs=0.006,
        explanation=f"The scaler was fitted on the training data: ({value} - {train[0]}) / {train[1]}. Test data are not allowed to shape their own input.",
    )  # fmt: skip


def _check_scaled(variant: Variant) -> None:
    mean, spread, _, _, value = numbers_in(variant.stem)
    train = np.array([mean - spread, mean + spread])  # two rows with this mean and spread
    require(holds=abs((value - train.mean()) / train.std() - value_of(variant)) < 1e-9, what="fitting on training rows")


def _filled(rng: np.random.Generator) -> Variant:
    rows, share, variance = (
        int(rng.choice([200, 400, 800])),
        int(rng.choice([10, 20, 25, 40])),
        int(rng.integers(4, 40)) * 10,
    )
    return number(
        stem=f"A column of {rows} rows is missing in {share} % of them. The known values have a variance of {variance} (dividing by the number of "
        "values). The gaps are filled with the **mean** of the known values. What is the variance of the filled column?",
        value=variance * (1 - share / 100), tolerance_rel=0.005,
        explanation=f"Filled rows lie at the mean and add no spread, but they count: {variance} · {1 - share / 100:g}. Correlations shrink as well.",
    )  # fmt: skip


def _check_filled(variant: Variant) -> None:
    rows, share, variance = numbers_in(variant.stem)
    known = np.random.default_rng(3).normal(size=round(rows * (1 - share / 100)))
    known = (known - known.mean()) / known.std() * variance**0.5
    column = np.concatenate([known, np.full(round(rows) - len(known), known.mean())])
    require(holds=abs(float(column.var()) - value_of(variant)) < 1e-6 * variance, what="filling a column")


def _smoothed_target(rng: np.random.Generator) -> Variant:
    rows, prior, weight = int(rng.integers(1, 9)), int(rng.integers(5, 40)), int(rng.choice([5, 10, 20]))
    hits = int(rng.integers(0, rows + 1))
    value = (hits + weight * prior / 100) / (rows + weight)
    return number(
        stem=f"A category has {rows} training row(s), of which {hits} churned; over all rows {prior} % churned. Its target encoding is smoothed as if "
        f"{weight} further rows of the **overall** rate stood beside its own. Which value encodes the category?",
        value=value, tolerance_abs=0.002,
        explanation=f"({hits} + {weight} · {prior / 100:g}) / ({rows} + {weight}) = {value:.3f}. Rare categories stay near the overall rate.",
    )  # fmt: skip


def _check_smoothed_target(variant: Variant) -> None:
    rows, hits, prior, weight = numbers_in(variant.stem)
    own, trust = hits / rows, rows / (rows + weight)
    require(holds=abs(trust * own + (1 - trust) * prior / 100 - value_of(variant)) < 1e-9, what="as a weighted mean")


def _independent(rng: np.random.Generator) -> Variant:
    sizes = [int(one) for one in rng.choice(np.arange(2, 6), 3, replace=False)]
    return number(
        stem=f"Three categorical features have {sizes[0]}, {sizes[1]} and {sizes[2]} values, in all combinations. Each is coded by one column a "
        "**value** (one-hot, none dropped), and a column of ones is added. What is the **rank** of the matrix?",
        value=1 + sum(sizes) - 3,
        explanation=f"The columns of each feature sum to the column of ones, so each loses one: 1 + {sum(sizes)} - 3. Without a penalty the "
        "weights of a linear model are then not determined.",
    )  # fmt: skip


def _check_independent(variant: Variant) -> None:
    sizes = [int(one) for one in numbers_in(variant.stem)[:3]]
    rows = [
        np.concatenate([[1.0], *(np.eye(size)[value] for size, value in zip(sizes, row, strict=True))])
        for row in itertools.product(*(range(size) for size in sizes))
    ]
    require(holds=np.linalg.matrix_rank(np.array(rows)) == value_of(variant), what="rank of the matrix")


_LEAKS = {
    "the number of reminders sent for the loan": "“known at some time” is taken for “known at the time of use”",
    "the date on which the account was closed": "a field of the customer's record is taken for one of the application",
    "the fee that was charged for late payment": "an amount in the books is taken for one known before",
}
_SAFE = {
    "the applicant's income as stated in the form": "a strong feature is taken for a leak",
    "the number of earlier loans paid back": "any history of payment is taken for a leak",
    "the day of the week of the application": "any date is taken for a leak",
    "the postcode, coded by the number of past applications from it": "any aggregate is taken for a leak",
    "the branch at which the application was made": "an identifier of a place is taken for a leak",
}
_KNOWN_DAY = {
    "reminders": 40, "closed": 300, "fee": 60, "income": 0, "earlier": -30, "day of the week": 0, "postcode": -1, "branch": 0,
}  # fmt: skip


def _leaky_column(rng: np.random.Generator) -> Variant:
    right = str(rng.choice(list(_LEAKS)))
    wrong = [str(one) for one in rng.choice(list(_SAFE), 3, replace=False)]
    return choice(
        rng,
        stem="A model shall say **at the time of the application** whether a loan will be paid back. The training table was drawn from the "
        "warehouse a year after the loans. Which column must not be a feature?",
        right=right,
        wrong=[(one, _SAFE[one]) for one in wrong],
        explanation="It comes into being only after the decision, and mostly for loans that go wrong: in use it is not there yet.",
    )


def _check_leaky_column(variant: Variant) -> None:
    for option in variant.options:
        day = next(day for words, day in _KNOWN_DAY.items() if words in option.text)
        require(holds=(day > 0) == (option.text == chosen_text(variant)), what=f"day on which {option.text} is known")


def _stratified(rng: np.random.Generator) -> Variant:
    positives, rows = int(rng.integers(2, 12)) * 10, int(rng.choice([400, 500, 800, 1000]))
    share = int(rng.choice([10, 20, 30]))
    return number(
        stem=f"{rows} rows, {positives} of them positive, are split with **stratification** by the class; {share} % go to the test set. How many "
        "positive rows are in the **training** set?",
        value=positives * (100 - share) / 100,
        explanation=f"Both parts keep the share of positives: {positives} · {1 - share / 100:g}.",
    )  # fmt: skip


def _check_stratified(variant: Variant) -> None:
    rows, positives, share = (int(one) for one in numbers_in(variant.stem))
    labels = np.arange(rows) < positives
    test = np.concatenate(
        [group[: len(group) * share // 100] for group in (np.flatnonzero(labels), np.flatnonzero(~labels))]
    )
    require(holds=labels.sum() - labels[test].sum() == value_of(variant), what="drawing each class by itself")


def _memorised_groups(rng: np.random.Generator) -> Variant:
    who, each = (("patient", "scans"), ("speaker", "recordings"), ("machine", "readings"))[int(rng.integers(0, 3))]
    count = int(rng.integers(5, 20))
    return choice(
        rng,
        stem=f"There are {count} {each} of each {who}; all of a {who} have the same label. Rows are split **at random** into training and test. "
        f"In use, every {who} will be new. The accuracy on the test set will be …",
        right=f"too high: the model can recognise the {who}",
        wrong=[
            (f"too low: the model sees fewer {each} of each {who}", "only the amount of data is thought to matter"),
            (
                "about right, since rows were drawn at random",
                "drawing rows at random is thought to make them independent",
            ),
            ("about right, if both parts have the same classes", "stratification is thought to prevent every leak"),
        ],
        explanation=f"Rows of one {who} resemble each other beyond the label. Split by {who}, so that the test has only new ones, as in use.",
    )


def _check_memorised_groups(variant: Variant) -> None:
    rng = np.random.default_rng(4)
    owners = np.repeat(np.arange(60), int(numbers_in(variant.stem)[0]))
    labels = rng.integers(0, 2, 60)[owners]
    rows = rng.normal(size=(60, 8))[owners] + 0.1 * rng.normal(
        size=(len(owners), 8)
    )  # says who it is, nothing of the label
    found = []
    for test in (rng.random(len(owners)) < 0.3, owners < 18):
        near = np.linalg.norm(rows[test][:, None] - rows[~test][None], axis=2).argmin(axis=1)
        found.append((labels[~test][near] == labels[test]).mean())
    require(holds=found[0] > 0.9 and found[1] < 0.8, what="nearest neighbour without any signal")
    require(holds=chosen_text(variant).startswith("too high"), what="the right option")


FAMILIES = (
    family(
        id="data_preparation/scaled-by-training", title="Standardising a test row", loadings={"data_preparation": 1.0, "feature_engineering": 0.6},
        kind=Kind.NUMERIC, level=2, expected_s=70, make=_scaled, verify=_check_scaled,
    ),
    family(
        id="data_preparation/filled-with-the-mean", title="What filling with the mean does to the variance",
        loadings={"data_preparation": 1.0, "statistics": 0.5}, kind=Kind.NUMERIC, level=4, expected_s=90, make=_filled, verify=_check_filled,
    ),
    family(
        id="data_preparation/smoothed-target", title="A smoothed target encoding", loadings={"feature_engineering": 1.0, "data_preparation": 0.7},
        kind=Kind.NUMERIC, level=4, expected_s=100, make=_smoothed_target, verify=_check_smoothed_target,
    ),
    family(
        id="data_preparation/rank-of-one-hot", title="Rank after one-hot coding", loadings={"feature_engineering": 0.9, "linear_algebra": 0.6},
        kind=Kind.NUMERIC, level=4, expected_s=100, make=_independent, verify=_check_independent,
    ),
    family(
        id="data_preparation/known-too-late", title="A column that is known too late", loadings={"data_preparation": 0.9, "validation_design": 0.7},
        kind=Kind.SINGLE, level=2, expected_s=60, make=_leaky_column, verify=_check_leaky_column,
    ),
    family(
        id="data_preparation/stratified", title="A stratified split", loadings={"data_preparation": 0.7, "validation_design": 0.8},
        kind=Kind.NUMERIC, level=1, expected_s=50, make=_stratified, verify=_check_stratified,
    ),
    family(
        id="data_preparation/rows-of-one-owner", title="Rows that belong together", loadings={"validation_design": 1.0, "data_preparation": 0.7},
        kind=Kind.SINGLE, level=3, expected_s=60, make=_memorised_groups, verify=_check_memorised_groups,
    ),
)  # fmt: skip
