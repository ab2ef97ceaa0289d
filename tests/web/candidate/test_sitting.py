"""The candidate's pages without a browser: links, forms, uploads, and everything that somebody may send instead."""

import io
import shutil
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assay.assessments.choices import AttemptState, Via
from assay.assessments.links import token_of
from assay.assessments.models import HandIn, Tryout, Wish
from assay.assessments.services import renew_link
from assay.assessments.working import start_attempt, unpacked_files
from assay.core.clock import now as clock_now
from assay.web.candidate.assessments.given import events_of_form
from assay.web.markdown import html_of
from tests.assessments.conftest import RIGHT, WRONG, application, ready, sitting, version  # noqa: F401 -- fixtures

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
JSON = {"accept": "application/json"}


@pytest.fixture
def begun(ready, client):
    """The attempt, its clock running now, and where its page is."""
    start_attempt(attempt=ready, now=clock_now())
    return ready


@pytest.fixture
def desk(begun):
    return f"/t/{token_of(begun.sitting)}/{begun.ref}/"


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return SimpleUploadedFile("work.zip", buffer.getvalue())


@pytest.mark.parametrize("token", ["x", "x.y", "{ref}", "{ref}.", "{ref}.wrong", "{ref}.{signature}x", "../../etc"])
def test_wrong_link_opens_nothing(sitting, client, token):
    ref, _, signature = token_of(sitting).partition(".")
    assert client.get(f"/t/{token.format(ref=ref, signature=signature)}/").status_code == 404


def test_renewed_link_makes_the_old_one_worthless(sitting, client, recruiter, now):
    old = token_of(sitting)
    new = renew_link(sitting=sitting, member=recruiter, now=now)
    assert [client.get(f"/t/{token}/").status_code for token in (old, new)] == [404, 200]


def test_link_of_one_candidate_opens_nothing_of_another(begun, application, version, recruiter, client, now):
    from assay.assessments.services import invite

    other = invite(application=application, versions=[version], member=recruiter, now=now)
    path = f"/t/{token_of(other)}/{begun.ref}/"
    answers = [client.get(path), client.post(path), client.post(f"{path}start"), client.post(f"{path}upload")]
    assert [answer.status_code for answer in answers] == [404] * 4


def test_page_is_kept_by_no_cache(desk, client):
    assert client.get(desk)["Cache-Control"] == "private, no-store"


def test_hidden_things_are_nowhere_on_the_page(desk, client):
    page = client.get(desk).content.decode()
    assert "running_total" in page
    assert "totals.append" not in page
    assert "rng.randrange" not in page
    assert "never_ends" not in page


def test_task_needs_the_first_page_first(ready, client):
    path = f"/t/{token_of(ready.sitting)}/{ready.ref}/start"
    assert client.post(path).status_code == 409
    client.post(f"/t/{token_of(ready.sitting)}/begin")
    assert client.post(path).status_code == 303
    ready.refresh_from_db()
    assert ready.state == AttemptState.RUNNING


def test_script_saves_and_hears_the_revision(desk, begun, client):
    answer = client.post(desk, {"action": "save", "revision": "0", "file:solution.py": "a\r\nb"}, headers=JSON)
    assert answer.json() == {"revision": 1}
    assert unpacked_files(begun.saves.last().files)["solution.py"] == b"a\nb"


def test_script_of_another_tab_hears_what_stands(desk, client):
    client.post(desk, {"action": "save", "revision": "0", "tab": "a", "file:solution.py": "one"}, headers=JSON)
    answer = client.post(desk, {"action": "save", "revision": "0", "tab": "b", "file:solution.py": "two"}, headers=JSON)
    assert (answer.status_code, answer.json()["over"]) == (409, False)
    assert answer.json()["revision"] == 2


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40, "１"])
def test_strange_revision_is_a_conflict_and_no_fault(desk, client, revision):
    client.post(desk, {"action": "save", "revision": "0", "tab": "a", "file:solution.py": "one"}, headers=JSON)
    answer = client.post(
        desk, {"action": "save", "revision": revision, "tab": "b", "file:solution.py": "x"}, headers=JSON
    )
    assert answer.status_code == 409


