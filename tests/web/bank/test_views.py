"""The bank's pages: adding, publishing, regrading, and who may."""

import io
import shutil
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assay.accounts.choices import MemberKind
from assay.assessments.choices import RegradeState, Via
from assay.assessments.models import Regrade
from assay.assessments.working import hand_in
from assay.grading.template import TEMPLATE
from assay.items.choices import VersionState
from assay.items.models import TaskVersion
from assay.items.services import add_version, sync_shipped
from tests.assessments.conftest import RIGHT, application, publish, ready, running, sitting, version  # noqa: F401

needs_bwrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


def archive(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in files.items():
            made.writestr(f"mine/{name}", content)
    return SimpleUploadedFile("mine.zip", buffer.getvalue())


@pytest.fixture
def bank(organisation):
    return f"/o/{organisation.slug}/bank/"


@needs_bwrap
def test_folder_is_added_proved_and_published(bank, signed_in, recruiter, work_off):
    client = signed_in(recruiter)
    answer = client.post(f"{bank}add/", {"slug": "mine", "archive": archive(TEMPLATE)})
    page = answer["Location"]
    assert "It is being proved" in client.get(page).content.decode()
    assert client.post(f"{page}publish").status_code == 409
    work_off()
    client.post(f"{page}publish")
    assert TaskVersion.objects.get().state == VersionState.PUBLISHED
    assert "Running total" in client.get(bank).content.decode()


def test_mistake_in_a_folder_is_named_with_its_line(bank, signed_in, recruiter):
    broken = TEMPLATE | {"task.yaml": TEMPLATE["task.yaml"].replace(b"level: 1", b"level: 9")}
    answer = signed_in(recruiter).post(f"{bank}add/", {"slug": "mine", "archive": archive(broken)})
    assert answer.status_code == 422
    assert "task.yaml" in answer.content.decode()
    assert "a level runs from 1 to 5" in answer.content.decode()


@pytest.mark.parametrize("given", [{}, {"slug": "a b", "archive": archive(TEMPLATE)}, {"slug": "mine"}])
def test_form_without_a_folder_is_shown_again(bank, signed_in, recruiter, given):
    assert signed_in(recruiter).post(f"{bank}add/", given).status_code == 422


def test_shipped_task_is_read_and_not_changed(bank, signed_in, recruiter, now):
    sync_shipped(now=now)
    one = TaskVersion.objects.filter(is_practice=False).first()
    client = signed_in(recruiter)
    assert client.get(f"{bank}task/{one.ref}/").status_code == 200
    assert client.post(f"{bank}task/{one.ref}/retire").status_code == 403


def test_interviewer_does_not_see_solutions(bank, organisation, make_member, signed_in):
    client = signed_in(make_member(organisation, MemberKind.INTERVIEWER))
    assert client.get(bank).status_code == 403


@needs_bwrap
def test_regrade_is_looked_at_before_it_counts(
    bank,
    running,
    organisation,
    signed_in,
    recruiter,
    work_off,
    now,
):
    hand_in(attempt=running, files={"solution.py": RIGHT}, via=Via.EDITOR, now=now)
    work_off()
    other = TEMPLATE | {"statement.md": b"# Running total\n\nReworded.\n"}
    newer = publish(add_version(organisation=organisation, slug="total", files=other, member=recruiter, now=now))
    client = signed_in(recruiter)
    page = client.post(f"{bank}task/{newer.ref}/regrade", {"reason": "reworded"})["Location"]
    assert "still run" in client.get(page).content.decode()
    assert client.post(f"{page}apply").status_code == 409
    work_off()
    assert "Nobody moves" in client.get(page).content.decode()
    client.post(f"{page}apply")
    assert Regrade.objects.get().state == RegradeState.APPLIED
