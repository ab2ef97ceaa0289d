"""How long it takes to find who can talk now, and which times are free, among many interviewers.

``python -m bench.interviews [--interviewers 200] [--rounds 50]`` against the database of ``DATABASE_URL`` or an own
throw-away one. Needs no data. Everything is rolled back.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time as clock
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--interviewers", type=int, default=200)
    given.add_argument("--rounds", type=int, default=50)
    wanted = given.parse_args()
    home = Path(tempfile.mkdtemp())
    home.chmod(0o755)  # started by root, the database runs as somebody else
    os.environ["ASSAY_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "assay.server.settings"
    from assay.server.postgres import Supervisor  # noqa: PLC0415 -- after the environment is set

    supervisor = None if os.environ.get("DATABASE_URL") else Supervisor(home=home, is_durable=False)
    if supervisor:
        supervisor.start()
    try:
        measure(interviewers=wanted.interviewers, rounds=wanted.rounds)
    finally:
        if supervisor:
            supervisor.stop()
        shutil.rmtree(home, ignore_errors=True)


def measure(*, interviewers: int, rounds: int) -> None:
    import django  # noqa: PLC0415 -- as above

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- as above
    from django.db import transaction  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        kit = filled(interviewers)
        from assay.interviews.times import ready_members, slots_of  # noqa: PLC0415 -- as above

        assert ready_members(kit=kit, now=NOW)  # noqa: S101 -- a bench that measures nothing should stop
        tell(f"who can talk now, of {interviewers}", lambda: ready_members(kit=kit, now=NOW), rounds)
        tell(f"times of two weeks, of {interviewers}", lambda: slots_of(kit=kit, now=NOW), max(5, rounds // 5))
        transaction.set_rollback(True)


def filled(count: int):
    """Yield a kit with interviewers, half of whose hours of two weeks are taken, a third of them ready."""
    from assay.accounts.models import Member, Organisation, User  # noqa: PLC0415 -- after django.setup
    from assay.interviews.models import Busy, Hours, Interviewer, Kit, KitInterviewer  # noqa: PLC0415 -- as above
    from assay.roles.models import Role  # noqa: PLC0415 -- as above

    organisation = Organisation.objects.create(slug="bench", name="Bench", created_at=NOW)
    role = Role.objects.create(organisation=organisation, title="Role", created_at=NOW)
    kit = Kit.objects.create(organisation=organisation, role=role, title="Kit", minutes=45, created_at=NOW)
    for number in range(count):
        user = User.objects.create_user(email=f"b{number}@bench.example", name=f"B {number}", created_at=NOW)
        member = Member.objects.create(organisation=organisation, user=user, kinds=["interviewer"], created_at=NOW)
        ready = NOW + timedelta(minutes=1) if number % 3 == 0 else None
        interviewer = Interviewer.objects.create(member=member, time_zone="Europe/Berlin", ready_until=ready)
        Hours.objects.bulk_create(
            Hours(interviewer=interviewer, weekday=day, starts=time(9), ends=time(17)) for day in range(5)
        )
        Busy.objects.bulk_create(
            Busy(interviewer=interviewer, starts_at=start, ends_at=start + timedelta(hours=1))
            for start in (NOW + timedelta(days=day, hours=2 * part + 1) for day in range(14) for part in range(4))
        )
        KitInterviewer.objects.create(kit=kit, member=member)
    return kit


def tell(name: str, work: Callable[[], object], rounds: int) -> None:
    """Print the median and the 95th percentile of many rounds, in milliseconds."""
    work()
    taken = []
    for _ in range(rounds):
        start = clock.perf_counter()
        work()
        taken.append(1000 * (clock.perf_counter() - start))
    p95 = statistics.quantiles(taken, n=20)[-1]
    print(f"{name}: median {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms, {rounds} rounds")


if __name__ == "__main__":
    main()
