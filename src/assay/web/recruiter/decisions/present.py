"""A packet in words and pictures."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.decisions.clock import Clock, duration_words
from assay.decisions.models import Case, Decision
from assay.decisions.packet import CompetencyLine, Evidence, Fit, Packet
from assay.decisions.registered import chances_in_twenty
from assay.web.dotplot import dot_plot
from assay.web.shortlist_rows import level_word

PRINTED = (
    ('<svg class="dotplot"', '<svg xmlns="http://www.w3.org/2000/svg"'),
    ('class="dot below"', 'fill="none" stroke="#6a655e" stroke-width="1.3"'),
    ('class="dot"', 'fill="#0d5f5a"'),
    ('class="axis"', 'stroke="#cfc8bb"'),
    ('class="bar"', 'stroke="#1d1c1a" stroke-width="1.5"'),
    ('class="unmeasured"', 'fill="#e7e3da"'),
)
"""What a style sheet says on the page, said in the picture itself for paper."""


class LineShown(NamedTuple):
    """One competency of the role."""

    competency: str
    name: str
    asked: str
    is_must_have: bool
    is_measured: bool
    level: str
    words: str
    picture: SafeString
    said: Sequence[Evidence]
    shown: Sequence[Evidence]
    more: int


class Standing(NamedTuple):
    """One application in a role's list of decisions."""

    application: Application
    name: str
    clock: str
    is_late: bool
    votes: int
    decision: Decision | None


class StretchShown(NamedTuple):
    """Time in one state; ``share`` in hundredths, for the length of a line."""

    label: str
    words: str
    share: int


class Course(NamedTuple):
    """The one clock of an application."""

    words: str
    stretches: Sequence[StretchShown]


def lines_shown(lines: Sequence[CompetencyLine]) -> list[LineShown]:
    """Yield the role's competencies with their pictures."""
    return [_line(one) for one in lines]


def fit_words(fit: Fit | None) -> str:
    """Yield the fit as a sentence."""
    if fit is None or fit.p_above_bar is None:
        return "The role names no level to compare with."
    words = f"{chances_in_twenty(fit.p_above_bar)} chances in 20 of being at or above what the role asks"
    if fit.p_must_haves is not None:
        words += f", {chances_in_twenty(fit.p_must_haves)} in 20 that all must-haves hold together"
    return words + "."


def fit_picture(fit: Fit | None, label: str) -> SafeString:
    """Yield the fit's dot plot; nothing where there is no fit."""
    if fit is None:
        return SafeString("")
    return mark_safe(dot_plot(mean=fit.mean, sd=fit.sd, bar=fit.bar, label=label))  # noqa: S308 -- numbers and an escaped label


def unmeasured(packet: Packet) -> list[str]:
    """Yield the role's competencies that rest on own words at best."""
    return [line.name for line in packet.competencies if not line.is_measured]


def printed(picture: str) -> str:
    """Yield a picture that needs no style sheet."""
    for before, after in PRINTED:
        picture = picture.replace(before, after)
    return picture


def clock_words(application: Application, now: datetime) -> str:
    """Yield how long there is until the promised answer."""
    if application.state in ENDED:
        return "answered"
    days = (application.answer_by - now.date()).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late"
    return "due today" if days == 0 else f"{days} day{'s' if days > 1 else ''} left"


def course_shown(clock: Clock) -> Course:
    """Yield where the time from application to answer went."""
    total = duration_words(clock.total)
    words = f"Answered after {total}" if clock.is_answered else f"{total} so far"
    words += ", within" if clock.is_within else ", beyond"
    return Course(
        words=f"{words} the target of {clock.target_h} hours.",
        stretches=[
            StretchShown(one.label, duration_words(one.time), max(round(one.share * 100), 1)) for one in clock.stretches
        ],
    )


def standing_of(*, application: Application, name: str, now: datetime) -> Standing:
    """Yield where deciding on one application stands; its case, votes and decisions were loaded with it."""
    case: Case | None = getattr(application, "case", None)
    decisions = [one for one in case.decisions.all() if one.reopened_at is None] if case else []
    clock = clock_words(application, now)
    return Standing(
        application=application,
        name=name,
        clock=clock,
        is_late=clock.endswith("late"),
        votes=len(case.votes.all()) if case else 0,
        decision=decisions[0] if decisions else None,
    )


def _line(one: CompetencyLine) -> LineShown:
    asked = level_word(one.asked_level)
    chance = chances_in_twenty(one.p_at_level)
    words = f"about {chance} in 20 that {asked} or higher" if one.is_known else "not measured"
    if one.is_known and not one.is_measured:
        words += ", on their own words alone"
    picture = dot_plot(mean=one.mean, sd=one.sd, bar=one.bar, label=f"{one.name}: {words}", is_measured=one.is_known)
    return LineShown(
        competency=one.competency,
        name=one.name,
        asked=asked,
        is_must_have=one.is_must_have,
        is_measured=one.is_measured,
        level=level_word(one.level) if one.is_known else "not measured",
        words=words,
        picture=mark_safe(picture),  # noqa: S308 -- built from numbers and an escaped label
        said=one.said,
        shown=one.shown,
        more=one.observations - len(one.said) - len(one.shown),
    )
