import io
import zipfile

import pytest
from django.db import DataError

from assay.applications.models import Application
from assay.audit.models import Event
from assay.evidence.models import Blob, Document
from assay.people.models import DuplicatePair, Person
from assay.sourcing.models import ImportItem
from assay.sourcing.selectors import progress_of
from assay.sourcing.services import ImportClosedError, add_file, cancel_import, retry_import
from assay.sourcing.working import GAVE_UP, MAX_ATTEMPTS, read_item
from tests.sourcing.conftest import NOW, read, resume_text

pytestmark = pytest.mark.django_db


def states(batch):
    return {item.file_name: item.state for item in batch.items.all()}


def test_file_becomes_a_person_with_contacts(new_import, drop, read_all):
    batch = new_import()
    drop(batch, {"cv.txt": resume_text()})
    read_all(batch)
    person = Person.objects.get()
    assert person.name == "Amara Okafor"
    assert {(contact.kind, contact.normal) for contact in person.contacts.all()} >= {
        ("email", "amara@mail.example"),
        ("phone", "711234567"),
    }
    assert (batch.state, states(batch)) == ("done", {"cv.txt": "read"})


def test_import_into_a_role_makes_an_application_once(new_import, drop, read_all, role, channel):
    for name in ("a.txt", "b.txt"):
        batch = new_import(role=role, channel=channel)
        drop(batch, {name: resume_text()})
        read_all(batch)
    application = Application.objects.get()
    assert (application.role, application.channel) == (role, "Career site")


def test_same_file_twice_is_already_here(new_import, drop, read_all):
    batch = new_import()
    drop(batch, {"a.txt": resume_text(), "copy of a.txt": resume_text()})
    read_all(batch)
    again = new_import()
    drop(again, {"a.txt": resume_text()})
    read_all(again)
    assert states(batch) == {"a.txt": "read", "copy of a.txt": "known"}
    assert states(again) == {"a.txt": "known"}
    assert (Person.objects.count(), Document.objects.count(), Blob.objects.count()) == (1, 1, 1)


def test_same_file_in_another_organisation_is_another_person(new_import, drop, read_all, make_member):
    from assay.accounts.models import Organisation
    from assay.sourcing.services import create_import

    elsewhere = Organisation.objects.create(slug="elsewhere", name="Elsewhere", created_at=NOW)
    other = create_import(organisation=elsewhere, member=make_member(elsewhere), role=None, channel=None, now=NOW)
    for batch in (new_import(), other):
        drop(batch, {"a.txt": resume_text()})
        read_all(batch)
    assert sorted(Person.objects.values_list("organisation__slug", flat=True)) == ["elsewhere", "northwind"]


def test_sending_a_file_again_adds_nothing(new_import, drop):
    batch = new_import()
    drop(batch, {"a.txt": resume_text()}, is_all=False)
    drop(batch, {"a.txt": resume_text()})
    assert batch.items.count() == 1


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (("cv.doc", b"x"), "old Word file"),
        (("virus.exe", b"MZ"), "kind of file is not read"),
        (("big.pdf", b"x" * (2**20 + 1)), "larger than 1 MiB"),
        (("empty.pdf", b""), "empty"),
    ],
)
def test_unusable_file_is_refused_by_name_and_the_rest_goes_on(new_import, drop, read_all, file, why):
    name, data = file
    batch = new_import()
    drop(batch, {name: data, "cv.txt": resume_text()})
    read_all(batch)
    refused = batch.items.get(state="unreadable")
    assert refused.file_name == name
    assert why in refused.problem
    assert (Person.objects.count(), refused.blob, batch.state) == (1, None, "done")


def test_broken_file_is_named_with_its_reason_and_can_be_tried_again(new_import, drop, read_all, recruiter):
    batch = new_import()
    drop(batch, {"broken.pdf": b"%PDF-1.7 nothing"})
    read_all(batch)
    item = batch.items.get()
    assert item.state == "unreadable"
    assert item.problem != ""
    assert retry_import(batch=batch, member=recruiter, now=NOW) == 1
    read_all(batch)
    assert (batch.state, batch.items.get().state) == ("done", "unreadable")


def test_archive_is_unpacked_and_its_bad_members_named(new_import, drop, read_all):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("one/a.txt", resume_text())
        archive.writestr("two/b.txt", resume_text("Jonas Lindqvist", "jonas@mail.example"))
        archive.writestr("bad.pdf", b"%PDF-1.7 nothing")
    batch = new_import()
    drop(batch, {"pile.zip": stream.getvalue()})
    read_all(batch)
    assert states(batch) == {
        "pile.zip": "unpacked", "one/a.txt": "read", "two/b.txt": "read", "bad.pdf": "unreadable",
    }  # fmt: skip
    assert progress_of(batch=batch)[:5] == (3, 0, 2, 0, 1)


