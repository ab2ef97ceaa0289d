"""The metric part of a task: predictions on hidden rows, held against baseline and reference."""

import msgspec
import numpy as np

from assay.grading.answers import STATUS_WORDS, Answers, Predictions, Status
from assay.grading.errors import TaskError
from assay.grading.model import Hidden, MetricPart, Rows, Task
from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError
from assay.science.scoring import Comparison, Estimate, Metric, compare, estimate, metric_named, placed

ORDER_FLAG = "order-dependent"
SEED_FLAG = "not-reproducible"
DECOY_FLAG = "decoy-labels"
CEILING_FLAG = "above-ceiling"
DECOY_AGREEMENT = 0.9
"""Share of rows on which predictions follow the decoys before it is worth a look."""

FLAG_WORDS = {
    ORDER_FLAG: "The prediction of a row depends on which rows stand around it",
    SEED_FLAG: "A second run with the same seed predicted otherwise",
    DECOY_FLAG: "The predictions follow labels that were laid where only a search for them would look",
    CEILING_FLAG: "The score is above what the way the data were made allows",
}


class MetricMark(msgspec.Struct, frozen=True, kw_only=True):
    """A metric with its interval, and where it stands between baseline and reference."""

    metric: str
    label: str
    about: str
    status: Status
    points: float
    earned: float
    pass_at: float
    placed: float = 0.0
    value: Estimate | None = None
    baseline: float = 0.0
    reference: float = 0.0
    over_baseline: Comparison | None = None
    detail: str = ""
    flags: tuple[str, ...] = ()

    @property
    def has_passed(self) -> bool:
        """Whether it is a prediction row by row, surely above the baseline and far enough towards the reference."""
        return (
            self.over_baseline is not None
            and self.over_baseline.is_better
            and self.placed >= self.pass_at
            and ORDER_FLAG not in self.flags
        )


def metric_mark(*, task: Task, hidden: Hidden, answers: Answers) -> MetricMark | None:
    """Yield the mark of the metric part, or None where the task has none.

    Raises
    ------
    TaskError
        The hidden rows cannot be scored even with the author's own solutions.
    """
    part = task.metric
    if part is None:
        return None
    if hidden.rows is None or hidden.baseline is None or hidden.reference is None:
        raise TaskError("the hidden rows were not prepared")
    predictions = answers.predictions or Predictions(status=Status.PROTOCOL, detail="no predictions came back")
    if predictions.status is not Status.OK or predictions.first is None:
        return _failed(part, predictions.status, predictions.detail)
    truth = _numbers(hidden.rows.truth)
    try:
        prediction = _shaped(_numbers(predictions.first), len(truth), metric_named(part.metric))
    except ScienceError as error:
        return _failed(part, Status.PROTOCOL, str(error))
    return _scored(part, hidden, truth, prediction, _flags(part, hidden.rows, predictions, prediction))


def _failed(part: MetricPart, status: Status, detail: str) -> MetricMark:
    status = Status.PROTOCOL if status is Status.OK else status
    return MetricMark(
        metric=part.metric,
        label=metric_named(part.metric).label,
        about=part.about,
        status=status,
        points=part.points,
        earned=0.0,
        pass_at=part.pass_at,
        detail=detail or STATUS_WORDS[status],
    )


def _scored(
    part: MetricPart, hidden: Hidden, truth: FloatArray, prediction: FloatArray, flags: tuple[str, ...]
) -> MetricMark:
    metric = metric_named(part.metric)
    assert hidden.baseline is not None  # noqa: S101 - checked by the caller, for the type checker
    assert hidden.reference is not None  # noqa: S101 - as above
    baseline, reference = _numbers(hidden.baseline), _numbers(hidden.reference)
    try:
        low = metric.value(truth=truth, prediction=baseline)
        high = metric.value(truth=truth, prediction=reference)
    except ScienceError as error:
        raise TaskError(f"the author's own solutions cannot be scored: {error}") from error
    rng = np.random.default_rng(hidden.seed)
    try:
        found = estimate(metric=metric, truth=truth, prediction=prediction, rng=rng)
        better = compare(metric=metric, truth=truth, prediction=prediction, other=baseline, rng=rng)
    except ScienceError as error:
        return _failed(part, Status.PROTOCOL, str(error))
    share = placed(value=found.value, baseline=low, reference=high)
    ceiling = hidden.rows.ceiling if hidden.rows else None
    if ceiling is not None and (found.low > ceiling if metric.is_higher_better else found.high < ceiling):
        flags = (*flags, CEILING_FLAG)
    # A prediction that needs the other rows of the test cannot be made when the rows come one by one: it earns nothing.
    earned = share if better.is_better and ORDER_FLAG not in flags else 0.0
    mark = MetricMark(
        metric=part.metric,
        label=metric.label,
        about=part.about,
        status=Status.OK,
        points=part.points,
        earned=part.points * min(earned, 1.0),
        pass_at=part.pass_at,
        placed=share,
        value=found,
        baseline=low,
        reference=high,
        over_baseline=better,
        detail=FLAG_WORDS[ORDER_FLAG] if ORDER_FLAG in flags else "",
        flags=flags,
    )
    return mark if mark.has_passed else msgspec.structs.replace(mark, status=Status.WA)


def _flags(part: MetricPart, rows: Rows, predictions: Predictions, first: FloatArray) -> tuple[str, ...]:
    flags = []
    if part.chunk_invariant and predictions.shuffled is not None and not _agree(first, predictions.shuffled, part):
        flags.append(ORDER_FLAG)
    if part.same_again and predictions.again is not None and not _agree(first, predictions.again, part):
        flags.append(SEED_FLAG)
    if rows.decoys is not None and _follows(first, rows):
        flags.append(DECOY_FLAG)
    return tuple(flags)


def _agree(first: FloatArray, other: list[object], part: MetricPart) -> bool:
    try:
        second = _numbers(other)
    except ScienceError:
        return False
    return first.shape == second.shape and bool(np.all(np.abs(first - second) <= part.tolerance * (1 + np.abs(first))))


def _follows(first: FloatArray, rows: Rows) -> bool:
    """Whether the predictions follow the decoys where these differ from the truth."""
    decoys, truth = _numbers(rows.decoys or []), _numbers(rows.truth)
    told_apart = decoys != truth
    named = first.argmax(axis=1) if first.ndim == 2 else np.round(first)
    return bool(told_apart.any()) and float(np.mean(named[told_apart] == decoys[told_apart])) > DECOY_AGREEMENT


def _shaped(prediction: FloatArray, rows: int, metric: Metric) -> FloatArray:
    """Yield the predictions themselves. Raises ScienceError unless there is one a row, of the metric's width."""
    if len(prediction) != rows:
        raise ScienceError(f"{rows} rows were asked for, {len(prediction)} came back")
    if prediction.ndim == 2 and metric.prediction_columns == "one":
        raise ScienceError(f"one value a row is wanted, {prediction.shape[1]} came back")
    return prediction


def _numbers(values: object) -> FloatArray:
    """Yield numbers of shape (rows,) or (rows, classes). Raises ScienceError for anything else."""
    try:
        table = np.asarray(values, dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        raise ScienceError("the predictions are not numbers, one a row") from error
    if table.ndim not in {1, 2}:
        raise ScienceError(
            f"the predictions have {table.ndim} dimensions; one value or one row of values a row is right"
        )
    if not np.isfinite(table).all():
        raise ScienceError("a prediction is not a finite number")
    return table
