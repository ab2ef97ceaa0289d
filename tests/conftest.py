"""A Postgres for the run, and the few things that most tests begin with."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.server.postgres import Supervisor

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

_supervisor: Supervisor | None = None


def pytest_configure(config: pytest.Config) -> None:
    global _supervisor  # noqa: PLW0603 -- one server for the run, stopped at its end
    if hasattr(config, "workerinput") or os.environ.get("DATABASE_URL"):
        return
    _supervisor = Supervisor(home=Path(os.environ["ASSAY_HOME"]), is_durable=False)
    _supervisor.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _supervisor is not None:
        _supervisor.stop()
        shutil.rmtree(os.environ["ASSAY_HOME"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Let the runner empty the tables between tests; the append-only triggers on rows stay as they are."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_truncate")
        cursor.execute("ALTER TABLE audit_chain DISABLE TRIGGER audit_chain_no_truncate")
    yield
    # A request that a browser left behind may still hold a connection, and keep the database from being dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def organisation(db: None) -> Organisation:
    return Organisation.objects.create(slug="northwind", name="Northwind Logistics", created_at=NOW)


@pytest.fixture
def make_member(db: None) -> Callable[..., Member]:
    """Make a member: ``make_member(organisation, MemberKind.RECRUITER)``; e-mail addresses count up."""
    count = 0

    def make(organisation: Organisation, *kinds: MemberKind, name: str = "", email: str = "") -> Member:
        nonlocal count
        count += 1
        user = User.objects.create_user(
            email=email or f"member{count}@{organisation.slug}.example",
            name=name or f"Member {count}",
            created_at=NOW,
        )
        return Member.objects.create(
            organisation=organisation, user=user, kinds=list(kinds) or [MemberKind.RECRUITER], created_at=NOW
        )

    return make


@pytest.fixture
def recruiter(organisation: Organisation, make_member: Callable[..., Member]) -> Member:
    return make_member(organisation, MemberKind.RECRUITER, name="Rana Haddad")


@pytest.fixture
def administrator(organisation: Organisation, make_member: Callable[..., Member]) -> Member:
    return make_member(organisation, MemberKind.ADMINISTRATOR, name="Adele Brandt")


@pytest.fixture
def signed_in(client) -> Callable:
    """Yield a function that signs the test client in as a member and gives it back."""

    def sign_in(member: Member):
        client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def run_jobs(transactional_db: None) -> Callable[[], None]:
    """Yield a function that works off everything in the job queue, in this process, for real."""
    from procrastinate.contrib.django import app

    def run() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)

    return run


@pytest.fixture
def work_off(run_jobs: Callable[[], None]) -> Callable[..., None]:
    """Yield a function that works off all jobs and all runs in turn until nothing waits; runs go into real boxes."""
    from assay.sandbox.services import lease_run, record_result, register_machine
    from assay_runner.local import local_backend

    def work(*, at: datetime = NOW) -> None:
        backend = local_backend(is_author=True)
        machine = register_machine(name="test", now=at).machine
        able = tuple(name for name, reason in backend.runtimes().items() if not reason)
        run_jobs()
        while (lease := lease_run(machine=machine, runtimes=able, labels=(), now=at)) is not None:
            record_result(run_ref=lease.run_id, lease_id=lease.lease_id, result=backend.run(lease.job), now=at)
            run_jobs()

    return work


@pytest.fixture
def other_organisation(db: None) -> Organisation:
    """A second organisation in the same installation; nothing of it may ever show in the first."""
    return Organisation.objects.create(slug="southwind", name="Southwind Freight", created_at=NOW)
