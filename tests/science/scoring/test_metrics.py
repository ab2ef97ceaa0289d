import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.science.errors import ScienceError, TooLittleDataError
from assay.science.scoring import METRICS, compare, estimate, metric_named, placed

TRUTH = np.array([0, 0, 1, 1, 1, 0, 1, 0], dtype=float)
SCORES = np.array([0.1, 0.4, 0.35, 0.8, 0.9, 0.35, 0.6, 0.2])
LABELS = np.array([0, 1, 0, 1, 1, 0, 1, 0], dtype=float)

# By hand: of 4 x 4 pairs the positive is above in 14, tied in 1, below in 1.
KNOWN = [
    ("accuracy", LABELS, 6 / 8),
    ("balanced_accuracy", LABELS, 3 / 4),
    ("f1", LABELS, 2 * 3 / (4 + 4)),
    ("macro_f1", LABELS, 3 / 4),
    ("roc_auc", SCORES, 14.5 / 16),
    # Thresholds .9 .8 .6 .4 .35: precision 1, 1, 1, 3/4, 4/6; recall gained 1/4 each but at .4.
    ("average_precision", SCORES, (1 + 1 + 1 + 4 / 6) / 4),
    ("brier", LABELS, 2 / 8),
    ("rmse", LABELS, 0.5),
    ("mae", LABELS, 0.25),
    ("r2", LABELS, 1 - 2 / 2),
    ("wape", LABELS, 2 / 4),
    ("mean_gain", SCORES, SCORES.mean()),
]


@pytest.mark.parametrize(("name", "prediction", "expected"), KNOWN, ids=[case[0] for case in KNOWN])
def test_metric_worked_by_hand(name, prediction, expected):
    assert metric_named(name).value(truth=TRUTH, prediction=prediction) == pytest.approx(expected)


def test_log_loss_of_classes_and_of_one_column():
    table = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    assert metric_named("log_loss").value(truth=np.array([0.0, 2.0]), prediction=table) == pytest.approx(
        -(np.log(0.7) + np.log(0.8)) / 2
    )
    assert metric_named("log_loss").value(truth=np.array([0.0, 1.0]), prediction=np.array([0.3, 0.9])) == pytest.approx(
        -(np.log(0.7) + np.log(0.9)) / 2
    )


@pytest.mark.parametrize("name", sorted(METRICS))
@given(seed=st.integers(0, 10_000))
def test_metric_with_weights_is_metric_of_repeated_rows(name, seed):
    rng = np.random.default_rng(seed)
    truth = np.array([0.0, 1.0, *rng.integers(0, 2, 10)])
    metric = METRICS[name]
    raw = np.round(rng.random(12), 1)
    prediction = (
        raw if name in {"roc_auc", "average_precision", "log_loss", "brier", "rmse", "mae", "r2"} else raw > 0.5
    )
    weights = rng.integers(0, 4, 12)
    weights[:2] = 1
    repeated = np.repeat(np.arange(12), weights)
    weighed = metric.of_weights(truth, prediction.astype(float), weights[None].astype(float))[0]
    plain = metric.of_weights(truth[repeated], prediction[repeated].astype(float), np.ones((1, len(repeated))))[0]
    np.testing.assert_allclose(weighed, plain)


def test_interval_half_width_as_the_normal_formula():
    rng = np.random.default_rng(1)
    truth = np.ones(5000)
    prediction = (rng.random(5000) < 0.8).astype(float)
    found = estimate(metric=METRICS["accuracy"], truth=truth, prediction=prediction, rng=rng)
    # 1.96 * sqrt(.8 * .2 / 5000) = .0111
    assert (found.high - found.low) / 2 == pytest.approx(0.0111, abs=0.0012)
    assert found.low < found.value < found.high


def test_interval_covers_the_truth_nineteen_times_of_twenty():
    rng = np.random.default_rng(7)
    covered = 0
    for _ in range(200):
        prediction = (rng.random(400) < 0.7).astype(float)
        found = estimate(metric=METRICS["accuracy"], truth=np.ones(400), prediction=prediction, rng=rng, repeats=300)
        covered += found.low <= 0.7 <= found.high
    assert 180 <= covered <= 199


def test_comparison_is_paired_and_points_up_for_losses():
    rng = np.random.default_rng(3)
    truth = rng.normal(size=3000)
    noise = rng.normal(size=3000)
    mine, theirs = truth + 0.9 * noise, truth + 1.0 * noise
    found = compare(metric=METRICS["rmse"], truth=truth, prediction=mine, other=theirs, rng=rng)
    assert found.is_better
    assert found.difference == pytest.approx(0.1, abs=0.01)
    # The two share their noise: the paired interval is far narrower than the one of either alone.
    alone = estimate(metric=METRICS["rmse"], truth=truth, prediction=mine, rng=rng)
    assert (found.high - found.low) < (alone.high - alone.low) / 3


def test_same_predictions_are_not_better():
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 2, 300).astype(float)
    found = compare(metric=METRICS["accuracy"], truth=truth, prediction=truth, other=truth, rng=rng)
    assert (found.difference, found.low, found.high, found.is_better) == (0, 0, 0, False)


@pytest.mark.parametrize(
    ("prediction", "message"),
    [(np.ones(7), "8 rows were asked for, 7 came back"), (np.full(8, np.nan), "not a finite number")],
)
def test_predictions_that_cannot_be_scored(prediction, message):
    with pytest.raises(ScienceError, match=message):
        estimate(
            metric=METRICS["accuracy"], truth=TRUTH, prediction=prediction, rng=np.random.default_rng(0), repeats=10
        )


def test_one_row_is_too_little():
    with pytest.raises(TooLittleDataError):
        estimate(metric=METRICS["accuracy"], truth=np.ones(1), prediction=np.ones(1), rng=np.random.default_rng(0))


def test_undefined_metric_is_refused():
    with pytest.raises(ScienceError, match="not defined"):
        metric_named("roc_auc").value(truth=np.ones(5), prediction=np.arange(5.0))
    with pytest.raises(ScienceError, match="no metric is called"):
        metric_named("auc")


def test_placed_runs_from_baseline_to_reference():
    assert placed(value=0.8, baseline=0.7, reference=0.9) == pytest.approx(0.5)
    assert placed(value=2.0, baseline=3.0, reference=1.0) == pytest.approx(0.5)
    assert placed(value=0.1, baseline=0.7, reference=0.9) == 0
    assert placed(value=2.0, baseline=0.7, reference=0.9) == 1.25
    with pytest.raises(ScienceError, match="alike"):
        placed(value=1, baseline=1, reference=1)


def test_log_loss_wants_a_column_for_each_class():
    with pytest.raises(ScienceError, match="each of 3 classes is wanted, 2 came"):
        metric_named("log_loss").value(truth=np.array([0.0, 2.0]), prediction=np.full((2, 2), 0.5))
