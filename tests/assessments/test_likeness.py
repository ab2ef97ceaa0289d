"""Hand-ins that resemble another: a question, never a verdict."""

import shutil

import pytest

from assay.applications.services import apply
from assay.assessments.choices import Via
from assay.assessments.likeness import alike
from assay.assessments.services import invite
from assay.assessments.working import hand_in, start_attempt
from assay.people.services import create_person

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")

LONG = """def running_total(values):
    totals, latest = [], 0
    for position, value in enumerate(values):
        if value is None:
            raise ValueError("no value at " + str(position))
        latest = latest + value
        totals.append(latest)
    for position in range(1, len(totals)):
        assert totals[position] - totals[position - 1] == values[position]
    while len(totals) < len(values):
        totals.append(totals[-1])
    return totals
"""
RENAMED = LONG.replace("totals", "sums").replace("latest", "so_far").replace("position", "i").replace("value", "x")
OTHER = """from itertools import accumulate


def running_total(values):
    return list(accumulate(values)) if values else []


def check(numbers, wanted):
    for left, right in zip(running_total(numbers), wanted, strict=True):
        print(left, right, left == right, sep=" | ")
    if not numbers:
        print("nothing to check")
"""


@pytest.fixture
def give(version, application, recruiter, work_off, now):
    def made(name, text):
        person = create_person(organisation=application.organisation, name=name, now=now)
        one = apply(role=application.role, person=person, channel="", applied_at=now, member=None, now=now).application
        sitting = invite(application=one, versions=[version], member=recruiter, now=now)
        work_off()
        attempt = start_attempt(attempt=sitting.attempts.get(), now=now)
        hand_in(attempt=attempt, files={"solution.py": text.encode()}, via=Via.EDITOR, now=now)
        return attempt

    return made


def test_renamed_copy_is_found_beside_what_is_usual(give):
    first = give("Ada", LONG)
    give("Bo", OTHER)
    copy = give("Cy", RENAMED)
    [found] = alike(attempt=copy)
    assert (found.hand_in.attempt, found.compared) == (first, 2)
    assert found.share > 0.9
    assert found.usual < found.share


def test_other_solution_is_like_nobody(give):
    give("Ada", LONG)
    assert alike(attempt=give("Bo", OTHER)) == []


def test_nothing_handed_in_is_like_nobody(sitting):
    assert alike(attempt=sitting.attempts.get()) == []
