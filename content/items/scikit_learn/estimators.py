"""What estimators of scikit-learn do with what they are given."""

from collections import Counter
from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after the user guide of scikit-learn"
family = partial(Family, domain="scikit_learn", source=SOURCE, licence="Apache-2.0")


def _class_weight(rng: np.random.Generator) -> Variant:
    rare, common = int(rng.integers(2, 12)) * 10, int(rng.integers(20, 90)) * 10
    value = (rare + common) / (2 * rare)
    return number(
        stem=f'`LogisticRegression(class_weight="balanced")` is fitted on {common} negative and {rare} positive rows. Which weight does a **positive** '
        "row get?",
        value=value, tolerance_abs=0.011,
        explanation=f"Rows over classes times rows of the class: {rare + common} / (2 · {rare}) = {value:.2f}; both classes then weigh the same.",
    )  # fmt: skip


def _check_class_weight(variant: Variant) -> None:
    common, rare = numbers_in(variant.stem)
    positive, negative = np.linalg.solve([[rare, -common], [rare, common]], [0, rare + common])
    require(
        holds=abs(positive - value_of(variant)) < 1e-9 and negative > 0,
        what="equal classes whose weights sum to the rows",
    )


def _columns(rng: np.random.Generator) -> Variant:
    numeric, rest = int(rng.integers(2, 7)), int(rng.integers(1, 5))
    first, second = (int(one) for one in rng.choice(np.arange(3, 9), 2, replace=False))
    return number(
        stem=f"A table has {numeric} numeric columns, a column `colour` with {first} values, a column `region` with {second} values and {rest} other "
        'column(s).\n\n```python\nprepare = ColumnTransformer([\n    ("scale", StandardScaler(), numeric),\n    ("code", OneHotEncoder(), '
        '["colour", "region"]),\n])\n```\n\n`numeric` names the numeric columns. How many columns has the output of `prepare.fit_transform(table)`?',
        value=numeric + first + second,
        explanation=f'{numeric} scaled ones and {first} + {second} from coding. What is not named is dropped, unless `remainder="passthrough"` is given.',
    )  # fmt: skip


