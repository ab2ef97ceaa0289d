"""Asking for runs, leasing them to machines, and taking results."""

import zlib
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.db.models import Q

from assay.accounts.tokens import hash_of_token, new_token
from assay.core.errors import ConflictError, ForbiddenError
from assay.core.ids import new_ref
from assay.sandbox.choices import Priority, RunState
from assay.sandbox.handlers import tell
from assay.sandbox.models import Machine, Run
from assay.sandbox.waking import wake
from assay_runner.contract import Job, JobResult, Lease, Status

LEASE_S = 15.0
"""A machine that says nothing for so long has lost its run; heartbeats come every third of it."""
MOST_ATTEMPTS = 3
"""What fails so often through our own fault is given up and named; it is never counted against anybody."""
LOST = "The machine that ran it went away."


class LeaseLostError(ConflictError):
    """The run belongs to another lease by now, or has ended."""


class UnknownMachineError(ForbiddenError):
    """No machine has this token, or it was revoked."""


class Registered(NamedTuple):
    """A machine, and its token, which is shown once."""

    machine: Machine
    token: str


def register_machine(*, name: str, now: datetime) -> Registered:
    """Let a machine lease runs; a machine of the same name gets a new token, and its old one is worth nothing more."""
    token = new_token()
    machine, _ = Machine.objects.update_or_create(
        name=name,
        defaults={"token_hash": hash_of_token(token), "revoked_at": None},
        create_defaults={"token_hash": hash_of_token(token), "created_at": now},
    )
    return Registered(machine, token)


def revoke_machine(*, machine: Machine, now: datetime) -> None:
    """Take a machine's right to lease away; what it still runs is leased anew when its lease ends."""
    Machine.objects.filter(pk=machine.pk, revoked_at=None).update(revoked_at=now)


def machine_of_token(*, token: str) -> Machine:
    """Yield the machine. Raises `UnknownMachineError`."""
    machine = Machine.objects.filter(token_hash=hash_of_token(token), revoked_at=None).first() if token else None
    if machine is None:
        message = "This token belongs to no machine of this site."
        raise UnknownMachineError(message)
    return machine


def request_run(
    *, purpose: str, subject: str, key: str, job: Job, now: datetime, priority: Priority = Priority.GRADING
) -> Run:
    """Ask for a run in the caller's transaction; asking again yields the run that was asked for before."""
    with transaction.atomic():
        run, is_new = Run.objects.get_or_create(
            purpose=purpose,
            subject=subject,
            key=key,
            defaults={
                "runtime": job.runtime,
                "priority": priority,
                "job": zlib.compress(msgspec.json.encode(job), 1),
                "created_at": now,
            },
        )
        if is_new:
            transaction.on_commit(wake)
    return run


def lease_run(*, machine: Machine, runtimes: tuple[str, ...], labels: tuple[str, ...], now: datetime) -> Lease | None:
    """Yield the most urgent run that the machine can do, or None. Two machines never get the same one."""
    Machine.objects.filter(pk=machine.pk).update(seen_at=now, runtimes=list(runtimes), labels=list(labels))
    with transaction.atomic():
        run = (
            Run.objects.select_for_update(skip_locked=True)
            .filter(Q(state=RunState.QUEUED) | Q(state=RunState.LEASED, leased_until__lt=now), runtime__in=runtimes)
            .order_by("priority", "id")
            .first()
        )
        if run is None:
            return None
        if run.attempts >= MOST_ATTEMPTS:
            _give_up(run, LOST, now)
            return None
        run.state, run.machine, run.lease_id = RunState.LEASED, machine, new_ref()
        run.attempts += 1
        run.leased_until = now + timedelta(seconds=LEASE_S)
        run.save(update_fields=["state", "machine", "lease_id", "attempts", "leased_until"])
    return Lease(run_id=run.ref, lease_id=run.lease_id, job=job_of(run), expires_in_s=LEASE_S)


