"""A published task, an applicant, and an invitation."""

import pytest

from assay.applications.services import apply
from assay.assessments.services import invite
from assay.assessments.working import start_attempt
from assay.grading.template import TEMPLATE
from assay.items.choices import VersionState
from assay.items.models import TaskVersion
from assay.items.services import add_version
from assay.people.services import create_person
from tests.web.pool import make_role

RIGHT = TEMPLATE["reference/solution.py"]
WRONG = TEMPLATE["wrong/one_late/solution.py"]


def publish(version):
    """Publish without proving: what is proved is tested with the bank."""
    TaskVersion.objects.filter(pk=version.pk).update(state=VersionState.PUBLISHED)
    version.refresh_from_db()
    return version


@pytest.fixture
def version(organisation, recruiter, now):
    files = dict(TEMPLATE)
    return publish(add_version(organisation=organisation, slug="total", files=files, member=recruiter, now=now))


@pytest.fixture
def application(organisation, now):
    role = make_role(organisation, now)
    person = create_person(organisation=organisation, name="Ines Duarte", now=now)
    return apply(role=role, person=person, channel="", applied_at=now, member=None, now=now).application


@pytest.fixture
def sitting(application, version, recruiter, now):
    return invite(application=application, versions=[version], member=recruiter, now=now)


@pytest.fixture
def ready(sitting, work_off):
    """The attempt, its data prepared."""
    work_off()
    return sitting.attempts.get()


@pytest.fixture
def running(ready, now):
    return start_attempt(attempt=ready, now=now)
