"""Texts that people rate: what reaches the ledger, and what leaves it again."""

import pytest
from django.db import transaction

from assay.accounts.choices import MemberKind
from assay.assessments.choices import Via
from assay.assessments.models import HandIn, TextRating
from assay.assessments.rating import (
    Given,
    IncompleteError,
    RatedError,
    rate_texts,
    sync_ratings,
    texts_of,
    withdraw_ratings,
)
from assay.assessments.selectors import texts_to_read
from assay.assessments.working import hand_in
from assay.audit.models import Event
from assay.competencies.selectors import catalogue_of
from assay.core.errors import ConflictError, InvalidError
from assay.evidence.beliefs import numbers_for, weighty
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import ledger_rows, standing_observations
from assay.evidence.models import Belief, Observation
from assay.items.services import add_version
from assay.people.services import erase_person
from assay.science.belief import ScoredAnswer
from tests.assessments.conftest import RIGHT, publish
from tests.assessments.written import ANCHORS, KEY, WITH_TEXT


@pytest.fixture
def version(organisation, recruiter, now):
    return publish(add_version(organisation=organisation, slug="total", files=WITH_TEXT, member=recruiter, now=now))


@pytest.fixture
def given_in(running, now):
    files = {"solution.py": RIGHT, "notes.md": b"It adds as it goes.\n"}
    return hand_in(attempt=running, files=files, via=Via.EDITOR, now=now)


def person_of(hand_in):
    return hand_in.attempt.sitting.application.person


def rated(given_in, member, now, value=4, reason="It adds as it goes."):
    return rate_texts(hand_in=given_in, given={KEY: Given(value, reason)}, member=member, now=now)


def test_rating_becomes_an_observation_of_its_own(given_in, recruiter, work_off, now):
    [rating] = rated(given_in, recruiter, now)
    row = standing_observations(person_of(given_in)).get()
    assert (row.competency, row.source_kind, row.value) == ("communication", SourceKind.WORK_SAMPLE, 4.0)
    assert row.facts == {
        "event": rating.ref, "attempt": given_in.attempt.ref, "rating": rating.ref, "rater": recruiter.ref,
        "task": given_in.attempt.version.title, "task_version": given_in.attempt.version.ref, "anchor": ANCHORS[3],
        "quote": "It adds as it goes.",
    }  # fmt: skip
    event = Event.objects.get(kind="text.rated")
    assert (event.subject_ref, event.facts["ratings"]) == (given_in.attempt.ref, [rating.ref])
    work_off()
    assert Belief.objects.get(person=person_of(given_in)).is_measured


def test_grading_leaves_what_people_rated(given_in, recruiter, work_off, now):
    rated(given_in, recruiter, now)
    work_off()
    kinds = standing_observations(person_of(given_in)).values_list("competency", flat=True)
    assert sorted(kinds) == ["communication", "python"]
    assert sync_ratings(attempt=given_in.attempt, now=now) == 0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "choose the anchor"),
        ({KEY: Given(None, "because")}, "choose the anchor"),
        ({KEY: Given(6, "because")}, "choose the anchor"),
        ({KEY: Given(3, "  ")}, "which words decided"),
        ({KEY: Given(3, "because"), "solution.py:python": Given(5, "fine")}, "there is no text solution.py:python"),
    ],
)
def test_rating_without_anchor_or_reason_is_kept_nowhere(given_in, recruiter, now, given, says):
    with pytest.raises(IncompleteError, match=says):
        rate_texts(hand_in=given_in, given=given, member=recruiter, now=now)
    assert not TextRating.objects.exists()
    assert not Observation.objects.exists()


def test_nothing_written_is_nothing_to_rate(running, recruiter, now):
    empty = hand_in(attempt=running, files={"solution.py": RIGHT, "notes.md": b" \n"}, via=Via.EDITOR, now=now)
    assert [text.words for text in texts_of(hand_in=empty)] == [""]
    with pytest.raises(IncompleteError, match="there is no text in this hand-in"):
        rate_texts(hand_in=empty, given={}, member=recruiter, now=now)


def test_rating_is_given_once_and_may_be_withdrawn(given_in, recruiter, now):
    rated(given_in, recruiter, now)
    with pytest.raises(RatedError):
        rated(given_in, recruiter, now, value=2)
    with pytest.raises(InvalidError, match="Say why"):
        withdraw_ratings(hand_in=given_in, reason=" ", member=recruiter, now=now)
    assert withdraw_ratings(hand_in=given_in, reason="Read the wrong one", member=recruiter, now=now) == 1
    assert not standing_observations(person_of(given_in)).exists()
    assert Observation.objects.get().retraction.reason.startswith("The rating was withdrawn")
    assert withdraw_ratings(hand_in=given_in, reason="again", member=recruiter, now=now) == 0
    rated(given_in, recruiter, now, value=2)
    assert [row.value for row in standing_observations(person_of(given_in))] == [2.0]
    assert TextRating.objects.count() == 2


def test_two_readers_are_two_observations(given_in, organisation, recruiter, make_member, now):
    other = make_member(organisation, MemberKind.RECRUITER)
    rated(given_in, recruiter, now, value=5)
    rated(given_in, other, now, value=3)
    raters = {row.facts["rater"]: row.value for row in standing_observations(person_of(given_in))}
    assert raters == {recruiter.ref: 5.0, other.ref: 3.0}
    withdraw_ratings(hand_in=given_in, reason="mistaken", member=other, now=now)
    assert [row.facts["rater"] for row in standing_observations(person_of(given_in))] == [recruiter.ref]


def test_hand_in_that_does_not_count_is_not_rated_and_loses_its_ratings(given_in, recruiter, now):
    rated(given_in, recruiter, now)
    HandIn.objects.update(counts=False)
    with transaction.atomic():
        assert sync_ratings(attempt=given_in.attempt, now=now) == 1
    assert not standing_observations(person_of(given_in)).exists()
    with pytest.raises(ConflictError):
        rated(given_in, recruiter, now)


def test_texts_wait_for_whoever_has_not_read_them(given_in, organisation, recruiter, make_member, now):
    other = make_member(organisation, MemberKind.RECRUITER)
    stranger = make_member(organisation, MemberKind.HIRING_MANAGER)
    assert [list(texts_to_read(member=one)) for one in (recruiter, other, stranger)] == [[given_in], [given_in], []]
    rated(given_in, recruiter, now)
    assert [list(texts_to_read(member=one)) for one in (recruiter, other)] == [[], [given_in]]


def test_rated_text_weighs_as_a_scored_answer(given_in, organisation, recruiter, now):
    rated(given_in, recruiter, now)
    columns = ("ref", "competency", "source_kind", "value", "facts", "observed_date", "created_at")
    rows = ledger_rows(standing_observations(person_of(given_in)).values(*columns))
    [(_, seen)] = weighty(rows=rows, numbers=numbers_for(catalogue_of(organisation=organisation)))
    assert isinstance(seen, ScoredAnswer)
    assert (seen.rating, seen.rater) == (4, recruiter.ref)


def test_erased_person_leaves_no_rating(given_in, organisation, recruiter, now):
    rated(given_in, recruiter, now)
    erase_person(person=person_of(given_in), member=recruiter, now=now)
    assert not TextRating.objects.exists()
