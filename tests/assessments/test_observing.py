"""Marks become observations."""

import pytest

from assay.assessments.observing import observations_of, shipped_numbers
from assay.evidence.choices import SourceKind

LOADINGS = {"python": 0.5, "statistics": 0.9, "git": 0.1}


def seen(family, share, level=3):
    return observations_of(
        family=family, level=level, loadings=LOADINGS, share=share, event="e1", numbers=shipped_numbers()
    )


def test_only_what_the_task_shows_well_enough_is_observed_strongest_first():
    assert [one.competency for one in seen("exercise", 1.0)] == ["statistics", "python"]


@pytest.mark.parametrize(("share", "category"), [(0, 0), (0.24, 0), (0.25, 1), (0.6, 2), (0.99, 2), (1.0, 3)])
def test_exercise_is_a_graded_answer(share, category):
    one = seen("exercise", share)[0]
    assert (one.source_kind, one.value) == (SourceKind.EXERCISE, category)


def test_difficulties_rise_and_follow_the_level():
    easy, hard = (seen("exercise", 1.0, level=level)[0].facts["difficulties"] for level in (1, 5))
    assert easy == sorted(easy)
    assert [after - before for before, after in zip(easy, hard, strict=True)] == pytest.approx([4.0] * 3)


@pytest.mark.parametrize(("share", "value"), [(0.0, -1.5), (0.5, 0.0), (1.0, 1.5)])
def test_work_sample_lies_around_the_level(share, value):
    one = seen("work_sample", share)[0]
    assert (one.source_kind, one.value) == (SourceKind.WORK_SAMPLE, pytest.approx(value))


def test_what_is_shown_less_says_less():
    strong, weak = seen("exercise", 1.0)
    assert strong.facts["discrimination"] > weak.facts["discrimination"]