def test_table_of_people_makes_a_person_of_each_row(new_import, drop, read_all):
    table = "Name,E-mail,Title\nMei-Lin Tan,mei@mail.example,Research engineer\n,,\nRafael Souza,rafael@mail.example,\n"
    batch = new_import()
    drop(batch, {"people.csv": table.encode()})
    read_all(batch)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Mei-Lin Tan", "Rafael Souza"]
    assert batch.state == "done"


def test_worker_that_dies_between_reading_and_storing_leaves_nothing_and_the_next_one_reads(new_import, drop, read_all):
    batch = new_import()
    (item,) = drop(batch, {"a.txt": resume_text()})

    def killed(**arguments):
        read(**arguments)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_item(item_id=item.pk, read=killed, now=NOW)
    assert (Person.objects.count(), batch.items.get().state) == (0, "waiting")
    read_all(batch)
    assert (Person.objects.count(), batch.items.get().state) == (1, "read")


def test_file_that_takes_its_reader_down_is_given_up_and_said_to_be_our_fault(new_import, drop):
    batch = new_import()
    (item,) = drop(batch, {"a.txt": resume_text()})

    def killed(**_arguments):
        raise KeyboardInterrupt

    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            read_item(item_id=item.pk, read=killed, now=NOW)
    read_item(item_id=item.pk, read=killed, now=NOW)
    item.refresh_from_db()
    assert (item.state, item.problem) == ("unreadable", GAVE_UP)


def test_database_error_in_the_middle_of_storing_leaves_nothing_half(new_import, drop):
    batch = new_import()
    (item,) = drop(batch, {"a.txt": resume_text()})

    def with_a_version_too_long(**arguments):
        return read(**arguments)._replace(version="9" * 200)

    with pytest.raises(DataError):
        read_item(item_id=item.pk, read=with_a_version_too_long, now=NOW)
    assert (Person.objects.count(), Document.objects.count(), batch.items.get().state) == (0, 0, "waiting")


def test_cancelled_import_keeps_what_was_read_and_takes_no_more(new_import, drop, recruiter, read_all):
    batch = new_import()
    first, second = drop(batch, {"a.txt": resume_text(), "b.txt": resume_text("Jonas Lindqvist", "j@m.example")})
    read_item(item_id=first.pk, read=read, now=NOW)
    cancel_import(batch=batch, member=recruiter, now=NOW)
    read_item(item_id=second.pk, read=read, now=NOW)
    batch.refresh_from_db()
    assert (batch.state, states(batch), Person.objects.count()) == (
        "cancelled", {"a.txt": "read", "b.txt": "cancelled"}, 1,
    )  # fmt: skip
    with pytest.raises(ImportClosedError):
        add_file(batch=batch, file_name="c.txt", data=b"x", byte_size=1, max_bytes=9)


def test_edited_copy_becomes_a_pair_to_decide_and_is_not_merged(new_import, drop, read_all):
    words = " ".join(f"word{i}" for i in range(80))
    batch = new_import()
    drop(batch, {
        "a.txt": resume_text(extra=words),
        "b.txt": resume_text("Amara O.", "other@mail.example", extra=words + " and more since then"),
    })  # fmt: skip
    read_all(batch)
    pair = DuplicatePair.objects.get()
    assert {reason["kind"] for reason in pair.reasons} >= {"same_phone", "shared_text"}
    assert (pair.state, Person.objects.filter(merged_into=None).count()) == ("open", 2)


def test_trail_names_neither_files_nor_people(new_import, drop, read_all):
    batch = new_import()
    drop(batch, {"Amara Okafor CV.txt": resume_text(), "Okafor.exe": b"x"})
    read_all(batch)
    told = str(list(Event.objects.values_list("facts", "subject_ref")))
    assert list(Event.objects.order_by("seq").values_list("kind", flat=True)) == [
        "import.opened", "import.received", "document.read", "import.done",
    ]  # fmt: skip
    assert ("Okafor" in told, "amara" in told) == (False, False)


def test_path_in_a_file_name_is_cut_off(new_import, drop):
    (item,) = drop(new_import(), {"C:\\people\\a\x00b.txt": resume_text()})
    assert ImportItem.objects.get(pk=item.pk).file_name == "ab.txt"
