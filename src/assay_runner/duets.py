"""Test code in one box, the hand-in in another, and the frames between them carried from out here."""

import json
import time

import msgspec

from assay_runner.box import Box
from assay_runner.calls import BrokenReplyError, frame_of, has_frame
from assay_runner.contract import DuetStep, Limits, Reply, Status, StepResult, Usage
from assay_runner.outcome import Outcome

MOST_FRAMES = 200_000
TESTS_LIMITS = Limits(cpu_s=60, wall_s=120, memory_mib=512, processes=16, output_kib=4096)
"""What the tests' own box may use; the step's limits are for the code under test."""


class Verdict(msgspec.Struct, kw_only=True):
    """A line of the tests' box."""

    test: str = ""
    status: str = ""
    detail: str = ""
    done: bool = False


def plan_of(step: DuetStep) -> str:
    """Yield what the tests' box is told on its command line."""
    module = step.entry.rpartition("/")[2].removesuffix(".py")
    return json.dumps(
        {
            "style": step.style,
            "folder": "/work",
            "test_entry": step.test_entry,
            "module": module,
            "candidate": step.candidate,
            "prelude": step.prelude,
        }
    )


def run_duet(*, tests: Box, code: Box, step: DuetStep, until: float) -> StepResult:
    """Carry frames between the two boxes until the tests are done, or one of them has come to its end."""
    carried, has_code_ended = 0, False
    while carried < MOST_FRAMES and tests.pump(is_done=lambda: has_frame(tests.stream), until=until):
        has_code_ended = not (
            _carried(tests, code, until) and code.pump(is_done=lambda: has_frame(code.stream), until=until)
        )
        if has_code_ended or not _carried(code, tests, until):
            break
        carried += 1
    is_late = time.monotonic() >= until
    return _result(step, code.stop(), tests.stop(), is_late=is_late, has_code_ended=has_code_ended)


def _carried(source: Box, target: Box, until: float) -> bool:
    try:
        body = frame_of(source.stream)
    except BrokenReplyError:
        return False
    return target.tell(len(body).to_bytes(4, "big") + body, until=until)


def _result(step: DuetStep, ended: Outcome, told: Outcome, *, is_late: bool, has_code_ended: bool) -> StepResult:
    verdicts = _verdicts(told.stdout)
    is_whole = bool(verdicts) and verdicts[-1].done
    named = [verdict for verdict in verdicts if verdict.test]
    usage = Usage(cpu_ms=ended.usage.cpu_ms, wall_ms=ended.usage.wall_ms, peak_mib=ended.usage.peak_mib)
    # We end the code's box ourselves, so that it was killed tells nothing; that it ran into a limit does.
    is_limit = ended.status in {Status.CPU, Status.WALL, Status.OOM, Status.OUTPUT}
    limit = ended.status if is_limit else Status.WALL if is_late else None
    replies = [_reply(verdict) for verdict in named]
    failed = next((reply.status for reply in replies if reply.status != Status.OK), None)
    status = limit or failed or (Status.OK if is_whole and replies else Status.RE)
    if limit is None and not has_code_ended and told.status == Status.IE:
        # The tests' box was ended by nobody: that it is gone is our fault.
        status = Status.IE
    detail = "" if is_whole else (ended.stderr or told.stderr).decode("utf-8", "replace")[-2000:]
    return StepResult(
        id=step.id, status=status, stdout=ended.stdout, stderr=ended.stderr, replies=tuple(replies), usage=usage,
        detail=detail or next((verdict.detail for verdict in verdicts if verdict.detail), ""),
    )  # fmt: skip


def _verdicts(stdout: bytes) -> list[Verdict]:
    """Yield the lines of the tests' box; a broken one ends them, since it was cut off in the middle."""
    found: list[Verdict] = []
    for line in stdout.splitlines():
        try:
            found.append(msgspec.json.decode(line, type=Verdict))
        except msgspec.MsgspecError:
            break
    return found


def _reply(verdict: Verdict) -> Reply:
    """Yield a test's outcome; a failed assertion is an answer that is wrong, told by its error."""
    if verdict.status == "OK":
        return Reply(id=verdict.test, status=Status.OK)
    error = "AssertionError" if verdict.status == "WA" else "Error"
    return Reply(id=verdict.test, status=Status.RE, error=error, detail=verdict.detail)
