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
    calls = [("assay:end", SETUP, *question) for question in questions]
    step = step_of_calls("git", {"solution.sh": script}, "solution.sh", *calls)
    return values_of(step) or [step.status.value]


def test_untouched_repository_is_as_it_was_made():
    questions = (
        ("branches",), ("tags",), ("head",), ("under_way",), ("log", "main"), ("parents", "main"), ("files", "main"),
        ("origin", "main"), ("reaches", "hunter22"), ("leftovers", "hunter22"), ("status",),
    )  # fmt: skip
    assert end("", *questions) == [
        ["main", "side"], {"v1": "second"}, "main", [], ["second", "first"], ["first"],
        {"a.txt": "one\n", "b.txt": "key=hunter22\n"}, {"kept": 2, "new": 0},
        ["refs/heads/main", "refs/heads/side", "refs/tags/v1"], True, [],
    ]  # fmt: skip


def test_history_that_is_written_anew_is_told_from_what_was_there():
    script = (
        "git checkout -q side && git reset -q --hard HEAD~1 && echo x > c.txt && git add c.txt && git commit -qm new"
    )
    assert end(script, ("origin", "side"), ("steps", "side"), ("origin", "main")) == [
        {"kept": 1, "new": 1},
        [["new", ["c.txt"]], ["first", ["a.txt"]]],
        {"kept": 2, "new": 0},
    ]


def test_unreachable_objects_are_leftovers():
    rewritten = "git checkout -q main && git reset -q --hard HEAD~1 && git branch -qD side && git tag -d v1\n"
    cleared = "git reflog expire --expire=now --all && rm -f .git/ORIG_HEAD && git gc -q --prune=now\n"
    asked = (("reaches", "hunter22"), ("leftovers", "hunter22"))
    assert end(rewritten, *asked) == [[], True]
    assert end(rewritten + cleared, *asked) == [[], False]


def test_unfinished_work_and_dirty_files_are_seen():
    script = "echo y > a.txt\ngit rev-parse HEAD~1 > found.txt\ngit rev-parse HEAD > .git/MERGE_HEAD"
    asked = (("status",), ("under_way",), ("named", "found.txt"), ("named", "a.txt"))
    assert end(script, *asked) == [[" M a.txt", "?? found.txt"], ["merge"], "first", ""]


@pytest.mark.parametrize(
    "attempt",
    [
        "git config core.fsmonitor 'echo /'; git config alias.log '!echo forged'; git config core.pager 'echo no'",
        "git replace HEAD $(git commit-tree -m forged HEAD^{tree})",
        "mkdir -p .git/info && git rev-parse HEAD > .git/info/grafts",
        "git config core.worktree /tmp; git config core.bare true",
        "printf '#!/bin/sh\\necho forged' > /tmp/git; chmod +x /tmp/git; export PATH=/tmp:$PATH",
    ],
    ids=["settings", "replaced", "grafted", "worktree", "path"],
)
def test_what_surrounds_the_objects_has_no_say(attempt):
    assert end(attempt, ("log", "main")) == [["second", "first"]]


def test_what_the_script_left_running_is_ended():
    calls = [("assay:end", setup, "status") for setup in (SETUP, SETUP + "sleep 0.8\n")]
    script = "[ -e /work/late ] && touch seen; (sleep 0.4; touch /work/late) >/dev/null 2>&1 & disown"
    assert values_of(step_of_calls("git", {"solution.sh": script}, "solution.sh", *calls)) == [[], []]


@pytest.mark.parametrize("attempt", ["rm -rf .git", "mv .git /tmp/g && ln -s /tmp/g .git", "rm -rf .git/objects/??"])
def test_what_is_no_repository_any_more_is_an_error(attempt):
    assert end(attempt, ("log", "main")) == ["NoRepositoryError"]


def test_script_cannot_end_the_judge_in_its_favour():
    step = step_of_calls("git", {"solution.sh": "kill -9 -1"}, "solution.sh", ("assay:end", SETUP, "log", "main"))
    assert [reply.status for reply in step.replies] == ["PROTOCOL"]
