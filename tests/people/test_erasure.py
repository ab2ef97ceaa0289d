"""After an erasure nothing of the person is left in any column of any table."""

import io
import json
import zipfile

import pytest
from django.db import connection

from assay.applications.models import Application
from assay.applications.services import add_note
from assay.evidence.models import Document
from assay.evidence.reader import read_file
from assay.evidence.services import correct
from assay.matching.models import Shortlist
from assay.people.models import Person
from assay.people.services import erase_person
from assay.sourcing.models import ImportItem
from assay.sourcing.services import add_file, close_import, create_import
from assay.sourcing.working import read_item
from tests.web.pool import make_role, strong

RESUME = """Zebulon Quackenbush
zebulon@quackenbush.example | +49 171 5550123 | Berlin

Experience
ML engineer, Kornfeld GmbH
2021 - today
- Trained the okapi counter with Python and PyTorch for three zoos.
"""
TRACES = ("Quackenbush", "quackenbush", "5550123", "okapi")


def traces_left():
    """Every column of every table, as text, that holds one of the traces."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        )
        for table, column, kind in cursor.fetchall():
            shown = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
            for trace in TRACES:
                cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {shown} LIKE %s', [f"%{trace}%"])
                if cursor.fetchone()[0]:
                    found.append((table, column, trace))
    return found


@pytest.fixture
def role(organisation, now):
    return make_role(organisation, now)


@pytest.fixture
def person(role, recruiter, now):
    batch = create_import(organisation=role.organisation, role=role, channel=None, member=recruiter, now=now)
    item = add_file(
        batch=batch, file_name="Quackenbush.txt", data=RESUME.encode(), byte_size=len(RESUME), max_bytes=10**6
    )
    read_item(item_id=item.pk, read=read_file, now=now)
    close_import(batch=batch, member=recruiter, now=now)
    return Document.objects.get().person


def test_nothing_of_an_erased_person_is_left(role, person, recruiter, signed_in, now):
    other = strong(now, role)
    client = signed_in(recruiter)
    address = f"/o/{role.organisation.slug}/roles/{role.ref}/shortlist/"
    client.post(f"{address}save/", {"name": "first look"})
    client.get(f"/o/{role.organisation.slug}/people/{person.ref}/")
    correct(person=person, path="name", was=person.name, value="Zeb Quackenbush", member=recruiter, now=now)
    application = Application.objects.get(person=person)
    add_note(application=application, member=recruiter, text="Ask Quackenbush about the okapi.", now=now)
    assert {"matching_shortlist", "evidence_document", "evidence_blob", "people_person"} <= {
        table for table, _, _ in traces_left()
    }

    erase_person(person=person, member=recruiter, now=now)

    assert traces_left() == []
    kept = Shortlist.objects.get()
    assert sorted(entry["label"] for entry in kept.result["entries"]) == ["Amara Okafor", "Erased person"]
    assert [entry["place"] for entry in kept.result["entries"]] == [1, 2]
    page = client.get(f"{address}kept/{kept.ref}/")
    assert page.status_code == 200
    assert "Erased person" in page.content.decode()
    assert other.name in page.content.decode()
    assert json.dumps(kept.result["role"])


def test_snapshots_without_the_person_stay_untouched(role, person, recruiter, signed_in, now):
    other = strong(now, role)
    Application.objects.filter(person=person).delete()
    signed_in(recruiter).post(f"/o/{role.organisation.slug}/roles/{role.ref}/shortlist/save/", {"name": "without them"})
    before = Shortlist.objects.get().result
    erase_person(person=person, member=recruiter, now=now)
    assert Shortlist.objects.get().result == before
    assert before["entries"][0]["person"] == other.ref


def zipped():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as file:
        file.writestr("Quackenbush.txt", RESUME)
        file.writestr("Other.txt", RESUME.replace("Zebulon Quackenbush", "Amara Okafor").replace(
            "zebulon@quackenbush", "amara@mail").replace("5550123", "7770123").replace("okapi", "zebra"))  # fmt: skip
    return archive.getvalue()


TABLE = b"""Name,Email,Phone,Skills
Zebulon Quackenbush,zebulon@quackenbush.example,+49 171 5550123,"okapi, Python"
Amara Okafor,amara@mail.example,+49 171 7770123,"zebra, PyTorch"
"""


@pytest.mark.parametrize(("name", "data"), [("Quackenbush.zip", zipped()), ("people.csv", TABLE)])
def test_archive_and_table_that_held_the_person_hold_them_no_more(role, recruiter, now, name, data):
    batch = create_import(organisation=role.organisation, role=role, channel=None, member=recruiter, now=now)
    add_file(batch=batch, file_name=name, data=data, byte_size=len(data), max_bytes=10**6)
    while waiting := ImportItem.objects.filter(state="waiting").first():
        read_item(item_id=waiting.pk, read=read_file, now=now)
    assert sorted(str(person) for person in Person.objects.all()) == ["Amara Okafor", "Zebulon Quackenbush"]
    assert ("evidence_blob", "data", "Quackenbush") in traces_left()

    erase_person(person=Person.objects.get(name="Zebulon Quackenbush"), member=recruiter, now=now)

    assert traces_left() == []
    kept = Document.objects.get()
    assert (str(kept.person), "zebra" in kept.text, b"zebra" in bytes(kept.blob.data)) == ("Amara Okafor", True, True)
