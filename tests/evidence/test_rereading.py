"""Reading documents again: nothing twice, corrections stay, a dead worker goes on, a broken file keeps what it had."""

from unittest.mock import patch

import pytest

from assay.accounts.choices import MemberKind
from assay.audit.models import Event
from assay.competencies.own import OwnTerm
from assay.competencies.selectors import catalogue_of
from assay.competencies.services import add_competency
from assay.core.errors import ForbiddenError
from assay.evidence import rereading
from assay.evidence.beliefs import numbers_for
from assay.evidence.models import Belief, Document, Observation, Rereading
from assay.evidence.reader import READER, read_file, reader_version_for
from assay.evidence.rereading import outdated_documents, reread_some, start_rereading
from assay.evidence.services import correct, store_blob, store_reading
from assay.people.models import DuplicatePair, Person
from assay.reading.errors import UnreadableCode, UnreadableError
from tests.competencies.conftest import definition

NUMBER = 30


def resume(number: int) -> bytes:
    lines = (
        f"Kim Number{number}", f"kim{number}@mail.example · +49 171 {1_000_000 + number}", "", "Experience",
        f"ML engineer, Works {number} GmbH", "2021 – today", f"Trained {number} models in PyTorch and Python.", "",
        "Skills", "Python, PyTorch, SQL",
    )  # fmt: skip
    return "\n".join(lines).encode()


def kept(organisation, number, now):
    data = resume(number)
    read = read_file(data=data, file_name=f"cv{number}.txt", organisation=organisation, today=now.date())
    return store_reading(
        organisation=organisation, blob_sha256=store_blob(data=data).pk, file_name=f"cv{number}.txt", read=read, now=now
    )


@pytest.fixture
def old_documents(organisation, recruiter, now):
    """Read thirty documents, correct every third, and let them look as if an older reader had read them."""
    documents = [kept(organisation, number, now) for number in range(NUMBER)]
    for document in documents[::3]:
        name = document.person.name
        correct(person=document.person, path="name", was=name, value=f"{name} Bell", member=recruiter, now=now)
    Document.objects.update(reader_version="1")
    return documents


def snapshot():
    standing = Observation.objects.filter(retraction__isnull=True)
    columns = ("person_id", "document_id", "competency", "source_kind", "value", "start", "end")
    return (
        sorted(Person.objects.values_list("pk", "name")),
        sorted(standing.values_list(*columns)),
        Document.objects.count(),
        DuplicatePair.objects.count(),
    )


def walk(row, now, read=read_file):
    while Rereading.objects.filter(pk=row.pk, finished_at=None).exists():
        reread_some(rereading_id=row.pk, read=read, now=now)
    row.refresh_from_db()
    return row


@pytest.mark.django_db(transaction=True)
def test_thirty_old_documents_keep_corrections_and_double_nothing(old_documents, administrator, run_jobs, now):
    before = snapshot()
    row = start_rereading(member=administrator, now=now)
    assert row.total == NUMBER
    run_jobs()
    row.refresh_from_db()
    assert (row.read, row.failed, row.finished_at is not None) == (NUMBER, 0, True)
    assert snapshot() == before
    assert set(Document.objects.values_list("reader_version", flat=True)) == {READER}
    assert Event.objects.filter(kind="document.read_again").count() == NUMBER
    assert list(Event.objects.filter(kind="documents.reread").values_list("facts", flat=True)) == [
        {"read": NUMBER, "failed": 0, "reader": READER}
    ]
    assert sorted(name for _, name in before[0] if name.endswith("Bell")) == sorted(
        person.name for person in Person.objects.filter(name__endswith="Bell")
    )


@pytest.mark.django_db
def test_nothing_is_left_to_do_the_second_time(organisation, administrator, now):
    kept(organisation, 1, now)
    Document.objects.update(reader_version="1")
    assert walk(start_rereading(member=administrator, now=now), now).read == 1
    again = walk(start_rereading(member=administrator, now=now), now)
    assert (again.total, again.read) == (0, 0)
    assert Event.objects.filter(kind="document.read_again").count() == 1


