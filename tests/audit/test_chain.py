import threading
from contextlib import contextmanager
from datetime import timedelta, timezone

import pytest
from django.db import IntegrityError, connection, connections, transaction

from assay.audit import selectors, services
from assay.audit.models import Chain, Event


def record(organisation, now, *, kind="role.created", ref="r1", **more):
    with transaction.atomic():
        return services.record(
            organisation=organisation, kind=kind, subject_type="role", subject_ref=ref, now=now, **more
        )


@contextmanager
def without_triggers():
    """Be an intruder who owns the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction(organisation, now):
    with pytest.raises(services.OutsideTransactionError):
        services.record(organisation=organisation, kind="role.created", subject_type="role", subject_ref="r", now=now)
    assert Event.objects.count() == 0


def test_record_follows_from_the_event_before(organisation, recruiter, now):
    first = record(organisation, now, member=recruiter)
    second = record(organisation, now)
    assert (first.seq, first.previous_hash, first.actor) == (1, "", "Rana Haddad")
    assert (second.seq, second.previous_hash, second.actor) == (2, first.hash, "system")


def test_chain_with_awkward_facts_is_whole(organisation, now):
    facts = {
        "big": 2**80,
        "tiny": 5e-324,
        "huge": 1e300,
        "zero": -0.0,
        "text": "naïve 😀 \x00 \ud800",
        "tuple": (1, 2.5),
    }
    record(organisation, now.astimezone(timezone(timedelta(hours=-7))) + timedelta(microseconds=1), facts=facts)
    record(organisation, now)
    assert services.first_break(organisation=organisation) is None


def test_verify_chain_of_an_organisation_without_events(organisation):
    assert services.verify_chain(organisation=organisation) == (0, "", None)


def test_verify_chain_counts_and_names_the_head(organisation, now):
    record(organisation, now)
    last = record(organisation, now)
    assert services.verify_chain(organisation=organisation) == (2, last.hash, None)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ('UPDATE audit_event SET facts = \'{"to": "hired"}\' WHERE seq = 2', (2, "it was changed")),
        ("UPDATE audit_event SET at = at + interval '1 microsecond' WHERE seq = 2", (2, "it was changed")),
        ("UPDATE audit_event SET actor = 'Somebody else' WHERE seq = 3", (3, "it was changed")),
        ("UPDATE audit_event SET previous_hash = repeat('0', 64) WHERE seq = 3", (3, "it does not follow")),
        ("DELETE FROM audit_event WHERE seq = 2", (2, "event 2 is missing")),
        ("DELETE FROM audit_event WHERE seq = 1", (1, "event 1 is missing")),
        ("DELETE FROM audit_event WHERE seq = 4", (4, "the last events are missing")),
        ("UPDATE audit_chain SET last_seq = 3, last_hash = (SELECT hash FROM audit_event WHERE seq = 3)", (4, "head")),
        ("DELETE FROM audit_chain", (4, "head")),
    ],
)
def test_first_break_after_tampering(organisation, now, change, expected):
    for number in range(4):
        record(organisation, now, ref=f"r{number}", facts={"to": "screening"})
    with without_triggers() as cursor:
        cursor.execute(change)
    broken = services.first_break(organisation=organisation)
    assert broken is not None
    why = broken.why.replace("its content was changed after it was written", "it was changed")
    assert (broken.seq, expected[1] in why) == (expected[0], True)


def test_first_break_of_another_organisation_stays_away(organisation, other_organisation, now):
    record(organisation, now)
    record(other_organisation, now)
    with without_triggers() as cursor:
        cursor.execute("UPDATE audit_event SET kind = 'x' WHERE organisation_id = %s", [other_organisation.pk])
    assert services.first_break(organisation=organisation) is None
    assert services.first_break(organisation=other_organisation) == (1, "its content was changed after it was written")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET actor = 'x'",
        "DELETE FROM audit_event",
        "UPDATE audit_chain SET last_seq = 0, last_hash = ''",
        "UPDATE audit_chain SET last_seq = last_seq + 2",
        "DELETE FROM audit_chain",
    ],
)
def test_database_refuses_change(organisation, now, change):
    record(organisation, now)
    with pytest.raises(IntegrityError, match="audit trail"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert services.first_break(organisation=organisation) is None


@pytest.mark.parametrize("table", ["audit_event", "audit_chain"])
def test_database_refuses_truncate(organisation, now, table):
    record(organisation, now)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # The test runner itself empties tables between tests, so it has this trigger switched off.
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_no_truncate")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table}")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_record_from_two_threads_at_once(organisation, now):
    barrier = threading.Barrier(2)
    failures = []

    def work(name: str) -> None:
        try:
            barrier.wait(timeout=10)
            for number in range(20):
                record(organisation, now, ref=f"{name}{number}")
        except Exception as error:  # noqa: BLE001 -- handed to the test's own thread
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[name]) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert services.verify_chain(organisation=organisation)[0::2] == (40, None)


@pytest.mark.django_db(transaction=True)
def test_record_is_undone_with_its_transaction(organisation, now):
    record(organisation, now)
    with transaction.atomic():
        services.record(organisation=organisation, kind="x.y", subject_type="role", subject_ref="r", now=now)
        transaction.set_rollback(True)
    assert services.verify_chain(organisation=organisation)[0::2] == (1, None)
    assert Chain.objects.get().last_seq == 1


def test_events_of_yields_one_subject_newest_first(organisation, other_organisation, now):
    record(organisation, now, ref="a")
    record(organisation, now, ref="b")
    record(organisation, now, ref="a", kind="role.changed")
    record(other_organisation, now, ref="a")
    events = selectors.events_of(organisation=organisation, subject_type="role", subject_ref="a")
    assert [event.kind for event in events] == ["role.changed", "role.created"]


def test_events_visible_to_auditor_and_recruiter(organisation, other_organisation, recruiter, administrator, now):
    mine = record(organisation, now)
    record(other_organisation, now)
    assert list(selectors.events_visible_to(member=administrator)) == [mine]
    assert list(selectors.events_visible_to(member=recruiter)) == []


def test_narrowed_by_each_field(organisation, recruiter, administrator, now):
    early = record(organisation, now - timedelta(days=2), member=recruiter, ref="a")
    late = record(organisation, now, member=administrator, kind="role.changed", ref="b")
    events = selectors.events_visible_to(member=administrator)

    def seqs(**fields):
        by = selectors.TrailFilter(**fields)
        return [event.seq for event in selectors.narrowed(events=events, by=by)]

    assert seqs() == [late.seq, early.seq]
    assert seqs(kind="role.changed") == [late.seq]
    assert seqs(subject_type="role", subject_ref="a") == [early.seq]
    assert seqs(member_ref=recruiter.ref) == [early.seq]
    assert seqs(from_date=now.date()) == [late.seq]
    assert seqs(to_date=(now - timedelta(days=1)).date()) == [early.seq]
