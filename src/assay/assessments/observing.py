"""Marks become observations: a pure function of marks, the author's level and one version of the numbers."""

from functools import cache
from typing import Any, NamedTuple

import msgspec
import yaml

from assay.core.content import content_path
from assay.evidence.choices import SourceKind
from assay.grading.model import Family

MIDDLE_LEVEL = 3


class ExerciseNumbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A graded answer: shares of points that each category begins at, and how far from the author's level."""

    cuts: tuple[float, ...]
    offsets: tuple[float, ...]
    discrimination: float
    discrimination_reference: str
    tag: str
    reference: str


class WorkSampleNumbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far all points lie above the author's level, in levels."""

    spread: float
    tag: str
    reference: str


class LeastLoading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which loading on a task shows a competency."""

    value: float
    tag: str
    reference: str


class TaskNumbers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """content/sources/tasks.yaml."""

    version: str
    exercise: ExerciseNumbers
    work_sample: WorkSampleNumbers
    least_loading: LeastLoading


class Seen(NamedTuple):
    """What a score says of one competency."""

    competency: str
    source_kind: SourceKind
    value: float
    facts: dict[str, Any]


@cache
def shipped_numbers() -> TaskNumbers:
    """Yield the numbers that ship with Assay."""
    text = (content_path() / "sources" / "tasks.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), TaskNumbers)


def observations_of(
    *, family: str, level: int, loadings: dict[str, float], share: float, event: str, numbers: TaskNumbers
) -> list[Seen]:
    """Yield an observation for every competency that the task shows well enough, strongest first.

    Parameters
    ----------
    level
        The author's, 1 to 5; the middle level is ability 0.
    share
        Of the points, 0 to 1.
    event
        What is shared by the observations of one attempt: a good or a bad day.
    """
    ability = float(level - MIDDLE_LEVEL)
    shown = [(name, load) for name, load in loadings.items() if load >= numbers.least_loading.value]
    common = {"event": event, "share": share, "level": level, "numbers": numbers.version}
    found = []
    for name, loading in sorted(shown, key=lambda one: (-one[1], one[0])):
        if family == Family.WORK_SAMPLE:
            value = ability + numbers.work_sample.spread * (2 * share - 1)
            found.append(Seen(name, SourceKind.WORK_SAMPLE, value, {**common, "loading": loading}))
        else:
            exercise = numbers.exercise
            category = sum(share >= cut - 1e-9 for cut in exercise.cuts)
            facts = {
                **common,
                "loading": loading,
                "discrimination": exercise.discrimination * loading,
                "difficulties": [ability + offset for offset in exercise.offsets],
            }
            found.append(Seen(name, SourceKind.EXERCISE, float(category), facts))
    return found
