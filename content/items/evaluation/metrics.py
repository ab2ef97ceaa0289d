"""Metrics, thresholds and what a changed population does to them."""

import math

import numpy as np

from assay.itembank.making import choice, chosen_text, number, require
from assay.itembank.model import Family, Kind, NumberKey, Variant

SOURCE = "Own work, after the definitions of the metrics"
LICENCE = "Apache-2.0"


def _f1(rng: np.random.Generator) -> Variant:
    hits, misses, false = (int(rng.integers(low, high)) for low, high in ((30, 80), (10, 40), (10, 60)))
    value = 2 * hits / (2 * hits + misses + false)
    return number(
        stem="A classifier of damaged parcels was tested:\n\n"
        f"| | flagged | not flagged |\n| - | - | - |\n| damaged | {hits} | {misses} |\n| whole | {false} | {int(rng.integers(200, 900))} |\n\n"
        "What is its **F1** score for “damaged”?",
        value=value, tolerance_abs=0.006,
        explanation=f"Precision {hits}/{hits + false}, recall {hits}/{hits + misses}; their harmonic mean is {value:.3f}. "
        "Whole parcels that were not flagged do not enter.",
    )  # fmt: skip


def _check_f1(variant: Variant) -> None:
    cells = [int(part) for part in variant.stem.replace("|", " ").split() if part.isdigit()]
    hits, misses, false = cells[:3]
    precision, recall = hits / (hits + false), hits / (hits + misses)
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(2 / (1 / precision + 1 / recall) - variant.key.value) < 1e-9, what="harmonic mean")


def _auc(rng: np.random.Generator) -> Variant:
    labels = [1, 1, 1, 0, 0, 0, 0]
    labels = [labels[place] for place in rng.permutation(7)]
    pairs = [(a, b) for a in range(7) for b in range(7) if labels[a] == 1 and labels[b] == 0]
    value = sum(a < b for a, b in pairs) / len(pairs)
    return number(
        stem="Seven cases, sorted by a model's score, **highest first**; 1 is the positive class:\n\n"
        f"`{' '.join(map(str, labels))}`\n\nWhat is the area under the ROC curve?",
        value=value, tolerance_abs=0.006,
        explanation=f"It is the share of the {len(pairs)} pairs of a positive and a negative case in which the positive one "
        f"stands higher: {sum(a < b for a, b in pairs)}.",
    )  # fmt: skip


def _check_auc(variant: Variant) -> None:
    labels = [int(one) for one in variant.stem.split("`")[1].split()]
    hits, area, positives = 0, 0.0, sum(labels)
    for label in labels:  # the curve as steps: up for a positive, to the right for a negative one
        hits += label
        area += 0 if label else hits / positives / (len(labels) - positives)
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(area - variant.key.value) < 1e-9, what="area of the steps")


def _other_base(rng: np.random.Generator) -> Variant:
    recall, false = int(rng.integers(80, 96)), int(rng.integers(5, 16))
    before, after = int(rng.choice([40, 50])), int(rng.choice([2, 5, 10]))

    def precision(share: int) -> float:
        return share * recall / (share * recall + (100 - share) * false)

    return choice(
        rng,
        stem=f"On a test set with {before} % positives a model has a recall of {recall} %, a false positive rate of {false} % "
        f"and a precision of {precision(before):.0%}. In production only {after} % are positives; the two rates stay. What "
        "is the precision there?",
        right=f"about {precision(after):.0%}",
        wrong=[
            (f"still {precision(before):.0%}: a precision belongs to the model", "precision does not depend on the base rate"),
            (f"about {recall * after / before / 100:.0%}", "precision is recall, scaled by the base rates"),
            (f"about {100 - false} %", "precision is one less the false positive rate"),
        ],
        explanation=f"Of 100 cases {after} are positive: {after * recall / 100:.1f} true alarms against "
        f"{(100 - after) * false / 100:.1f} false ones.",
    )  # fmt: skip


def _check_other_base(variant: Variant) -> None:
    numbers = [int(words.split()[-1]) for words in variant.stem.split(" %")[:-1]]
    recall, false, after = numbers[1] / 100, numbers[2] / 100, numbers[-1] / 100
    rng = np.random.default_rng(2)
    positive = rng.random(400_000) < after
    flagged = rng.random(400_000) < np.where(positive, recall, false)
    require(
        holds=abs(float(positive[flagged].mean()) - float(chosen_text(variant).split()[1].rstrip("%")) / 100) < 0.012,
        what="precision by simulation",
    )