@pytest.mark.django_db
def test_two_starts_make_one_walk(organisation, administrator, recruiter, now):
    kept(organisation, 1, now)
    Document.objects.update(reader_version="1")
    first = start_rereading(member=administrator, now=now)
    assert start_rereading(member=recruiter, now=now) == first
    assert Rereading.objects.count() == 1


@pytest.mark.django_db
def test_walk_goes_on_where_a_dead_worker_left_it(organisation, administrator, now):
    for number in range(3):
        kept(organisation, number, now)
    Document.objects.update(reader_version="1")
    row = start_rereading(member=administrator, now=now)
    calls = 0

    def dies_at_the_second(**arguments):
        nonlocal calls
        calls += 1
        if calls == 2:
            raise SystemExit
        return read_file(**arguments)

    with pytest.raises(SystemExit):
        reread_some(rereading_id=row.pk, read=dies_at_the_second, now=now)
    row.refresh_from_db()
    assert (row.read, row.attempts) == (1, 1)
    assert walk(row, now).read == 3
    assert Event.objects.filter(kind="document.read_again").count() == 3


@pytest.mark.django_db
def test_document_that_takes_every_worker_down_is_passed_over(organisation, administrator, now):
    bad, good = kept(organisation, 1, now), kept(organisation, 2, now)
    Document.objects.update(reader_version="1")
    row = start_rereading(member=administrator, now=now)

    def dies_at_the_bad_one(**arguments):
        if arguments["file_name"] == bad.file_name:
            raise SystemExit
        return read_file(**arguments)

    for _ in range(rereading.MAX_ATTEMPTS):
        with pytest.raises(SystemExit):
            reread_some(rereading_id=row.pk, read=dies_at_the_bad_one, now=now)
    row = walk(row, now, read=dies_at_the_bad_one)
    assert (row.read, row.failed) == (1, 1)
    versions = dict(Document.objects.values_list("pk", "reader_version"))
    assert versions == {bad.pk: "1", good.pk: READER}


@pytest.mark.django_db
def test_file_that_cannot_be_read_this_time_keeps_what_was_read(organisation, administrator, now):
    kept(organisation, 1, now)
    Document.objects.update(reader_version="1")
    before = snapshot()

    def refuses(**_arguments):
        raise UnreadableError(code=UnreadableCode.BROKEN, message="No.")

    row = walk(start_rereading(member=administrator, now=now), now, read=refuses)
    assert (row.read, row.failed) == (0, 1)
    assert snapshot() == before


@pytest.mark.django_db
def test_long_walk_is_split_into_jobs(organisation, administrator, now):
    for number in range(3):
        kept(organisation, number, now)
    Document.objects.update(reader_version="1")
    row = start_rereading(member=administrator, now=now)
    with patch.object(rereading, "BATCH", 2):
        reread_some(rereading_id=row.pk, read=read_file, now=now)
    row.refresh_from_db()
    assert (row.read, row.finished_at) == (2, None)


@pytest.mark.django_db
def test_documents_of_others_are_left_alone(organisation, other_organisation, administrator, now):
    kept(organisation, 1, now)
    kept(other_organisation, 2, now)
    Document.objects.update(reader_version="1")
    assert walk(start_rereading(member=administrator, now=now), now).read == 1
    assert outdated_documents(organisation=other_organisation).count() == 1


@pytest.mark.django_db
def test_versions_of_a_map_with_own_words_fit_their_columns(organisation, recruiter, now):
    for number in range(3):
        own = definition(name=f"Own {number}", terms=(OwnTerm(name=f"Quuxbase{number}"),))
        add_competency(member=recruiter, definition=own, now=now)
    numbers = numbers_for(catalogue_of(organisation=organisation))
    assert len(numbers.version) <= Belief._meta.get_field("parameters").max_length
    assert len(reader_version_for(organisation=organisation)) <= Document._meta.get_field("reader_version").max_length


@pytest.mark.django_db
def test_interviewers_may_not_start_it(organisation, make_member, now):
    with pytest.raises(ForbiddenError):
        start_rereading(member=make_member(organisation, MemberKind.INTERVIEWER), now=now)
