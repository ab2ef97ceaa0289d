"""The next best step for one candidate, or that there is enough to decide."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from assay.applications.models import Application
from assay.decisions.weighing import Weighed
from assay.evidence.choices import SourceKind
from assay.interviews.choices import InterviewState, KitState
from assay.interviews.kits import questions_of
from assay.interviews.models import Interview, Kit
from assay.science.nextstep import Assessment, interview, knowledge_test, plan_steps, work_sample

TEST_MIN, SAMPLE_MIN, TALK_MIN = 30.0, 90.0, 45.0
WRITE_UP_MIN = 15.0
TEST_SD = 0.55
MOST_AREAS = 4
RARELY = 0.05
"""A step that turns the comparison less often than this asks for people's time without telling them much."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What to do next. ``kind`` is "interview", "test", "work_sample" or "enough"."""

    kind: str
    title: str
    minutes: int = 0
    why: str = ""


class _Option(NamedTuple):
    kind: str
    title: str
    assessment: Assessment


ENOUGH = Step(
    kind="enough",
    title="Enough to decide",
    why="Whatever is left would turn the comparison with the role in fewer than 1 of 20 cases, or is not worth its "
    "minutes.",
)


def next_step(*, application: Application, found: Weighed, raters: int, least_raters: int) -> Step | None:
    """Yield the next best step; None where the role names no level to decide against.

    Interviews come first while fewer people rated than the rule asks for and the person is above the bar.
    """
    if found.role is None or found.fit is None or found.fit.bar is None:
        return None
    options = _options(application, found)
    if not options:
        return ENOUGH
    is_left = np.ones((1, len(options)), dtype=np.bool_)
    required = np.array([[one.kind == "interview" and raters < least_raters for one in options]])
    plan = plan_steps(
        means=np.array([found.fit.mean]),
        covariances=found.live.belief.covariance[None],
        direction=found.role.direction,
        assessments=[one.assessment for one in options],
        is_left=is_left,
        thresholds=np.array([found.fit.bar]),
        is_required=required,
    )
    if not plan.steps or (plan.steps[0].p_change < RARELY and not plan.steps[0].is_required):
        return ENOUGH
    best = plan.steps[0]
    chosen = options[best.assessment]
    return Step(
        kind=chosen.kind,
        title=chosen.title,
        minutes=round(chosen.assessment.candidate_min),
        why=_why(best.p_change, is_required=best.is_required, is_bundle=best.is_bundle),
    )


def change_words(p_change: float) -> str:
    """Yield how often a step turns a decision, in words."""
    tenths = round(p_change * 10)
    return f"in about {tenths} of 10 cases" if tenths else "in about 1 of 20 cases"


def _why(p_change: float, *, is_required: bool, is_bundle: bool) -> str:
    change = change_words(p_change)
    together = " together with what would follow it" if is_bundle else ""
    first = "The rule asks for more people who rated independently. " if is_required else ""
    return f"{first}It would turn the comparison with the role{together} {change}."


def _options(application: Application, found: Weighed) -> list[_Option]:
    """Yield what may still be done: the role's interviews that were not held, a test and a work sample."""
    return [*_interviews(application, found), *_by_method(found)]


def _interviews(application: Application, found: Weighed) -> list[_Option]:
    kits = list(Kit.objects.filter(role_id=application.role_id, state=KitState.ACTIVE))
    over = {InterviewState.CANCELLED, InterviewState.NO_SHOW}
    titles = set(
        Interview.objects.filter(application=application).exclude(state__in=over).values_list("kit__title", flat=True)
    )
    options = [
        _interview(found, f"interview “{kit.title}”", [one.competency for one in questions_of(kit)], kit.minutes,
                   panel=kit.panel_size)
        for kit in kits
        if kit.title not in titles
    ]  # fmt: skip
    if not kits:
        open_areas = _least_known(found, "interview")
        options.append(_interview(found, f"structured interview on {_names(found, open_areas)}", open_areas, TALK_MIN))
    return [one for one in options if one is not None]


def _interview(
    found: Weighed, title: str, competencies: Sequence[str], minutes: float, *, panel: int = 1
) -> _Option | None:
    places = _places(found, competencies)
    if not places:
        return None
    made = interview(
        name=title, competencies=places, size=len(found.live.numbers.ids), parameters=found.live.numbers.parameters,
        candidate_min=float(minutes), staff_min=panel * (minutes + WRITE_UP_MIN),
    )  # fmt: skip
    return _Option("interview", title, made)


def _by_method(found: Weighed) -> list[_Option]:
    size, parameters = len(found.live.numbers.ids), found.live.numbers.parameters
    seen = {(row.competency, row.source_kind) for row in found.live.rows}
    tested = {name for name, kind in seen if kind == SourceKind.TEST_ITEM}
    sampled = {name for name, kind in seen if kind in {SourceKind.WORK_SAMPLE, SourceKind.EXERCISE}}
    options = []
    if (test := [name for name in _least_known(found, "test") if name not in tested]) and not tested:
        title = f"knowledge test on {_names(found, test)}"
        options.append(
            _Option("test", title, knowledge_test(name=title, competencies=_places(found, test), size=size,
                                                  target_sd=TEST_SD, minutes=TEST_MIN))
        )  # fmt: skip
    if (sample := [name for name in _least_known(found, "work_sample") if name not in sampled]) and not sampled:
        title = f"work sample on {_names(found, sample)}"
        options.append(
            _Option("work_sample", title, work_sample(
                name=title, competencies=_places(found, sample), size=size, parameters=parameters,
                candidate_min=SAMPLE_MIN, staff_min=WRITE_UP_MIN))
        )  # fmt: skip
    return options


def _least_known(found: Weighed, method: str) -> list[str]:
    """Yield the role's competencies that a method can measure, those without evidence first, the heaviest first."""
    able = [name for name in found.demanded if method in found.live.catalogue.competency(name).methods]
    return sorted(able, key=lambda name: found.evidence.get(name, 0) > 0)[:MOST_AREAS]


def _places(found: Weighed, names: Sequence[str]) -> list[int]:
    known = {name: place for place, name in enumerate(found.live.numbers.ids)}
    return [known[name] for name in dict.fromkeys(names) if name in known]


def _names(found: Weighed, names: Sequence[str]) -> str:
    words = [found.live.catalogue.competency(name).name for name in names]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