def extend_lease(*, run_ref: str, lease_id: str, now: datetime) -> None:
    """Keep a lease alive. Raises `LeaseLostError`: the machine then kills the run."""
    held = Run.objects.filter(ref=run_ref, state=RunState.LEASED, lease_id=lease_id)
    if not held.update(leased_until=now + timedelta(seconds=LEASE_S)):
        raise _lost()


def record_result(*, run_ref: str, lease_id: str, result: JobResult, now: datetime) -> None:
    """Take what a machine found, once, and tell whoever asked.

    A result that is our own fault puts the run back into the queue, up to `MOST_ATTEMPTS` times. Posting the result
    of one lease twice changes nothing.

    Raises
    ------
    LeaseLostError
        Another machine has the run by now, or has done it.
    """
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(ref=run_ref, lease_id=lease_id).first()
        if run is None:
            raise _lost()
        if run.state != RunState.LEASED:
            return
        ours = next((step for step in result.steps if step.status is Status.IE), None)
        if ours is not None:
            _again(run, ours.detail, now)
            return
        run.state, run.finished_at, run.job = RunState.DONE, now, None
        run.result = zlib.compress(msgspec.json.encode(result), 1)
        run.save(update_fields=["state", "finished_at", "job", "result"])
        tell(run)


def give_back(*, run_ref: str, lease_id: str) -> None:
    """Put a run back that a machine cannot finish, since it stops: this costs no attempt."""
    with transaction.atomic():
        run = Run.objects.select_for_update().filter(ref=run_ref, lease_id=lease_id, state=RunState.LEASED).first()
        if run is not None:
            run.state, run.leased_until, run.attempts = RunState.QUEUED, None, run.attempts - 1
            run.save(update_fields=["state", "leased_until", "attempts"])
            transaction.on_commit(wake)


def give_up_lost_runs(*, now: datetime) -> int:
    """End runs whose machine went away for the last time; yield how many. What may be tried again is left to leases."""
    with transaction.atomic():
        lost = Run.objects.select_for_update(skip_locked=True).filter(
            state=RunState.LEASED, leased_until__lt=now, attempts__gte=MOST_ATTEMPTS
        )
        ended = list(lost)
        for run in ended:
            _give_up(run, LOST, now)
    return len(ended)


def try_again(*, run: Run, now: datetime) -> None:
    """Give a run that was given up another three attempts: what was wrong with our machines has been mended."""
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=run.pk)
        if locked.state == RunState.FAILED:
            locked.state, locked.attempts, locked.finished_at, locked.problem = RunState.QUEUED, 0, None, ""
            locked.leased_until, locked.created_at = None, now
            locked.save()
            transaction.on_commit(wake)


def forget_runs(*, purpose: str, subjects: list[str]) -> None:
    """Delete the runs about these subjects, with what people handed in."""
    Run.objects.filter(purpose=purpose, subject__in=subjects).delete()


def job_of(run: Run) -> Job:
    """Yield what is to be run. A run that is done has no job any more."""
    return msgspec.json.decode(zlib.decompress(bytes(run.job or b"")), type=Job)


def result_of(run: Run) -> JobResult:
    """Yield what came of a run that is done."""
    return msgspec.json.decode(zlib.decompress(bytes(run.result or b"")), type=JobResult)


def _again(run: Run, why: str, now: datetime) -> None:
    if run.attempts >= MOST_ATTEMPTS:
        _give_up(run, why, now)
        return
    run.state, run.leased_until, run.problem = RunState.QUEUED, None, why[:500]
    run.save(update_fields=["state", "leased_until", "problem"])
    transaction.on_commit(wake)


def _give_up(run: Run, why: str, now: datetime) -> None:
    """End a run without a result. Its job stays, so that it can be tried again."""
    run.state, run.finished_at, run.problem = RunState.FAILED, now, why[:500]
    run.save(update_fields=["state", "finished_at", "problem"])
    tell(run)


def _lost() -> LeaseLostError:
    message = "The lease of this run was lost: another machine has it, or it has ended."
    return LeaseLostError(message)
