# ruff: noqa: E402 -- Django is set up for a database of its own before its models are imported
"""Server time of a role's shortlist page in an organisation of 10,000 people.

``python -m bench.shortlist_page [--people 10000] [--runs 40]``: one role that every tenth applied to, one that all
did. Claims and their words are made up, beliefs are kept as the product keeps them; the time is that of the whole
Django stack, without the network. Asked twice: with nothing changed since the last look, and with one person's belief
written anew before every look, so that the whole role is ranked again.
"""

import argparse
import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HOME = tempfile.mkdtemp(prefix="assay-bench-")
Path(HOME).chmod(0o755)
os.environ.update(ASSAY_HOME=HOME, DJANGO_SETTINGS_MODULE="assay.server.settings", ASSAY_HOSTS="testserver")

import django

django.setup()

import msgspec
import numpy as np
from django.core.management import call_command
from django.db import connection
from django.test import Client

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.applications.models import Application
from assay.competencies.selectors import catalogue_of
from assay.evidence.beliefs import numbers_for
from assay.evidence.claims import Stance
from assay.evidence.models import Belief, Blob, Document, Observation
from assay.matching.role import CODE_OF
from assay.people.models import Person
from assay.roles.models import Role, RoleVersion
from assay.roles.templates import template_of
from assay.server.postgres import Supervisor

WARM_UP = 3
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STANCES = [Stance(name) for name in CODE_OF]


class Look(NamedTuple):
    """One request: wall time, and the time that this process computed (the database's own is not in it)."""

    wall_ms: float
    cpu_ms: float


def fill(count: int) -> list[Role]:
    """Make people with eight to twenty claims each, and the two roles."""
    organisation = Organisation.objects.create(name="Bench", slug="bench", created_at=NOW)
    user = User.objects.create_user(email="a@bench.example", name="Bench", created_at=NOW)
    Member.objects.create(organisation=organisation, user=user, kinds=[MemberKind.RECRUITER], created_at=NOW)
    catalogue = catalogue_of(organisation=organisation)
    numbers = numbers_for(catalogue)
    ids = [one.id for one in catalogue.competencies]
    rng = np.random.default_rng(1)
    people = Person.objects.bulk_create(
        [Person(organisation=organisation, name=f"Person {i}", created_at=NOW, updated_at=NOW) for i in range(count)],
        batch_size=1000,
    )
    Blob.objects.bulk_create([Blob(sha256=f"{i:064d}", data=b"x", byte_size=1) for i in range(count)], batch_size=1000)
    sentence = "Built and kept a service with it for two years. "
    documents = Document.objects.bulk_create(
        [
            Document(organisation=organisation, person=person, blob_id=f"{i:064d}", file_name=f"cv{i}.txt",
                     state="read", text=sentence * 20, created_at=NOW, reader_version="1")
            for i, person in enumerate(people)
        ],
        batch_size=1000,
    )  # fmt: skip
    observations, beliefs = [], []
    for person, document in zip(people, documents, strict=True):
        codes = bytearray(len(ids))
        for place, column in enumerate(rng.choice(len(ids), size=rng.integers(8, 20), replace=False).tolist()):
            stance = STANCES[int(rng.integers(len(STANCES)))]
            codes[column] = CODE_OF[stance]
            start = place * len(sentence)
            observations.append(
                Observation(organisation=organisation, person=person, competency=ids[column], source_kind="claim",
                            value=3.0, facts={"stance": stance.value}, document=document, start=start,
                            end=start + len(sentence) - 1, created_at=NOW)
            )  # fmt: skip
        beliefs.append(
            Belief(person=person, organisation=organisation, parameters=numbers.version, observation_count=9, mean=b"",
                   cov=b"", claims=bytes(codes), computed_at=NOW)
        )  # fmt: skip
    Observation.objects.bulk_create(observations, batch_size=2000)
    Belief.objects.bulk_create(beliefs, batch_size=1000)
    template = template_of("ml_engineer")
    profile = template.profile() if template else None
    return [_role(organisation, people[::step], profile) for step in (10, 1)]


def _role(organisation: Organisation, people: list[Person], profile: object) -> Role:
    role = Role.objects.create(organisation=organisation, title="ML engineer", state="open", created_at=NOW)
    shape = msgspec.to_builtins(profile)
    RoleVersion.objects.create(role=role, number=1, created_at=NOW, profile=shape, map_version="1")
    Application.objects.bulk_create(
        [
            Application(organisation=organisation, role=role, person=person, channel="Fair", applied_at=NOW,
                        answer_by=NOW.date(), state_since=NOW)
            for person in people
        ],
        batch_size=1000,
    )  # fmt: skip
    return role


def main() -> None:
    """Fill a database and ask for the pages."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=40)
    given = parser.parse_args()
    supervisor = Supervisor(home=Path(HOME), is_durable=False)
    supervisor.start()
    try:
        measure(people=given.people, runs=given.runs)
    finally:
        supervisor.stop()


def measure(*, people: int, runs: int) -> None:
    """Fill the database and ask for both pages."""
    call_command("migrate", verbosity=0)
    roles = fill(people)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    logging.disable(logging.INFO)
    client = Client()
    client.force_login(User.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for role in roles:
        address = f"/o/bench/roles/{role.ref}/shortlist/"
        person = role.applications.order_by("pk").values_list("person_id", flat=True)[runs % 7]
        applicants = role.applications.count()
        for name, before in (
            ("nothing changed", None),
            ("a belief changed", lambda pk=person: Belief.objects.filter(pk=pk).update(computed_at=NOW)),
        ):
            seen = [_look(client, address, before) for _ in range(runs + WARM_UP)][WARM_UP:]
            walls, cpus = [one.wall_ms for one in seen], [one.cpu_ms for one in seen]
            print(
                f"{applicants:6,} applicants, {name:16}"
                f"   wall p50 {statistics.median(walls):6.1f} ms   p95 {_p95(walls):6.1f} ms"
                f"   own CPU p50 {statistics.median(cpus):6.1f} ms   p95 {_p95(cpus):6.1f} ms"
            )
    print("load average", " ".join(f"{one:.2f}" for one in os.getloadavg()))


def _look(client: Client, address: str, before: Callable[[], object] | None) -> Look:
    """Ask for the page once, after what ``before`` changes."""
    if before is not None:
        before()
    start, start_cpu = time.perf_counter(), time.process_time()
    status = client.get(address).status_code
    look = Look(1000 * (time.perf_counter() - start), 1000 * (time.process_time() - start_cpu))
    if status != 200:
        raise SystemExit(f"{address}: answered {status}")
    return look


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
