"""What a role's interviews lack: the mistakes that cost most, named before the first candidate comes."""

from collections.abc import Sequence
from typing import NamedTuple

from assay.competencies.catalogue import Catalogue
from assay.interviews.bank import Question
from assay.interviews.choices import Form
from assay.interviews.kits import AROUND_MINUTES, SOFT
from assay.roles.profile import RoleProfile

MOST_STAGES = 4
"""More interviews than that change hardly any decision, and cost candidates."""


class Stage(NamedTuple):
    """One kit, as far as the lint needs it."""

    title: str
    minutes: int
    panel_size: int
    questions: tuple[Question, ...]
    raters: tuple[int, ...]


class Finding(NamedTuple):
    """One thing to mend; ``rule`` names it for good."""

    rule: str
    says: str


def findings(*, profile: RoleProfile, stages: Sequence[Stage], catalogue: Catalogue) -> list[Finding]:
    """Yield what is missing or wrong, the gravest first. Empty where the plan holds."""
    if not stages:
        return [Finding("no-interviews", "No interview is planned yet. Make a kit: Assay proposes the questions.")]
    asked = [question for stage in stages for question in stage.questions]
    return [
        *_people(stages),
        *_content(asked, catalogue),
        *_must_haves(profile, asked, catalogue),
        *_twice(stages),
        *_time(stages),
    ]


def _people(stages: Sequence[Stage]) -> list[Finding]:
    found = [
        Finding(
            "nobody-to-ask", f"“{stage.title}” has {len(stage.raters)} of {stage.panel_size} interviewers it needs."
        )
        for stage in stages
        if len(stage.raters) < stage.panel_size
    ]
    judges = {rater for stage in stages for rater in stage.raters}
    if len(judges) < 2 or sum(stage.panel_size for stage in stages) < 2:
        says = "One person would judge alone. Add a second interview or a second interviewer who rates on their own."
        found.append(Finding("one-judge", says))
    return found


def _content(asked: Sequence[Question], catalogue: Catalogue) -> list[Finding]:
    found = []
    kinds = {one.id: one.kind for one in catalogue.competencies}
    technical = [one for one in asked if kinds.get(one.competency) != SOFT]
    if len(technical) == len(asked):
        says = "Nothing is asked about working with people. Strong engineers fail there more often than on technique."
        found.append(Finding("no-soft-skills", says))
    if technical and all(one.form == Form.CONCEPT for one in technical):
        says = "Every technical question asks for theory. Ask what they built, or design something together."
        found.append(Finding("only-theory", says))
    if not any(one.form in {Form.DEEP_DIVE, Form.BEHAVIOURAL} for one in asked):
        says = "Nothing is asked about what the candidate has really done. Add a project in depth."
        found.append(Finding("no-past-work", says))
    return found


def _must_haves(profile: RoleProfile, asked: Sequence[Question], catalogue: Catalogue) -> list[Finding]:
    measured = {one.competency for one in asked}
    missing = []
    for demand in profile.demands:
        competency = catalogue.find(demand.competency)
        is_open = demand.is_must_have and not measured & {demand.competency, *demand.alternatives}
        if is_open and competency is not None and "interview" in competency.methods:
            missing.append(competency.name)
    says = f"No interview asks about what the role must have: {', '.join(missing)}. Unless a test or work sample does."
    return [Finding("must-have-unasked", says)] if missing else []


def _twice(stages: Sequence[Stage]) -> list[Finding]:
    seen: dict[str, str] = {}
    found = []
    for stage in stages:
        for question in stage.questions:
            if question.id in seen:
                says = f"“{stage.title}” asks again what “{seen[question.id]}” asks: {question.ask}"
                found.append(Finding("asked-twice", says))
            seen.setdefault(question.id, stage.title)
    return found


def _time(stages: Sequence[Stage]) -> list[Finding]:
    found = []
    for stage in stages:
        needed = sum(question.minutes for question in stage.questions) + AROUND_MINUTES
        if needed > stage.minutes:
            says = f"“{stage.title}” needs {needed} minutes and has {stage.minutes}: the last questions would be cut."
            found.append(Finding("too-little-time", says))
        if not stage.questions:
            found.append(Finding("no-questions", f"“{stage.title}” has no questions yet."))
    if len(stages) > MOST_STAGES:
        says = f"{len(stages)} interviews are planned. After four, another one rarely changes a decision."
        found.append(Finding("too-many", says))
    return found
