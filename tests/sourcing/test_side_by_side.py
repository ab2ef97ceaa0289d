from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from assay.people.models import DuplicatePair, Person
from assay.sourcing.models import ImportItem
from assay.sourcing.working import read_item
from tests.sourcing.conftest import NOW, read, resume_text

pytestmark = pytest.mark.django_db(transaction=True)


def read_together(items):
    """Read items in a thread each, all past their reading before any is stored."""
    barrier = Barrier(len(items), timeout=20)

    def at_the_same_time(**arguments):
        result = read(**arguments)
        barrier.wait()
        return result

    def work(item):
        try:
            read_item(item_id=item.pk, read=at_the_same_time, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(items)) as pool:
        list(pool.map(work, items))


def test_same_file_by_two_people_at_once_makes_one_person(new_import, drop):
    items = [item for _ in range(4) for item in drop(new_import(), {"cv.txt": resume_text()})]
    read_together(items)
    assert sorted(ImportItem.objects.values_list("state", flat=True)) == ["known", "known", "known", "read"]
    assert Person.objects.count() == 1


def test_two_copies_that_arrive_at_once_are_found_as_a_pair(new_import, drop):
    words = " ".join(f"word{i}" for i in range(80))
    files = {"a.txt": resume_text(extra=words), "b.txt": resume_text(extra=f"{words} and more")}
    read_together(drop(new_import(), files))
    assert (Person.objects.count(), DuplicatePair.objects.count()) == (2, 1)
