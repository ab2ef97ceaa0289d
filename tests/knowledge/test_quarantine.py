"""A family that was passed on is set aside by itself, once, and comes back when a person says so."""

from datetime import timedelta

import pytest

from assay.audit.models import Event
from assay.knowledge.calibrating import has_new_answers
from assay.knowledge.choices import FamilyState
from assay.knowledge.models import Asked, Estimate, FamilyNote
from assay.knowledge.quarantine import quarantine_leaks
from assay.knowledge.services import note_family
from assay.knowledge.tasks import estimate_again, watch_for_leaks
from tests.knowledge.test_calibrating import FAMILIES, TRUTH, many_takings

LEAKED = FAMILIES[1]


@pytest.fixture
def answers(knowledge_test, now):
    """Eighty people have answered three families; parameters are the true ones."""
    many_takings(knowledge_test, 80, now)
    for family in FAMILIES:
        Asked.objects.filter(family=family).update(discrimination=1.5, difficulty=TRUTH[family])
    for minutes, one in enumerate(Asked.objects.order_by("pk")):
        Asked.objects.filter(pk=one.pk).update(answered_at=now + timedelta(minutes=minutes))


def leak(now):
    Asked.objects.filter(family=LEAKED, answered_at__gt=now + timedelta(minutes=60)).update(category=1)


def test_sound_families_stay(answers, now):
    assert quarantine_leaks(now=now) == []


def test_leaked_family_is_set_aside_once_with_a_reason(answers, knowledge_test, now):
    leak(now)
    found = quarantine_leaks(now=now)
    assert [(one.organisation, one.family) for one in found] == [(knowledge_test.organisation, LEAKED)]
    note = FamilyNote.objects.get()
    assert (note.state, note.member) == (FamilyState.RETIRED, None)
    event = Event.objects.get(kind="item_family.retired")
    assert (event.subject_ref, event.actor) == (LEAKED, "assay")
    assert quarantine_leaks(now=now) == []


def test_family_that_a_person_restored_starts_afresh(answers, recruiter, now):
    leak(now)
    quarantine_leaks(now=now)
    later = now + timedelta(days=1)
    note_family(member=recruiter, family=LEAKED, state=FamilyState.RESTORED, reason="", now=later)
    assert quarantine_leaks(now=later) == []
    Asked.objects.filter(family=LEAKED).update(answered_at=later + timedelta(hours=1), category=1)
    assert [one.family for one in quarantine_leaks(now=later + timedelta(days=1))] == [LEAKED]


def test_night_estimates_only_where_answers_came(knowledge_test, now):
    estimate_again.func(0)
    assert not Estimate.objects.exists()
    many_takings(knowledge_test, 150, now)
    assert has_new_answers()
    estimate_again.func(0)
    assert set(Estimate.objects.values_list("version", flat=True)) == {1}
    assert not has_new_answers()
    estimate_again.func(0)
    assert set(Estimate.objects.values_list("version", flat=True)) == {1}


def test_night_sets_leaks_aside(answers, now):
    leak(now)
    watch_for_leaks.func(0)
    assert list(FamilyNote.objects.values_list("family", flat=True)) == [LEAKED]
