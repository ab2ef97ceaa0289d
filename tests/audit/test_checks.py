"""Walks along the chain as jobs: where they begin, what they keep, and what tampering they see."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from assay.audit import services
from assay.audit.checks import ask_for_check, run_check
from assay.audit.models import Check, Event
from assay.audit.selectors import last_whole_check


@pytest.fixture
def add(organisation, now):
    """Add a number of events."""

    def add(count):
        for number in range(count):
            with transaction.atomic():
                services.record(
                    organisation=organisation,
                    kind="role.created",
                    subject_type="role",
                    subject_ref=f"r{number}",
                    now=now,
                )

    return add


@pytest.fixture
def walk(administrator, now):
    """Ask for a walk and do it at once; yield what it kept."""

    def walk(*, is_whole=False):
        check = ask_for_check(member=administrator, now=now, is_whole=is_whole)
        run_check(check_id=check.pk, now=now)
        check.refresh_from_db()
        return check

    return walk


@contextmanager
def intruder():
    """Be somebody who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_walk_keeps_how_far_it_came_and_leaves_an_event(add, walk, organisation):
    add(4)
    head = Event.objects.get(seq=4).hash
    check = walk()
    assert (check.start_seq, check.walked, check.total, check.head_hash, check.broken_seq) == (0, 4, 4, head, None)
    facts = Event.objects.get(seq=5).facts
    assert facts == {"after": 0, "events": 4, "head": head, "is_whole": True}
    assert last_whole_check(organisation=organisation) == check


def test_next_walk_begins_after_the_last(add, walk):
    add(4)
    first = walk()
    add(2)
    second = walk()
    assert (second.start_seq, second.start_hash, second.total, second.broken_seq) == (4, first.head_hash, 7, None)


def test_next_walk_reads_the_new_events_only(add, walk, organisation, monkeypatch):
    add(4)
    walk()
    add(2)
    read = []
    hash_of = services.hash_of
    monkeypatch.setattr(services, "hash_of", lambda event: read.append(event.seq) or hash_of(event))
    walk()
    assert sorted(set(read)) == [4, 5, 6, 7, 8]  # 8 is the event that the walk itself leaves


def test_progress_is_told_in_between(add, walk, organisation, monkeypatch):
    monkeypatch.setattr(services, "CHUNK", 2)
    add(5)
    told = []
    services.verify_chain(organisation=organisation, advance=told.append)
    assert told == [2, 4, 5]
    told.clear()
    after = services.Checkpoint(3, Event.objects.get(seq=3).hash)
    assert services.verify_chain(organisation=organisation, after=after, advance=told.append).broken is None
    assert told == [5]


@pytest.mark.parametrize(
    ("change", "seq", "why"),
    [
        ("UPDATE audit_event SET actor = 'x' WHERE seq = 6", 6, "changed after it was written"),
        ("DELETE FROM audit_event WHERE seq = 6", 6, "event 6 is missing"),
        ("DELETE FROM audit_event WHERE seq = 7", 7, "the last events are missing"),
        (
            (
                "UPDATE audit_event SET seq = CASE seq WHEN 6 THEN 106 ELSE 6 END WHERE seq IN (6, 7);"
                "UPDATE audit_event SET seq = 7 WHERE seq = 106"
            ),
            6,
            "does not follow",
        ),
        ("UPDATE audit_event SET actor = 'x' WHERE seq = 4", 4, "changed after it was written"),
        ("DELETE FROM audit_event WHERE seq = 4", 4, "event 4 is missing"),
        (
            (
                "DELETE FROM audit_event WHERE seq > 3;"
                "UPDATE audit_chain SET last_seq = 3, last_hash = (SELECT hash FROM audit_event WHERE seq = 3)"
            ),
            4,
            "event 4 is missing",
        ),
        ("UPDATE audit_chain SET last_seq = 6, last_hash = (SELECT hash FROM audit_event WHERE seq = 6)", 7, "head"),
    ],
)
def test_walk_from_a_checkpoint_sees_tampering_from_there_on(add, walk, change, seq, why):
    add(4)
    assert walk().broken_seq is None
    add(2)
    with intruder() as cursor:
        for statement in change.split(";"):
            cursor.execute(statement)
    check = Check.objects.get()
    after = services.Checkpoint(check.total, check.head_hash)
    broken = services.verify_chain(organisation=check.organisation, after=after).broken
    assert (broken.seq, why in broken.why) == (seq, True)


def test_tampering_before_the_checkpoint_is_seen_by_the_whole_walk(add, walk, organisation):
    add(4)
    walk()
    with intruder() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'x' WHERE seq = 2")
    assert walk().broken_seq is None
    found = walk(is_whole=True)
    assert (found.start_seq, found.broken_seq) == (0, 2)
    assert last_whole_check(organisation=organisation) is None


def test_after_a_break_the_next_walk_begins_anew(add, walk):
    add(4)
    with intruder() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'x' WHERE seq = 2")
    assert [walk().broken_seq, walk().broken_seq] == [2, 2]
    assert list(Check.objects.values_list("start_seq", flat=True)) == [0, 0]


def test_whole_walk_is_not_answered_by_a_part_that_is_under_way(add, walk, administrator, now):
    add(2)
    walk()
    part = ask_for_check(member=administrator, now=now)
    whole = ask_for_check(member=administrator, now=now, is_whole=True)
    assert (part.start_seq, whole.start_seq, part == whole) == (2, 0, False)
    assert ask_for_check(member=administrator, now=now, is_whole=True) == whole
