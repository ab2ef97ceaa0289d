"""What the team looks at together: open only when every scorecard is in."""

from collections import defaultdict
from typing import NamedTuple

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.interviews.bank import Question
from assay.interviews.choices import InterviewState
from assay.interviews.kits import questions_of
from assay.interviews.models import Interview, Rating, Scorecard
from assay.interviews.selectors import missing_scorecards

APART = 2
"""Anchors between two ratings of one answer from which they are talked about."""


class Awaited(NamedTuple):
    """Scorecards that are missing of one interview."""

    interview: Interview
    members: tuple[Member, ...]


class Heard(NamedTuple):
    """What one interviewer chose and wrote of one answer."""

    member: Member
    value: int
    anchor: str
    quote: str


class Answer(NamedTuple):
    """One question, with everybody's ratings of the answer."""

    question: Question
    heard: tuple[Heard, ...]
    is_apart: bool
    """Whether two ratings lie so far apart that the words behind them should be compared."""


class Debrief(NamedTuple):
    """All interviews of one application. No answers while a scorecard is missing."""

    held: tuple[Interview, ...]
    coming: tuple[Interview, ...]
    awaited: tuple[Awaited, ...]
    answers: tuple[Answer, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether there is something to look at, and nothing is missing."""
        return bool(self.held) and not self.awaited


def debrief_of(*, application: Application) -> Debrief:
    """Yield where an application's interviews stand. Ratings of people in training are left out."""
    interviews = list(
        Interview.objects.filter(application=application).select_related("kit", "organisation").order_by("starts_at")
    )
    held = tuple(one for one in interviews if one.state == InterviewState.DONE)
    states = {InterviewState.INVITED, InterviewState.HELD, InterviewState.BOOKED}
    coming = tuple(one for one in interviews if one.state in states)
    awaited = tuple(Awaited(one, tuple(missing)) for one in held if (missing := missing_scorecards(interview=one)))
    answers = () if awaited else tuple(answer for one in held for answer in _answers(one))
    return Debrief(held, coming, awaited, answers)


def _answers(interview: Interview) -> list[Answer]:
    cards = Scorecard.objects.filter(interview=interview, is_training=False, handed_in_at__isnull=False)
    by_question: dict[str, list[Rating]] = defaultdict(list)
    rated = Rating.objects.filter(scorecard__in=cards, value__isnull=False).select_related("scorecard__member__user")
    for rating in rated:
        by_question[rating.question].append(rating)
    return [_answer(question, by_question[question.id]) for question in questions_of(interview.kit)]


def _answer(question: Question, ratings: list[Rating]) -> Answer:
    heard = tuple(
        Heard(one.scorecard.member, one.value, question.anchors[one.value - 1], one.quote)
        for one in ratings
        if one.value is not None
    )
    values = [one.value for one in heard]
    return Answer(question, heard, bool(values) and max(values) - min(values) >= APART)
