"""Metrics of predictions, each for many sets of row weights at once.

A bootstrap replicate is a set of integer weights on the rows, so every metric takes ``weights`` of shape
(replicates, rows) and yields one value a replicate; the plain metric is the one with weights all 1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError

Weighted = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]
CLIP_P = 1e-15


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A named metric: what it wants as predictions, and which way is better."""

    name: str
    label: str
    is_higher_better: bool
    of_weights: Weighted
    """(truth, prediction, weights) -> one value for each row of weights."""
    prediction_columns: str = "one"
    """``one`` value a row, or ``classes``: a probability for each class a row."""

    def value(self, *, truth: FloatArray, prediction: FloatArray) -> float:
        """Yield the plain metric. Raises ScienceError where it is undefined (no positive, one class only)."""
        value = float(self.of_weights(truth, prediction, np.ones((1, len(truth))))[0])
        if not np.isfinite(value):
            raise ScienceError(f"{self.label} is not defined for these rows")
        return value


def metric_named(name: str) -> Metric:
    """Yield the metric of that name. Raises ScienceError for a name that is not in METRICS."""
    try:
        return METRICS[name]
    except KeyError:
        raise ScienceError(f"no metric is called {name!r}; there are {', '.join(sorted(METRICS))}") from None


def _mean(per_row: FloatArray, weights: FloatArray) -> FloatArray:
    mean: FloatArray = weights @ per_row / weights.sum(axis=1)
    return mean


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Divide, with 0/0 as NaN: undefined is said, not guessed."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below != 0)


def _accuracy(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    return _mean((truth == prediction).astype(float), weights)


def _recalls(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    """Recall of each class in the truth; shape (replicates, classes)."""
    columns = [
        _ratio(weights @ ((truth == label) & (prediction == label)).astype(float), weights @ (truth == label))
        for label in np.unique(truth)
    ]
    return np.stack(columns, axis=1)


def _balanced_accuracy(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    recalls = _recalls(truth, prediction, weights)
    # A replicate that drew none of a rare class is scored on the classes that it has.
    mean: FloatArray = np.nanmean(recalls, axis=1)
    return mean


def _f1_of(label: float, truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    hits = weights @ ((truth == label) & (prediction == label)).astype(float)
    named = weights @ (prediction == label).astype(float) + weights @ (truth == label).astype(float)
    return _ratio(2 * hits, named)


def _f1(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    return _f1_of(1.0, truth, prediction, weights)


def _macro_f1(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    labels = np.unique(truth)
    each = np.stack([_f1_of(label, truth, prediction, weights) for label in labels], axis=1)
    mean: FloatArray = np.nanmean(each, axis=1)
    return mean


def _roc_auc(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    """Chance that a positive stands above a negative, ties counted half (Mann & Whitney 1947)."""
    order = np.argsort(prediction, kind="stable")
    ranked, sorted_weights = prediction[order], weights[:, order]
    is_positive = truth[order] == 1
    _, group = np.unique(ranked, return_inverse=True)
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    positives = np.add.reduceat(sorted_weights * is_positive, starts, axis=1)
    negatives = np.add.reduceat(sorted_weights * ~is_positive, starts, axis=1)
    below = np.cumsum(negatives, axis=1) - negatives / 2
    return _ratio((positives * below).sum(axis=1), positives.sum(axis=1) * negatives.sum(axis=1))


def _average_precision(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    """Mean precision over the positives, thresholds at distinct scores, highest first."""
    order = np.argsort(-prediction, kind="stable")
    ranked, sorted_weights = prediction[order], weights[:, order]
    ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    hits = np.cumsum(sorted_weights * (truth[order] == 1), axis=1)[:, ends]
    seen = np.cumsum(sorted_weights, axis=1)[:, ends]
    gained = np.diff(hits, prepend=0, axis=1)
    precision = np.divide(hits, seen, out=np.zeros_like(hits), where=seen > 0)
    return _ratio((gained * precision).sum(axis=1), hits[:, -1])


def _log_loss(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    """Mean of -ln p(true class); one column holds p(1), several one for each class 0, 1, 2 and so on."""
    table = np.column_stack([1 - prediction, prediction]) if prediction.ndim == 1 else prediction
    if truth.max() >= table.shape[1]:
        raise ScienceError(f"a probability for each of {int(truth.max()) + 1} classes is wanted, {table.shape[1]} came")
    table = np.clip(table, CLIP_P, 1)
    table = table / table.sum(axis=1, keepdims=True)
    return _mean(-np.log(table[np.arange(len(truth)), truth.astype(int)]), weights)


def _brier(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    return _mean((prediction - truth) ** 2, weights)


def _rmse(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    return np.sqrt(_mean((prediction - truth) ** 2, weights))


def _mae(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    return _mean(np.abs(prediction - truth), weights)


def _r2(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    total = weights.sum(axis=1)
    centre = weights @ truth / total
    spread = weights @ truth**2 - total * centre**2
    return 1 - _ratio(weights @ (prediction - truth) ** 2, spread)


def _wape(truth: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    """Sum of absolute errors over the sum of absolute truths: a percentage error that stands zeros."""
    return _ratio(weights @ np.abs(prediction - truth), weights @ np.abs(truth))


def _mean_of_rows(_: FloatArray, prediction: FloatArray, weights: FloatArray) -> FloatArray:
    """For tasks that score each row themselves (a query's reciprocal rank, a token's log-loss)."""
    return _mean(prediction, weights)


METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(name="accuracy", label="Accuracy", is_higher_better=True, of_weights=_accuracy),
        Metric(
            name="balanced_accuracy", label="Balanced accuracy", is_higher_better=True, of_weights=_balanced_accuracy
        ),
        Metric(name="f1", label="F1 of class 1", is_higher_better=True, of_weights=_f1),
        Metric(name="macro_f1", label="F1, mean over classes", is_higher_better=True, of_weights=_macro_f1),
        Metric(name="roc_auc", label="Area under the ROC curve", is_higher_better=True, of_weights=_roc_auc),
        Metric(
            name="average_precision", label="Average precision", is_higher_better=True, of_weights=_average_precision
        ),
        Metric(
            name="log_loss",
            label="Log loss",
            is_higher_better=False,
            of_weights=_log_loss,
            prediction_columns="classes",
        ),
        Metric(name="brier", label="Brier score", is_higher_better=False, of_weights=_brier),
        Metric(name="rmse", label="Root mean squared error", is_higher_better=False, of_weights=_rmse),
        Metric(name="mae", label="Mean absolute error", is_higher_better=False, of_weights=_mae),
        Metric(name="r2", label="Share of variance explained", is_higher_better=True, of_weights=_r2),
        Metric(name="wape", label="Weighted absolute percentage error", is_higher_better=False, of_weights=_wape),
        Metric(name="mean_gain", label="Mean over rows", is_higher_better=True, of_weights=_mean_of_rows),
        Metric(name="mean_loss", label="Mean over rows", is_higher_better=False, of_weights=_mean_of_rows),
    )
}
