"""Leases: nothing is lost, nothing is done twice, and what is our fault is tried again."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from assay.sandbox import handlers
from assay.sandbox.choices import Priority, RunState
from assay.sandbox.models import Run
from assay.sandbox.selectors import runtimes_alive
from assay.sandbox.services import (
    LEASE_S,
    MOST_ATTEMPTS,
    LeaseLostError,
    UnknownMachineError,
    extend_lease,
    forget_runs,
    give_back,
    give_up_lost_runs,
    lease_run,
    machine_of_token,
    record_result,
    register_machine,
    request_run,
    result_of,
    revoke_machine,
    try_again,
)
from assay_runner.contract import BoxFile, Job, JobResult, RunStep, Status, StepResult

JOB = Job(
    runtime="python", files=(BoxFile(path="a.py", content=b"print(1)"),), steps=(RunStep(id="one", entry="a.py"),)
)
GOOD = JobResult(steps=(StepResult(id="one", status=Status.OK, stdout=b"1\n"),), backend="test", controls=())
OURS = JobResult(steps=(StepResult(id="one", status=Status.IE, detail="no space"),), backend="test", controls=())
LATER = timedelta(seconds=LEASE_S + 1)


@pytest.fixture
def told(monkeypatch):
    """Every end that was told, as (subject, state)."""
    found = []
    monkeypatch.setitem(handlers._handlers, "test", lambda run: found.append((run.subject, run.state)))
    return found


@pytest.fixture
def machine(db, now):
    return register_machine(name="one", now=now).machine


@pytest.fixture
def asked(db, now, told):
    return request_run(purpose="test", subject="a", key="1", job=JOB, now=now)


def leased(machine, now):
    return lease_run(machine=machine, runtimes=("python",), labels=(), now=now)


def test_asking_twice_is_asking_once(asked, now):
    again = request_run(purpose="test", subject="a", key="1", job=JOB, now=now)
    assert (again.pk, Run.objects.count()) == (asked.pk, 1)


def test_result_reaches_whoever_asked_once(asked, machine, told, now):
    lease = leased(machine, now)
    assert lease.job == JOB
    for _ in range(2):
        record_result(run_ref=lease.run_id, lease_id=lease.lease_id, result=GOOD, now=now)
    run = Run.objects.get()
    assert (told, run.state, run.job, result_of(run)) == ([("a", "done")], RunState.DONE, None, GOOD)


def test_run_is_leased_to_one_machine(asked, machine, now):
    other = register_machine(name="two", now=now).machine
    assert leased(machine, now) is not None
    assert leased(other, now) is None


def test_machine_gets_only_what_it_can_run(asked, machine, now):
    assert lease_run(machine=machine, runtimes=("r", "java"), labels=(), now=now) is None


def test_watched_run_goes_first(machine, told, now):
    request_run(purpose="test", subject="slow", key="1", job=JOB, now=now, priority=Priority.BACKGROUND)
    watched = request_run(purpose="test", subject="fast", key="1", job=JOB, now=now, priority=Priority.WATCHED)
    assert leased(machine, now).run_id == watched.ref


def test_lost_lease_is_given_to_another_machine_and_the_late_result_dropped(asked, machine, told, now):
    first = leased(machine, now)
    second = leased(register_machine(name="two", now=now).machine, now + LATER)
    assert second.run_id == first.run_id
    with pytest.raises(LeaseLostError):
        record_result(run_ref=first.run_id, lease_id=first.lease_id, result=GOOD, now=now + LATER)
    with pytest.raises(LeaseLostError):
        extend_lease(run_ref=first.run_id, lease_id=first.lease_id, now=now + LATER)
    record_result(run_ref=second.run_id, lease_id=second.lease_id, result=GOOD, now=now + LATER)
    assert told == [("a", "done")]


def test_heartbeat_keeps_the_lease(asked, machine, now):
    lease = leased(machine, now)
    extend_lease(run_ref=lease.run_id, lease_id=lease.lease_id, now=now + timedelta(seconds=LEASE_S - 1))
    assert leased(machine, now + LATER) is None


def test_our_fault_is_tried_again_and_then_named(asked, machine, told, now):
    for attempt in range(MOST_ATTEMPTS):
        assert told == [], attempt
        lease = leased(machine, now)
        record_result(run_ref=lease.run_id, lease_id=lease.lease_id, result=OURS, now=now)
    run = Run.objects.get()
    assert (told, run.state, run.problem, run.result) == ([("a", "failed")], RunState.FAILED, "no space", None)
    try_again(run=run, now=now)
    assert leased(machine, now).job == JOB


def test_machine_that_dies_every_time_ends_the_run(asked, machine, told, now):
    for attempt in range(MOST_ATTEMPTS):
        assert leased(machine, now + attempt * LATER) is not None
    assert give_up_lost_runs(now=now) == 0
    assert give_up_lost_runs(now=now + MOST_ATTEMPTS * LATER) == 1
    assert told == [("a", "failed")]
    assert leased(machine, now + MOST_ATTEMPTS * LATER) is None


def test_machine_that_stops_gives_back_without_cost(asked, machine, now):
    for _ in range(MOST_ATTEMPTS + 1):
        lease = leased(machine, now)
        give_back(run_ref=lease.run_id, lease_id=lease.lease_id)
    assert Run.objects.get().attempts == 0


def test_forgotten_run_cannot_be_leased(asked, machine, now):
    forget_runs(purpose="test", subjects=["a"])
    assert leased(machine, now) is None


def test_revoked_and_renewed_tokens_are_worth_nothing(db, now):
    first = register_machine(name="one", now=now)
    second = register_machine(name="one", now=now)
    assert machine_of_token(token=second.token) == first.machine
    with pytest.raises(UnknownMachineError):
        machine_of_token(token=first.token)
    revoke_machine(machine=second.machine, now=now)
    with pytest.raises(UnknownMachineError):
        machine_of_token(token=second.token)
    with pytest.raises(UnknownMachineError):
        machine_of_token(token="")


def test_runtimes_alive_are_those_of_machines_that_asked_lately(machine, now):
    leased(machine, now)
    assert runtimes_alive(now=now) == frozenset({"python"})
    assert runtimes_alive(now=now + timedelta(minutes=5)) == frozenset()


@pytest.mark.django_db(transaction=True)
def test_sixteen_machines_race_for_eight_runs(told, now):
    for number in range(8):
        request_run(purpose="test", subject=str(number), key="1", job=JOB, now=now)
    machines = [register_machine(name=f"m{number}", now=now).machine for number in range(16)]
    gate, found = threading.Barrier(16), []

    def race(machine):
        gate.wait()
        while (lease := leased(machine, now)) is not None:
            found.append(lease.run_id)
        connection.close()

    threads = [threading.Thread(target=race, args=[machine]) for machine in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(set(Run.objects.values_list("ref", flat=True)))