def _check_columns(variant: Variant) -> None:
    numeric, first, second, _ = (int(one) for one in numbers_in(variant.stem)[:4])
    rows = np.arange(first * second)
    coded = np.hstack([np.eye(first)[rows % first], np.eye(second)[rows // first], np.zeros((len(rows), numeric))])
    require(holds=coded.shape[1] == value_of(variant), what="columns of the coded table")


_STEPS = {
    "scaler.fit_transform(X_test)": "test data are thought to need a fit of their own",
    "scaler.fit(X_all).transform(X_test)": "statistics of the test rows are thought to do no harm",
    "X_test": "a fitted model is thought to scale its input by itself",
}


def _transform_test(rng: np.random.Generator) -> Variant:
    scaler = str(rng.choice(["StandardScaler", "MinMaxScaler", "RobustScaler", "QuantileTransformer"]))
    model = str(rng.choice(["SVC", "KNeighborsClassifier", "LogisticRegression", "MLPClassifier"]))
    return choice(
        rng,
        stem=f"```python\nscaler = {scaler}()\nmodel = {model}()\nmodel.fit(scaler.fit_transform(X_train), y_train)\nprint(model.score(____, y_test))\n```\n\n"
        "What belongs in the gap?",
        right="scaler.transform(X_test)",
        wrong=list(_STEPS.items()),
        explanation="Test rows must be mapped exactly as the training rows were, by what was learnt from those; a `Pipeline` does it by itself.",
    )


def _check_transform_test(variant: Variant) -> None:
    rng = np.random.default_rng(15)
    train, test = rng.normal(5, 2, (300, 1)), rng.normal(7, 2, (300, 1))  # use drifts away from training
    maps = {
        "scaler.transform(X_test)": (train.mean(), train.std()), "scaler.fit_transform(X_test)": (test.mean(), test.std()),
        "scaler.fit(X_all).transform(X_test)": (np.vstack([train, test]).mean(), np.vstack([train, test]).std()), "X_test": (0.0, 1.0),
    }  # fmt: skip
    border = 6.0  # what the model has learnt, in the units of training
    right = [
        option.text
        for option in variant.options
        if np.array_equal(
            (test - maps[option.text][0]) / maps[option.text][1] > (border - train.mean()) / train.std(), test > border
        )
    ]
    require(holds=right == [chosen_text(variant)], what="the map that keeps the border in its place")


_STRATEGIES = ("most_frequent", "stratified", "uniform")


def _dummy(rng: np.random.Generator) -> Variant:
    strategy = _STRATEGIES[int(rng.integers(0, 3))]
    share = int(rng.choice([10, 20, 30, 40]))
    value = {"most_frequent": 100 - share, "stratified": (share**2 + (100 - share) ** 2) / 100, "uniform": 50}[strategy]
    return number(
        stem=f"{share} % of the rows, in training and in test, belong to class A, the others to class B. Which accuracy, in per cent, is expected of "
        f'`DummyClassifier(strategy="{strategy}")`?',
        value=value, tolerance_abs=0.6, unit="per cent",
        explanation="`most_frequent` always names B, `stratified` draws a class by its share, `uniform` draws both alike: "
        f"here {value:g} %. A model has to beat the best of them.",
    )  # fmt: skip


def _check_dummy(variant: Variant) -> None:
    share, strategy = numbers_in(variant.stem)[0] / 100, variant.stem.split('"')[1]
    rng = np.random.default_rng(16)
    truth, drawn = rng.random(400_000) < share, rng.random(400_000)
    said = {"most_frequent": drawn < 0, "stratified": drawn < share, "uniform": drawn < 0.5}[strategy]
    require(holds=abs(100 * float((said == truth).mean()) - value_of(variant)) < 0.4, what="guessing 400,000 times")


def _neighbours(rng: np.random.Generator) -> Variant:
    while True:
        places = [int(one) for one in rng.choice(np.arange(1, 40), 7, replace=False)]
        labels = [str(one) for one in rng.choice(["A", "B"], 7)]
        asked = int(rng.integers(8, 32))
        by_distance = sorted(zip(places, labels, strict=True), key=lambda one: abs(one[0] - asked))
        gaps = [abs(place - asked) for place, _ in by_distance]
        votes = Counter(label for _, label in by_distance[:3])
        if gaps[2] < gaps[3] and 0 not in gaps and len(votes) == 2 and set(labels) == {"A", "B"}:
            break
    value = votes["A"] / 3
    rows = "\n".join(f"| {place} | {label} |" for place, label in zip(places, labels, strict=True))
    return number(
        stem=f"`KNeighborsClassifier(n_neighbors=3)` was fitted on\n\n| x | class |\n| - | - |\n{rows}\n\nWhat does `predict_proba` give for class **A** at "
        f"x = {asked}?",
        value=value, tolerance_abs=0.006,
        explanation=f"The three nearest are x = {', '.join(str(place) for place, _ in by_distance[:3])}; {votes['A']} of them are A.",
    )  # fmt: skip


def _check_neighbours(variant: Variant) -> None:
    rows = [
        line.strip("| ").split(" | ") for line in variant.stem.split("\n") if line.startswith("|") and line[2].isdigit()
    ]
    places = np.array([float(row[0]) for row in rows])
    nearest = np.argpartition(np.abs(places - numbers_in(variant.stem)[-1]), 3)[:3]
    require(
        holds=abs(np.mean([rows[one][1] == "A" for one in nearest]) - value_of(variant)) < 1e-9,
        what="the three nearest",
    )


FAMILIES = (
    family(
        id="scikit_learn/balanced-weights", title="Weights that balance classes", loadings={"scikit_learn": 1.0, "supervised_learning": 0.5},
        kind=Kind.NUMERIC, level=3, expected_s=70, make=_class_weight, verify=_check_class_weight,
    ),
    family(
        id="scikit_learn/columns-after", title="Columns after a transformer", loadings={"scikit_learn": 1.0, "data_preparation": 0.5},
        kind=Kind.NUMERIC, level=3, expected_s=80, make=_columns, verify=_check_columns,
    ),
    family(
        id="scikit_learn/scaled-test", title="Scaling the test rows", loadings={"scikit_learn": 1.0, "data_preparation": 0.6}, kind=Kind.SINGLE,
        level=1, expected_s=50, make=_transform_test, verify=_check_transform_test,
    ),
    family(
        id="scikit_learn/dummy", title="Accuracy of a dummy", loadings={"scikit_learn": 0.9, "evaluation_metrics": 0.6}, kind=Kind.NUMERIC, level=3,
        expected_s=70, make=_dummy, verify=_check_dummy,
    ),
    family(
        id="scikit_learn/neighbours", title="Probability by three neighbours", loadings={"scikit_learn": 0.8, "supervised_learning": 0.8},
        kind=Kind.NUMERIC, level=2, expected_s=80, make=_neighbours, verify=_check_neighbours,
    ),
)  # fmt: skip
