import msgspec
import numpy as np
import pytest

from assay.grading.answers import Answer, Answers, Predictions, Status
from assay.grading.errors import TaskError
from assay.grading.folder import read_task
from assay.grading.mark import mark
from assay.grading.metric import CEILING_FLAG, DECOY_FLAG, ORDER_FLAG, SEED_FLAG
from assay.grading.model import Case, Compare, Group, Hidden, MetricPart, Rows, Rule


@pytest.fixture
def task(task_folder):
    return read_task(folder=task_folder())


HIDDEN = Hidden(
    seed=1,
    cases=(
        Case(id="1", group="examples", call="f", expect=[1, 3]),
        Case(id="2", group="ordinary", call="f", expect=5),
        Case(id="3", group="ordinary", call="f", expect=7),
        Case(id="4", group="edges", call="f", raises="ValueError"),
    ),
)


def answers(**changed):
    right = {
        "1": Answer(case="1", value=[1, 3]),
        "2": Answer(case="2", value=5),
        "3": Answer(case="3", value=7),
        "4": Answer(case="4", status=Status.RE, error="ValueError"),
    }
    return Answers(cases=tuple({**right, **{name[1:]: answer for name, answer in changed.items()}}.values()))


def test_all_right_earns_all_points(task):
    marks = mark(task=task, hidden=HIDDEN, answers=answers())
    assert (marks.status, marks.earned, marks.points, marks.share) == (Status.OK, 3, 3, 1)


def test_one_wrong_case_costs_its_group(task):
    marks = mark(task=task, hidden=HIDDEN, answers=answers(_3=Answer(case="3", value=8)))
    assert (marks.status, marks.earned) == (Status.WA, 1)
    assert [(g.name, g.passed, g.cases, g.status) for g in marks.groups] == [
        ("examples", 1, 1, "OK"),
        ("ordinary", 1, 2, "WA"),
        ("edges", 1, 1, "OK"),
    ]
    assert marks.cases[2].detail == "expected 7, got 8"


def test_partial_group_earns_its_share(task):
    groups = {**task.groups, "ordinary": msgspec.structs.replace(task.groups["ordinary"], partial=True)}
    task = msgspec.structs.replace(task, groups=groups)
    marks = mark(task=task, hidden=HIDDEN, answers=answers(_3=Answer(case="3", value=8)))
    assert marks.earned == 2


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        (Answer(case="4", value=None), "must raise ValueError, but gave None"),
        (Answer(case="4", status=Status.RE, error="KeyError"), "must raise ValueError, but raised KeyError"),
    ],
)
def test_error_that_must_be_raised(task, answer, detail):
    marks = mark(task=task, hidden=HIDDEN, answers=answers(_4=answer))
    assert (marks.cases[3].status, marks.cases[3].detail) == (Status.WA, detail)


def test_failure_keeps_its_status_and_words(task):
    marks = mark(task=task, hidden=HIDDEN, answers=answers(_2=Answer(case="2", status=Status.CPU)))
    assert (marks.status, marks.cases[1].detail) == (Status.CPU, "used up its computing time")


def test_our_fault_is_never_counted(task):
    with pytest.raises(TaskError, match="our own fault"):
        mark(task=task, hidden=HIDDEN, answers=answers(_2=Answer(case="2", status=Status.IE)))


@pytest.mark.parametrize("cases", [(), answers().cases[:3], (*answers().cases, Answer(case="2", value=5))])
def test_missing_or_doubled_answers_are_refused(task, cases):
    with pytest.raises(TaskError, match="do not belong"):
        mark(task=task, hidden=HIDDEN, answers=Answers(cases=cases))


def test_findings_earn_their_share(task):
    group = Group(about="Planted defects", partial=True, compare=Compare(rule=Rule.FOUND), points=2)
    task = msgspec.structs.replace(task, groups={"defects": group})
    hidden = Hidden(seed=1, cases=(Case(id="1", group="defects", call="f", expect=[[3], [9, 10], [12]]),))
    marks = mark(task=task, hidden=hidden, answers=Answers(cases=(Answer(case="1", value=[3, 10, 40]),)))
    assert marks.earned == pytest.approx(2 * 2 / 3)


RNG = np.random.default_rng(5)
TRUTH = RNG.integers(0, 2, 2000).astype(float)
SIGNAL = TRUTH + RNG.normal(size=2000)
WEAK = TRUTH + 3 * RNG.normal(size=2000)
ROWS = Rows(inputs=[], truth=TRUTH.tolist(), ceiling=0.9, decoys=(1 - TRUTH).tolist())