def _lower_threshold(rng: np.random.Generator) -> Variant:
    low, high = sorted(float(one) for one in rng.choice([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], 2, replace=False))
    is_lowered = bool(rng.random() < 0.5)
    model = str(rng.choice(["A fraud model", "A spam filter", "A model of faulty parts", "A triage model"]))
    start, end = (high, low) if is_lowered else (low, high)
    return choice(
        rng,
        stem=f"{model} flags scores of at least {start:g}. You {'lower' if is_lowered else 'raise'} the threshold to {end:g}, and some cases lie in between. "
        "What **must** hold on the same data?",
        right="Recall does not fall" if is_lowered else "Recall does not rise",
        wrong=[
            ("Precision falls" if is_lowered else "Precision rises", "precision always moves against recall"),
            ("Accuracy falls", "accuracy has its best value at the former threshold"),
            ("The area under the ROC curve rises", "the area belongs to a threshold"),
        ],
        explanation="With a lower threshold whatever was flagged stays flagged, and no hit is lost; with a higher one none is added. Precision may move "
        "either way, accuracy too, and the area does not know the threshold.",
    )


def _check_lower_threshold(variant: Variant) -> None:
    rng = np.random.default_rng(4)
    falls, precision_rises = 0, 0
    for _ in range(300):
        scores, truth = rng.random(30), rng.random(30) < 0.5
        high, low = scores >= 0.5, scores >= 0.3
        if not truth.any() or not high.any():
            continue
        falls += truth[low].sum() < truth[high].sum()
        precision_rises += truth[low].mean() > truth[high].mean()
    require(holds=falls == 0 and precision_rises > 0, what="recall never falls, precision sometimes rises")
    word = "fall" if "lower the threshold" in variant.stem else "rise"
    require(holds=chosen_text(variant) == f"Recall does not {word}", what="the right option is about recall")


def _log_loss(rng: np.random.Generator) -> Variant:
    chances = [int(one) / 100 for one in rng.choice([50, 60, 70, 80, 90, 95], 3, replace=False)]
    truth = [int(one) for one in rng.integers(0, 2, 3)]
    value = -sum(math.log(p if y else 1 - p) for p, y in zip(chances, truth, strict=True)) / 3
    rows = "\n".join(f"| {p:g} | {y} |" for p, y in zip(chances, truth, strict=True))
    return number(
        stem=f"| predicted chance of 1 | truth |\n| - | - |\n{rows}\n\nWhat is the mean **log loss** (natural logarithm) of these three predictions?",
        value=value, tolerance_abs=0.011,
        explanation=f"The mean of the negative logarithms of the chances given to what came: {value:.3f}.",
    )  # fmt: skip


def _check_log_loss(variant: Variant) -> None:
    rows = [line.strip("|").split("|") for line in variant.stem.split("\n")[2:] if line.startswith("|")]
    p, y = np.array(rows, dtype=float).T
    assert isinstance(variant.key, NumberKey)
    found = -(y * np.log(p) + (1 - y) * np.log1p(-p)).mean()
    require(holds=abs(float(found) - variant.key.value) < 1e-9, what="the definition over arrays")


FAMILIES = (
    Family(
        id="evaluation/f1-from-a-table", title="F1 from a table of outcomes", domain="evaluation",
        loadings={"evaluation_metrics": 1.0}, kind=Kind.NUMERIC, level=2, expected_s=90, source=SOURCE, licence=LICENCE,
        make=_f1, verify=_check_f1,
    ),
    Family(
        id="evaluation/auc-by-hand", title="Area under the ROC curve as a share of pairs", domain="evaluation",
        loadings={"evaluation_metrics": 1.0}, kind=Kind.NUMERIC, level=4, expected_s=110, source=SOURCE, licence=LICENCE,
        make=_auc, verify=_check_auc,
    ),
    Family(
        id="evaluation/other-base-rate", title="Precision under another base rate", domain="evaluation",
        loadings={"evaluation_metrics": 1.0, "probability": 0.4}, kind=Kind.SINGLE, level=4, expected_s=100, source=SOURCE,
        licence=LICENCE, make=_other_base, verify=_check_other_base,
    ),
    Family(
        id="evaluation/lower-threshold", title="What a lower threshold does", domain="evaluation",
        loadings={"evaluation_metrics": 1.0}, kind=Kind.SINGLE, level=3, expected_s=60, source=SOURCE, licence=LICENCE,
        make=_lower_threshold, verify=_check_lower_threshold,
    ),
    Family(
        id="evaluation/log-loss", title="Log loss by hand", domain="evaluation",
        loadings={"evaluation_metrics": 1.0}, kind=Kind.NUMERIC, level=3, expected_s=90, source=SOURCE, licence=LICENCE,
        make=_log_loss, verify=_check_log_loss,
    ),
)  # fmt: skip
