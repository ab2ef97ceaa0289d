# ruff: noqa: I001 -- the first import of ours sets Django up for a database of its own
"""Server time of "find in our pool" in an organisation of a million people.

``python -m bench.pool_page [--people 1000000] [--runs 100]``: people and their claims as `bench.engine` makes them,
each with a row and a kept belief in the database and in the index; documents with the words of every claim for the
two thousand who come first. The time is that of the whole Django stack, without the network.
"""

import argparse
import logging
import resource
import time
from pathlib import Path

from bench.shortlist_page import HOME, NOW  # sets Django up for a throw-away database

import msgspec
import numpy as np
from django.core.management import call_command
from django.db import connection
from django.test import Client

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.core.ids import ALPHABET, REF_LENGTH
from assay.evidence.beliefs import numbers_for
from assay.evidence.models import Blob, Document, Observation
from assay.matching import pool
from assay.matching.engine.refresh import refresh
from assay.matching.engine.scan import first_people
from assay.matching.role import STANCE_OF
from assay.matching.selectors import matched_role
from assay.people.models import Person
from assay.roles.models import Role, RoleVersion
from assay.roles.templates import template_of
from assay.server.postgres import Supervisor
from bench.engine import generated_codes

WITH_WORDS = 2000
WARM_UP = 5
SENTENCE = "Built and kept a service with it for two years. "


def fill(people):
    organisation = Organisation.objects.create(name="Bench", slug="bench", created_at=NOW)
    user = User.objects.create_user(email="a@bench.example", name="Bench", created_at=NOW)
    Member.objects.create(organisation=organisation, user=user, kinds=[MemberKind.RECRUITER], created_at=NOW)
    role = Role.objects.create(organisation=organisation, title="ML engineer", state="open", created_at=NOW)
    profile = msgspec.to_builtins(template_of("ml_engineer").profile())
    RoleVersion.objects.create(role=role, number=1, created_at=NOW, profile=profile, map_version="1")
    found = matched_role(role=role)
    codes = generated_codes(people=people, count=len(found.model.competencies.ids), chance=np.random.default_rng(7))
    version = numbers_for(found.catalogue).version
    with connection.cursor() as cursor:
        with cursor.copy(
            "COPY people_person (id, ref, organisation_id, name, headline, created_at, updated_at, profile,"
            " profile_document, name_key, problems, stated) FROM STDIN"
        ) as copy:
            for number in range(1, people + 1):
                row = (
                    number,
                    ref_of(number),
                    organisation.pk,
                    f"Person {number}",
                    "",
                    NOW,
                    NOW,
                    "{}",
                    "",
                    "",
                    "{}",
                    "{}",
                )
                copy.write_row(row)
        with cursor.copy(
            "COPY evidence_belief (person_id, organisation_id, parameters, observation_count, mean, cov, claims,"
            " is_measured, computed_at) FROM STDIN"
        ) as copy:
            for number in range(1, people + 1):
                claims = codes[number - 1].tobytes()
                copy.write_row((number, organisation.pk, version, 9, b"", b"", claims, False, NOW))
        cursor.execute("SELECT setval(pg_get_serial_sequence('people_person', 'id'), %s)", [people])
    index = pool._refreshed(organisation=organisation, found=found)  # noqa: SLF001 -- filled as a long life would fill it
    index.put_array(people=np.arange(1, people + 1, dtype=np.int64), codes=codes)
    words_for(role, found, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return role


def words_for(role, found, index):
    """Give the first people documents and observations, and note that the index knows them."""
    first = [hit.person for hit in first_people(view=index.view(), role=found.model, count=WITH_WORDS, reasons=0)]
    view, ids = index.view(), found.model.competencies.ids
    rows = dict(zip(view.people.tolist(), range(len(view.people)), strict=True))
    Blob.objects.bulk_create([Blob(sha256=f"{pk:064d}", data=b"x", byte_size=1) for pk in first])
    documents = Document.objects.bulk_create(
        [
            Document(organisation=role.organisation, person_id=pk, blob_id=f"{pk:064d}", file_name=f"cv{pk}.txt",
                     state="read", text=SENTENCE * len(ids), created_at=NOW, reader_version="1")
            for pk in first
        ]
    )  # fmt: skip
    observations = []
    for pk, document in zip(first, documents, strict=True):
        claims = view.columns[:, rows[pk]]
        for column in np.flatnonzero(claims).tolist():
            start = column * len(SENTENCE)
            observations.append(
                Observation(organisation=role.organisation, person_id=pk, competency=ids[column], source_kind="claim",
                            value=3.0, facts={"stance": STANCE_OF[int(claims[column])].value}, document=document,
                            start=start, end=start + len(SENTENCE) - 1, created_at=NOW)
            )  # fmt: skip
    Observation.objects.bulk_create(observations, batch_size=2000)
    key = (role.organisation_id, numbers_for(found.catalogue).version)
    kept = pool._INDEXES[key]  # noqa: SLF001 -- as above
    kept.seen = refresh(index=kept.index, organisation=role.organisation, seen=kept.seen)


def ref_of(number):
    letters = []
    for _ in range(REF_LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


def measure(*, people, runs):
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    role = fill(people)
    print(f"{Person.objects.count():,} people in the database, filled in {time.perf_counter() - start:.0f} s")
    logging.disable(logging.INFO)
    client = Client()
    client.force_login(User.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend")
    address, times = f"/o/bench/roles/{role.ref}/pool/", []
    for number in range(runs + WARM_UP):
        start = time.perf_counter()
        answer = client.get(address)
        if number >= WARM_UP:
            times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200 or answer.content.count(b'class="person"') != 50:
            print("the page is not whole")
    load = Path("/proc/loadavg").read_text().split()[0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    p50, p95 = np.percentile(times, [50, 95])
    print(f"page of the first 50 with reasons: p50 {p50:.1f} ms, p95 {p95:.1f} ms of {runs}")
    print(f"load {load}; process at most {peak:.0f} MiB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=100)
    given = parser.parse_args()
    supervisor = Supervisor(home=Path(HOME), is_durable=False)
    supervisor.start()
    try:
        measure(people=given.people, runs=given.runs)
    finally:
        supervisor.stop()


if __name__ == "__main__":
    main()
