# ruff: noqa: E402 -- Django is set up for a database of its own before its models are imported
"""Server time of the pages of people, imports and duplicates with 10,000 people in one organisation.

``python -m bench.pages --people 10000``: starts a database of its own in a temporary folder, fills it with made-up rows
and asks each page for itself; the time is that of the whole Django stack, without the network.
"""

import argparse
import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

HOME = tempfile.mkdtemp(prefix="assay-bench-")
Path(HOME).chmod(0o755)
os.environ.update(ASSAY_HOME=HOME, DJANGO_SETTINGS_MODULE="assay.server.settings", ASSAY_HOSTS="testserver")

import django

django.setup()

import msgspec
import numpy as np
import structlog
from django.core.management import call_command
from django.db import connection
from django.test import Client

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.applications.models import Application
from assay.evidence.models import Blob, Document
from assay.evidence.profile import merge
from assay.evidence.reader import stored
from assay.people.contacts import name_key
from assay.people.duplicates import Reason
from assay.people.models import Contact, DuplicatePair, Person
from assay.people.services import note_pairs
from assay.reading.read import read_document
from assay.reading.resume import read_resume
from assay.roles.models import Role
from assay.server.postgres import Supervisor
from assay.sourcing.models import Import, ImportItem
from assay.sourcing.people_list import PeopleQuery, people_page
from bench.people_made import resume_lines

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RUNS = 60


def readings() -> list[Any]:
    """Yield two hundred real readings as (document, résumé, profile), each worn by many people."""
    rng = np.random.default_rng(1)
    made = []
    for i in range(200):
        document = read_document(data="\n".join(resume_lines(rng, i)).encode(), file_name="cv.txt")
        resume = read_resume(document=document)
        profile = merge(document="", text=document.text, resume=resume, skills=[], fixes=[])
        made.append((document, resume, profile))
    return made


def fill(count: int) -> str:
    """Store people as an import would, but in bulk; yield the e-mail address of a recruiter."""
    organisation = Organisation.objects.create(slug="bench", name="Bench", created_at=NOW)
    user = User.objects.create_user(email="a@bench.example", name="Bench", created_at=NOW)
    member = Member.objects.create(organisation=organisation, user=user, kinds=[MemberKind.RECRUITER], created_at=NOW)
    read = readings()
    made = []
    for i in range(count):
        _, resume, _ = read[i % 200]
        name = f"{resume.name.value if resume.name else 'Nobody'} {i}"
        at = NOW - timedelta(minutes=i)
        problems = ["hidden_text"] if i % 40 == 0 else []
        made.append(
            Person(organisation=organisation, name=name, name_key=name_key(name), headline="ML engineer, Kornfeld",
                   created_at=at, updated_at=at, problems=problems)
        )  # fmt: skip
    made = Person.objects.bulk_create(made, batch_size=1000)
    store_documents(organisation, made, read)
    store_rest(organisation, member, made)
    return user.email


def store_documents(organisation: Any, made: list[Any], read: list[Any]) -> None:
    blobs, documents = [], []
    for i, person in enumerate(made):
        document, resume, profile = read[i % 200]
        blobs.append(Blob(sha256=f"{i:064d}", data=document.text.encode(), byte_size=len(document.text)))
        row = Document(organisation=organisation, person=person, blob_id=f"{i:064d}", file_name="cv.txt", state="read",
                       text=document.text, reading=stored(document), resume=msgspec.to_builtins(resume), skills=[],
                       created_at=person.created_at, media_type="text/plain", reader_version="1")  # fmt: skip
        documents.append(row)
        person.profile = msgspec.to_builtins(msgspec.structs.replace(profile, document=row.ref))
    Blob.objects.bulk_create(blobs, batch_size=1000)
    Document.objects.bulk_create(documents, batch_size=500)
    Person.objects.bulk_update(made, ["profile"], batch_size=500)


