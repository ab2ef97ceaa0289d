import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assay.people.models import Person
from assay.sourcing.models import Channel, Import
from tests.sourcing.conftest import resume_text
from tests.web.people.conftest import *  # noqa: F403 -- the people area's fixtures

pytestmark = pytest.mark.django_db
URL = "/o/northwind/imports/"


def file(name="cv.txt", data=None):
    return SimpleUploadedFile(name, resume_text() if data is None else data)


def test_plain_form_imports_and_shows_progress(recruiter, signed_in, role):
    client = signed_in(recruiter)
    answer = client.post(URL, {"files": [file(), file("x.exe", b"MZ")], "role": role.ref}, follow=True)
    body = answer.content.decode()
    batch = Import.objects.get()
    assert answer.redirect_chain[-1][0] == f"{URL}{batch.ref}/"
    assert ("1 of 2 files" in body, "x.exe" in body, "kind of file is not read" in body) == (True, True, True)
    assert (batch.role, batch.state) == (role, "reading")


@pytest.mark.django_db(transaction=True)
def test_plain_form_is_read_by_the_worker(recruiter, signed_in, run_jobs):
    client = signed_in(recruiter)
    client.post(URL, {"files": [file()]})
    run_jobs()
    body = client.get(f"{URL}{Import.objects.get().ref}/progress/").content.decode()
    assert ("Done" in body, "hx-trigger" in body, Person.objects.get().name) == (True, False, "Amara Okafor")


def test_script_sends_in_batches_and_is_told_of_each_file(recruiter, signed_in):
    client = signed_in(recruiter)
    urls = client.post(URL, headers={"Accept": "application/json"}).json()
    files = [file("a.txt"), file("b.doc", b"x")]
    answer = client.post(urls["files"], {"files": files}, headers={"Accept": "application/json"}).json()
    assert [(row["name"], bool(row["problem"])) for row in answer["files"]] == [("a.txt", False), ("b.doc", True)]
    assert Import.objects.get().state == "receiving"
    client.post(urls["close"])
    assert Import.objects.get().state == "reading"


def test_nothing_chosen_is_refused(recruiter, signed_in):
    assert signed_in(recruiter).post(URL).status_code == 422
    assert Import.objects.count() == 0


def test_closed_import_takes_no_more_files(recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(URL, {"files": [file("x.exe", b"MZ")]})
    assert client.post(f"{URL}{Import.objects.get().ref}/files/", {"files": [file()]}).status_code == 409


def test_stopped_import_offers_the_rest_again(recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(URL, {"files": [file()]})
    ref = Import.objects.get().ref
    body = client.post(f"{URL}{ref}/cancel/", follow=True).content.decode()
    assert ("Cancelled" in body, "Try the rest again" in body) == (True, True)
    client.post(f"{URL}{ref}/retry/")
    assert Import.objects.get().state == "reading"


def test_channels_are_added_and_renamed_but_not_doubled(recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(f"{URL}channels/", {"name": "  Job   fair ", "kind": "event"})
    channel = Channel.objects.get()
    assert (channel.name, client.post(f"{URL}channels/", {"name": "job fair", "kind": "event"}).status_code) == (
        "Job fair",
        422,
    )
    client.post(f"{URL}channels/{channel.ref}/", {"name": "Fair 2026", "kind": "event"})
    assert Channel.objects.get().name == "Fair 2026"


@pytest.mark.parametrize("rest", ["", "progress/", "files/", "close/", "cancel/", "retry/"])
def test_import_of_another_organisation_does_not_exist(recruiter, stranger, signed_in, rest):
    signed_in(stranger).post("/o/elsewhere/imports/", {"files": [file()]})
    ref = Import.objects.get().ref
    is_read = rest in {"", "progress/"}
    client = signed_in(recruiter)
    answer = client.get(f"{URL}{ref}/{rest}") if is_read else client.post(f"{URL}{ref}/{rest}")
    assert (answer.status_code, Import.objects.get().state) == (404, "reading")
    client = signed_in(stranger)
    url = f"/o/elsewhere/imports/{ref}/{rest}"
    assert (client.get(url) if is_read else client.post(url)).status_code in {200, 302, 409}


def test_hiring_manager_imports_nothing(manager, signed_in):
    client = signed_in(manager)
    assert [client.get(URL).status_code, client.post(URL, {"files": [file()]}).status_code] == [403, 403]
    assert Import.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_six_queries(recruiter, signed_in, django_assert_num_queries, count):
    client = signed_in(recruiter)
    for _ in range(count):
        client.post(URL, {"files": [file("x.exe", b"MZ")]})
    client.get(URL)
    with django_assert_num_queries(6):
        body = client.get(URL).content.decode()
    assert body.count("1 unreadable") == count
