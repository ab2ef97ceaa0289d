"""Interviews in words, worked out before a template sees them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assay.accounts.models import Organisation
from assay.competencies.selectors import catalogue_of
from assay.interviews.bank import Question
from assay.interviews.choices import Form, InterviewState
from assay.interviews.kits import questions_of
from assay.interviews.models import Interview, Kit, Scorecard
from assay.interviews.telling import when_words
from assay.web.access import MemberRequest
from assay.web.blind import blinded_name, is_blind


class Row(NamedTuple):
    """One interview in a list."""

    interview: Interview
    name: str
    when: str
    state: str


class QuestionShown(NamedTuple):
    """A question with the names of its competency and form."""

    id: str
    number: int
    competency: str
    form: str
    minutes: int
    ask: str
    follow_ups: tuple[str, ...]
    anchors: tuple[str, ...]


class RatingShown(NamedTuple):
    """One rating as a sentence: the anchor that was chosen, and the words behind it."""

    ask: str
    anchor: str
    quote: str


class CardShown(NamedTuple):
    """One scorecard."""

    card: Scorecard
    ratings: tuple[RatingShown, ...]


def rows_shown(interviews: Iterable[Interview], *, request: MemberRequest, zone: str) -> list[Row]:
    """Yield the rows of a list; times by the member's own clock."""
    blind = is_blind(request)
    found = []
    for one in interviews:
        person = one.application.person
        has_time = one.starts_at and one.ends_at and one.state != InterviewState.INVITED
        when = when_words(one.starts_at, one.ends_at, zone) if has_time and one.starts_at and one.ends_at else ""
        name = blinded_name(person) if blind else str(person)
        found.append(Row(one, name, when, InterviewState(one.state).label))
    return found


def questions_shown(questions: Sequence[Question], *, organisation: Organisation) -> list[QuestionShown]:
    """Yield questions for people."""
    names = {one.id: one.name for one in catalogue_of(organisation=organisation).competencies}
    return [
        QuestionShown(
            id=one.id, number=number, competency=names.get(one.competency, one.competency), form=Form(one.form).label,
            minutes=one.minutes, ask=one.ask, follow_ups=one.follow_ups, anchors=one.anchors,
        )
        for number, one in enumerate(questions, 1)
    ]  # fmt: skip


def cards_shown(cards: Sequence[Scorecard], *, kit: Kit) -> list[CardShown]:
    """Yield scorecards, each rating by its anchor's words; never a number on a person."""
    asked = {one.id: one for one in questions_of(kit)}
    return [
        CardShown(
            card,
            tuple(
                RatingShown(
                    asked[one.question].ask,
                    asked[one.question].anchors[one.value - 1] if one.value else "Not asked, or not heard.",
                    one.quote,
                )
                for one in card.ratings.all()
                if one.question in asked
            ),
        )
        for card in cards
    ]
