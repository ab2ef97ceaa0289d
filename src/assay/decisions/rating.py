"""How those who rated one person rate in general, and how far they agreed: to read ratings by, not to judge people."""

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

import msgspec
import numpy as np
from django.db.models import Avg

from assay.applications.models import Application
from assay.interviews.debrief import APART, Debrief
from assay.interviews.models import Rating
from assay.science.agreement import Scale, krippendorff_alpha
from assay.science.errors import ScienceError
from assay.science.raters import RaterReport, fit_severity, rater_reports

MOST_CARDS = 400
"""So many of the latest scorecards of an organisation say how somebody rates."""
MOST_RATINGS = 1000
"""So many of a role's latest ratings say how far people agree."""
LEAST_UNITS = 20
"""Fewer answers that were rated twice say little of how far people agree."""
NOTABLE = 0.3
"""Levels from which severity is spoken of."""


class RaterLine(msgspec.Struct, frozen=True, kw_only=True):
    """One interviewer of this person."""

    name: str
    interviews: int
    """In all, with others' candidates."""
    words: str


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far the panel heard the same."""

    twice: int
    """Answers that two or more people rated."""
    apart: int
    words: str


class _Card(NamedTuple):
    candidate: int
    rater: int
    mean: float


def raters_of_debrief(*, application: Application, debrief: Debrief) -> tuple[RaterLine, ...]:
    """Yield who rated, with how strictly they rate as far as that is known. One query more than the debrief."""
    members = {heard.member.pk: str(heard.member) for answer in debrief.answers for heard in answer.heard}
    if not members:
        return ()
    reports = _reports(_cards(application.organisation_id))
    return tuple(
        RaterLine(
            name=name,
            interviews=reports[pk].interviews if pk in reports else 1,
            words=severity_words(reports.get(pk)),
        )
        for pk, name in members.items()
    )


def severity_words(report: RaterReport | None) -> str:
    """Yield how strictly somebody rates, in words that compare nobody before there is enough to compare."""
    if report is None:
        return "too few interviews yet to say how strictly they rate; the belief allows for it"
    if not report.may_name or report.severity_low * report.severity_high < 0.0:
        low, high = _level_words(report.severity_low), _level_words(report.severity_high)
        between = f"rates {low}" if low == high else f"rates somewhere between {low} and {high}"
        return f"{between}, as far as {report.interviews} interviews show; the belief allows for it"
    way = "more strictly" if report.severity > 0 else "more mildly"
    size = "clearly " if abs(report.severity) >= 2 * NOTABLE else "a little "
    return f"rates {size}{way} than others; the belief takes that into account"


def agreement_of(*, application: Application, debrief: Debrief) -> Agreement | None:
    """Yield how far those who heard the same answers agreed; None where nobody rated twice. One query more."""
    twice = [answer for answer in debrief.answers if len(answer.heard) > 1]
    if not twice:
        return None
    apart = sum(answer.is_apart for answer in twice)
    words = f"{len(twice)} answer{'s' if len(twice) > 1 else ''} rated by more than one person; "
    words += f"{apart} heard {APART} anchors or more apart" if apart else "none heard far apart"
    alpha = _alpha(application.role_id)
    if alpha is not None:
        how = "well" if alpha >= 0.8 else "fairly" if alpha >= 0.667 else "weakly: a calibration session would help"
        words += f". Over all interviews of this role people agree {how}"
    return Agreement(twice=len(twice), apart=apart, words=words)


def _alpha(role_id: int) -> float | None:
    """Yield how far a role's interviewers agree beyond chance; None under twenty answers that were rated twice."""
    rows = Rating.objects.filter(
        value__isnull=False, scorecard__recorded_at__isnull=False, scorecard__is_training=False,
        scorecard__interview__application__role_id=role_id,
    ).order_by("-scorecard_id")  # fmt: skip
    units: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    names = ("scorecard__interview_id", "question", "scorecard__member_id", "value")
    for interview, question, member, value in rows.values_list(*names)[:MOST_RATINGS]:
        units[interview, question][member] = value or 0
    twice = [rated for rated in units.values() if len(rated) > 1]
    if len(twice) < LEAST_UNITS:
        return None
    members = sorted({member for rated in twice for member in rated})
    ratings = np.array([[rated.get(member, np.nan) for rated in twice] for member in members])
    try:
        return krippendorff_alpha(ratings=ratings, scale=Scale.ORDINAL)
    except ScienceError:
        return None


def _cards(organisation_id: int) -> tuple[_Card, ...]:
    """Yield the latest scorecards that count, each as the mean of its ratings."""
    rated = Rating.objects.filter(
        value__isnull=False, scorecard__recorded_at__isnull=False, scorecard__is_training=False,
        scorecard__interview__organisation_id=organisation_id,
    ).order_by()  # fmt: skip
    rows = rated.values_list("scorecard_id", "scorecard__interview__application_id", "scorecard__member_id")
    latest = rows.annotate(mean=Avg("value")).order_by("-scorecard_id")[:MOST_CARDS]
    return tuple(_Card(application, member, float(mean)) for _, application, member, mean in latest)


@lru_cache(maxsize=64)
def _reports(cards: tuple[_Card, ...]) -> dict[int, RaterReport]:
    """Yield each rater's report; nothing where there is too little to tell severity from the candidates."""
    if not cards:
        return {}
    candidates, candidate = np.unique([card.candidate for card in cards], return_inverse=True)
    raters, rater = np.unique([card.rater for card in cards], return_inverse=True)
    rating = np.array([card.mean for card in cards])
    if len(candidates) < 2:
        return {}
    try:
        model = fit_severity(candidate=candidate, rater=rater, rating=rating)
        found = rater_reports(model=model, rater=rater, rating=rating)
    except ScienceError:
        return {}
    return {int(raters[one.rater]): one for one in found}


def _level_words(severity: float) -> str:
    if abs(severity) < NOTABLE:
        return "as others do"
    size = "clearly " if abs(severity) >= 2 * NOTABLE else "a little "
    return size + ("more strictly than others" if severity > 0 else "more mildly than others")
