"""Questions whose answers come from the candidate's own code."""

import shutil

import pytest

from assay.applications.services import apply
from assay.assessments.choices import Via
from assay.assessments.models import HandIn
from assay.assessments.services import invite
from assay.assessments.working import hand_in, start_attempt
from assay.grading.template import TEMPLATE
from assay.items.services import add_version
from assay.people.services import create_person
from assay.sandbox.models import Run
from tests.assessments.conftest import RIGHT, WRONG, publish

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
ASKED = b"""viva:
  - ask: What does your function yield for {args}?
    call: running_total
    args: [[5, 1]]
  - ask: And for no list at all?
    call: running_total
    args: [null]
"""


@pytest.mark.parametrize(("code", "answer"), [(RIGHT, "[5, 6]"), (WRONG, "[1]")])
def test_answers_are_those_of_the_hand_in(organisation, application, recruiter, work_off, now, code, answer):
    files = TEMPLATE | {"task.yaml": TEMPLATE["task.yaml"] + ASKED}
    version = publish(add_version(organisation=organisation, slug="total", files=files, member=recruiter, now=now))
    person = create_person(organisation=organisation, name="Bo", now=now)
    one = apply(role=application.role, person=person, channel="", applied_at=now, member=None, now=now).application
    sitting = invite(application=one, versions=[version], member=recruiter, now=now)
    work_off()
    attempt = start_attempt(attempt=sitting.attempts.get(), now=now)
    hand_in(attempt=attempt, files={"solution.py": code}, via=Via.EDITOR, now=now)
    work_off()
    first, second = HandIn.objects.get().viva
    assert first == {"ask": "What does your function yield for [5, 1]?", "answer": answer}
    assert second["answer"] == "raises TypeError"
    assert not Run.objects.exists()
