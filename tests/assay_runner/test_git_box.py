"""A script works on a repository; what is left is read as data, whatever the script has put around it."""

import shutil

import pytest

from tests.assay_runner.boxes import step_of_calls, values_of

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
SETUP = """\
git init -q -b main .
echo one > a.txt && git add a.txt && git commit -q -m first
echo key=hunter22 > b.txt && git add b.txt && git commit -q -m second
git branch side && git tag v1
"""


def end(script, *questions):
    calls = [("assay:end", setup, "status") for setup in (SETUP, SETUP + "sleep 0.8\n")]
    script = "[ -e /work/late ] && touch seen; (sleep 0.4; touch /work/late) >/dev/null 2>&1 & disown"
    assert values_of(step_of_calls("git", {"solution.sh": script}, "solution.sh", *calls)) == [[], []]


@pytest.mark.parametrize("attempt", ["rm -rf .git", "mv .git /tmp/g && ln -s /tmp/g .git", "rm -rf .git/objects/??"])
def test_what_is_no_repository_any_more_is_an_error(attempt):
    assert end(attempt, ("log", "main")) == ["NoRepositoryError"]


def test_script_cannot_end_the_judge_in_its_favour():
    step = step_of_calls("git", {"solution.sh": "kill -9 -1"}, "solution.sh", ("assay:end", SETUP, "log", "main"))
    assert step.status in {"PROTOCOL", "RE"}
    assert [reply.status for reply in step.replies] == ["PROTOCOL"]