@pytest.fixture
def metric_task(task):
    part = MetricPart(metric="roc_auc", points=4, about="Ranks well", pass_at=0.6)
    return msgspec.structs.replace(task, groups={}, metric=part)


def marks_of(metric_task, first, **other):
    hidden = Hidden(seed=1, cases=(), rows=ROWS, baseline=WEAK.tolist(), reference=SIGNAL.tolist())
    predictions = Predictions(first=list(first), **other)
    return mark(task=metric_task, hidden=hidden, answers=Answers(predictions=predictions))


def test_reference_earns_everything(metric_task):
    marks = marks_of(metric_task, SIGNAL, shuffled=SIGNAL.tolist(), again=SIGNAL.tolist())
    assert (marks.status, marks.earned, marks.flags, marks.part_passed("metric")) == (Status.OK, 4, (), True)
    assert marks.metric.value.low < marks.metric.reference < marks.metric.value.high
    assert marks.metric.over_baseline.is_better


def test_baseline_earns_nothing(metric_task):
    marks = marks_of(metric_task, WEAK)
    assert (marks.status, marks.earned, marks.part_passed("metric")) == (Status.WA, 0, False)


def test_noise_above_the_baseline_is_not_better(metric_task):
    nudged = WEAK + 0.02 * SIGNAL
    marks = marks_of(metric_task, nudged)
    assert marks.metric.value.value > marks.metric.baseline
    assert marks.earned == 0 or marks.metric.over_baseline.low > 0


def test_predictions_that_lean_on_other_rows_earn_nothing(metric_task):
    marks = marks_of(metric_task, SIGNAL, shuffled=SIGNAL[::-1].tolist())
    assert (marks.status, marks.earned, marks.flags) == (Status.WA, 0, (ORDER_FLAG,))


def test_second_run_that_differs_is_flagged_and_still_counts(metric_task):
    marks = marks_of(metric_task, SIGNAL, again=(SIGNAL + 0.1).tolist())
    assert (marks.earned, marks.flags) == (4, (SEED_FLAG,))


def test_decoys_and_ceiling_are_flagged(metric_task):
    assert marks_of(metric_task, 1 - TRUTH).flags == (DECOY_FLAG,)
    marks = marks_of(metric_task, TRUTH)
    assert (marks.flags, marks.metric.placed) == ((CEILING_FLAG,), 1.25)


@pytest.mark.parametrize(
    ("first", "status", "detail"),
    [
        (["a"] * 2000, Status.PROTOCOL, "the predictions are not numbers, one a row"),
        ([1.0] * 1999, Status.PROTOCOL, "2000 rows were asked for, 1999 came back"),
        ([float("nan")] * 2000, Status.PROTOCOL, "a prediction is not a finite number"),
        ([10**400] * 2000, Status.PROTOCOL, "the predictions are not numbers, one a row"),
        ([[[1.0]]] * 2000, Status.PROTOCOL, "the predictions have 3 dimensions"),
        ([[1.0], [1.0, 2.0]] * 1000, Status.PROTOCOL, "the predictions are not numbers, one a row"),
        ([[0.5, 0.5]] * 2000, Status.PROTOCOL, "one value a row is wanted, 2 came back"),
    ],
)
def test_predictions_of_a_wrong_shape_are_named(metric_task, first, status, detail):
    marks = marks_of(metric_task, first)
    assert (marks.status, marks.earned) == (status, 0)
    assert marks.metric.detail.startswith(detail)


def test_run_that_failed_keeps_its_status(metric_task):
    hidden = Hidden(seed=1, cases=(), rows=ROWS, baseline=WEAK.tolist(), reference=SIGNAL.tolist())
    failed = Answers(predictions=Predictions(status=Status.OOM))
    marks = mark(task=metric_task, hidden=hidden, answers=failed)
    assert (marks.status, marks.metric.detail) == (Status.OOM, "used up its memory")


def test_task_whose_own_solutions_cannot_be_scored_is_our_fault(metric_task):
    rows = Rows(inputs=[], truth=[1.0] * 2000)
    hidden = Hidden(seed=1, cases=(), rows=rows, baseline=WEAK.tolist(), reference=SIGNAL.tolist())
    with pytest.raises(TaskError, match="the author's own solutions"):
        mark(task=metric_task, hidden=hidden, answers=Answers(predictions=Predictions(first=SIGNAL.tolist())))