def store_rest(organisation: Any, member: Any, made: list[Any]) -> None:
    roles = [
        Role.objects.create(organisation=organisation, title=f"Role {i}", state="open", created_at=NOW)
        for i in range(6)
    ]
    batch = Import.objects.create(organisation=organisation, created_by=member, created_at=NOW, state="reading")
    addresses = [f"p{i}@mail.example" for i in range(len(made))]
    Contact.objects.bulk_create(
        Contact(person=person, kind="email", value=value, normal=value)
        for person, value in zip(made, addresses, strict=True)
    )
    ImportItem.objects.bulk_create(
        ImportItem(batch=batch, file_name=f"cv{i}.txt", state="read" if i % 20 else "unreadable", person=person,
                   blob_id=f"{i:064d}")
        for i, person in enumerate(made[:500])
    )  # fmt: skip
    Application.objects.bulk_create(
        Application(organisation=organisation, role=roles[i % 6], person=person, channel="Fair", applied_at=NOW,
                    answer_by=NOW.date(), state_since=NOW)
        for i, person in enumerate(made)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_person p SET search = setweight(to_tsvector('simple', lower(p.name)), 'A') || "
            "setweight(to_tsvector('simple', lower(d.text)), 'D') FROM evidence_document d WHERE d.person_id = p.id"
        )
        cursor.execute("VACUUM ANALYZE")
    for i in range(0, 200, 2):
        note_pairs(person=made[i], found={made[i + 1].pk: [Reason("same_name", made[i].name)]}, now=NOW)


def measure(name: str, ask: Callable[[int], int]) -> None:
    for i in range(5):
        ask(i)
    times_ms = []
    for i in range(RUNS):
        start = time.perf_counter()
        status = ask(i)
        times_ms.append(1000 * (time.perf_counter() - start))
        if status != 200:
            raise SystemExit(f"{name}: answered {status}")
    p95 = statistics.quantiles(times_ms, n=20)[-1]
    print(f"{name:34} p50 {statistics.median(times_ms):6.1f} ms   p95 {p95:6.1f} ms")


def report(email: str) -> None:
    client = Client()
    user = User.objects.get(email=email)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    base = "/o/bench"
    refs = list(Person.objects.order_by("pk").values_list("ref", flat=True)[:RUNS])
    role = Role.objects.first()
    query = PeopleQuery()
    member = user.memberships.get()
    for _ in range(20):
        query = query._replace(after=people_page(member=member, query=query).next_after)
    pages = {
        "people": lambda _i: f"{base}/people/",
        "people, 20 pages on": lambda _i: f"{base}/people/?after={query.after}",
        "people by name": lambda _i: f"{base}/people/?order=name",
        "people, search of a rare word": lambda i: f"{base}/people/?q={i * 37}",
        "people, search of a common word": lambda _i: f"{base}/people/?q=pytorch",
        "people, search of two words": lambda _i: f"{base}/people/?q=amara+forecast",
        "people of a role with problems": lambda _i: f"{base}/people/?role={role.ref}&problems=1",
        "a person": lambda i: f"{base}/people/{refs[i]}/",
        "the document with marked words": lambda i: f"{base}/people/{refs[i]}/show/?from=0&to=12",
        "activity": lambda i: f"{base}/people/{refs[i]}/activity/",
        "imports": lambda _i: f"{base}/imports/",
        "progress of 500 files": lambda _i: f"{base}/imports/{Import.objects.get().ref}/progress/",
        "duplicates": lambda _i: f"{base}/duplicates/",
        "a pair": lambda _i: f"{base}/duplicates/{DuplicatePair.objects.first().ref}/",
    }
    for name, url in pages.items():
        measure(name, lambda i, url=url: client.get(url(i), follow=False).status_code)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    arguments = parser.parse_args()
    # The request log would be most of what is printed.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    supervisor = Supervisor(home=Path(HOME), is_durable=False)
    supervisor.start()
    try:
        call_command("migrate", verbosity=0)
        email = fill(arguments.people)
        print(f"{arguments.people:,} people; server time, {RUNS} requests each")
        report(email)
    finally:
        supervisor.stop()


if __name__ == "__main__":
    main()