def test_double_click_on_run_starts_one(desk, client):
    answers = [
        client.post(desk, {"action": "run", "revision": "0", "file:solution.py": WRONG.decode()}, headers=JSON)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert Tryout.objects.count() == 1
    waiting = client.get(answers[0].json()["outcome"])
    assert (waiting.status_code, waiting["X-Is-Waiting"]) == (200, "1")


def test_archive_is_handed_in_whole(desk, client):
    answer = client.post(f"{desk}upload", {"files": zipped(mine__solution_py="", mine__x="")})
    assert answer.status_code == 303
    made = HandIn.objects.get()
    assert made.via == Via.UPLOAD
    assert set(unpacked_files(made.files)) == {"solution.py", "solution_py", "x"}


def test_file_is_laid_over_the_saved_ones(desk, client):
    client.post(f"{desk}upload", {"files": SimpleUploadedFile("notes.txt", b"hello")})
    assert set(unpacked_files(HandIn.objects.get().files)) == {"solution.py", "notes.txt"}


@pytest.mark.parametrize(
    "given",
    [
        SimpleUploadedFile("work.zip", b"PK\x03\x04 not an archive"),
        SimpleUploadedFile("work.zip", b""),
        SimpleUploadedFile("work.zip", b"x" * 100),
    ],
)
def test_damaged_upload_is_refused_and_nothing_handed_in(desk, client, given):
    answer = client.post(f"{desk}upload", {"files": given})
    assert (answer.status_code, HandIn.objects.count()) == (422, 0)


def test_archive_that_leads_elsewhere_is_refused(desk, client):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../evil.py", "x")
        archive.writestr("good.py", "x")
    answer = client.post(f"{desk}upload", {"files": SimpleUploadedFile("work.zip", buffer.getvalue())})
    assert (answer.status_code, HandIn.objects.count()) == (422, 0)


def test_link_in_an_archive_is_refused(desk, client):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    answer = client.post(f"{desk}upload", {"files": SimpleUploadedFile("work.zip", buffer.getvalue())})
    assert (answer.status_code, HandIn.objects.count()) == (422, 0)


def test_archive_bomb_is_refused(desk, client):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * (40 * 2**20))
    assert len(buffer.getvalue()) < 100_000
    answer = client.post(f"{desk}upload", {"files": SimpleUploadedFile("work.zip", buffer.getvalue())})
    assert (answer.status_code, HandIn.objects.count()) == (422, 0)


def test_wish_reaches_the_people(sitting, client):
    path = f"/t/{token_of(sitting)}/wish"
    assert client.post(path, {"text": "  "}).status_code == 422
    client.post(path, {"text": "More time, please."})
    assert Wish.objects.get().text == "More time, please."


def test_hand_in_by_form_shows_the_result_page(desk, client):
    answer = client.post(desk, {"action": "hand_in", "file:solution.py": RIGHT.decode(), "said": "none"}, follow=True)
    assert "being graded" in answer.content.decode()
    assert HandIn.objects.get().said == "none"


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}', "[[]]", "nul"])
def test_strange_events_are_no_events(text):
    assert events_of_form(text) == []


def test_events_keep_what_is_known_of_them():
    told = '[{"kind": "paste", "characters": 5, "path": "a.py", "at_ms": 1, "evil": {"x": []}}]'
    assert events_of_form(told) == [{"kind": "paste", "characters": 5, "path": "a.py", "at_ms": 1}]


def test_statement_cannot_bring_scripts():
    shown = html_of("<script>alert(1)</script> [x](javascript:alert(1)) ![y](data:text/html,z)")
    assert "<script" not in shown
    assert 'href="javascript' not in shown
