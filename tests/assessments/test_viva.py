"""Questions whose answers come from the candidate's own code."""

import shutil

import pytest

from assay.applications.services import apply
from assay.assessments.choices import Via
from assay.assessments.models import HandIn
from assay.assessments.services import invite
from assay.assessments.viva import viva_answers, viva_job
from assay.assessments.working import hand_in, start_attempt
from assay.grading.folder import task_from
from assay.grading.template import TEMPLATE
from assay.items.services import add_version
from assay.people.services import create_person
from assay.sandbox.models import Run
from assay_runner.local import local_backend
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


def test_program_answers_by_what_it_prints():
    questions = b"viva: [{ask: '3', stdin: '3'}, {ask: 'x', stdin: x}, {ask: '4', call: twice, args: [4]}]\n"
    program = b"def twice(n):\n    return 2 * n\n\n\nif __name__ == '__main__':\n    print(twice(int(input())))\n"
    task = task_from(slug="total", files=TEMPLATE | {"task.yaml": TEMPLATE["task.yaml"] + questions})
    result = local_backend(is_author=True).run(viva_job(task=task, files={"solution.py": program}))
    assert viva_answers(result=result) == {"0": "'6'", "1": "ended with an error", "2": "8"}


def test_question_may_take_as_long_as_the_task_itself():
    slow = TEMPLATE["task.yaml"].replace(b"limits: {cpu_s: 2}", b"limits: {cpu_s: 40, memory_mib: 900}")
    task = task_from(slug="total", files=TEMPLATE | {"task.yaml": slow + ASKED})
    [step] = viva_job(task=task, files={}).steps
    assert (step.limits.cpu_s, step.limits.memory_mib, len(step.calls)) == (60, 900, 2)


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
