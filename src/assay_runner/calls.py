"""Calls into a box, one after another. Replies are taken for what they are: whatever the hand-in chose to write."""

import json
import secrets
import time
from typing import Any

import msgspec

from assay_runner.box import Box
from assay_runner.contract import Call, CallsStep, Reply, Status, StepResult, Usage

_MAX_REPLY = 64 * 2**20


class BrokenReplyError(ValueError):
    """What came out of the box is no reply to what was asked."""


def run_calls(*, box: Box, step: CallsStep) -> StepResult:
    """Load the entry file and make the calls; after a deadline or a broken reply the rest is not made."""
    limits = step.limits
    replies: list[Reply] = []
    loaded = _answer(box, "", "", until=time.monotonic() + limits.wall_s)
    ended = loaded.status in {Status.WALL, Status.PROTOCOL} or bool(loaded.error)
    for call in () if ended else step.calls:
        reply = _made(box, call)
        replies.append(reply)
        if reply.status in {Status.WALL, Status.PROTOCOL}:
            break
    out = box.stop()
    why = _why(box, out.status, loaded, replies)
    whole = [*replies, *(Reply(id=call.id, status=why, detail="not called") for call in step.calls[len(replies) :])]
    is_box_verdict = why in {Status.CPU, Status.WALL, Status.OOM, Status.OUTPUT}
    if is_box_verdict and replies and replies[-1].status == Status.PROTOCOL:
        whole[len(replies) - 1] = msgspec.structs.replace(replies[-1], status=why)
    return StepResult(
        id=step.id, status=why, exit_code=out.exit_code, stdout=out.stdout, stderr=out.stderr, replies=tuple(whole),
        usage=out.usage, detail=f"{loaded.error}: {loaded.detail}" if loaded.error else loaded.detail or out.detail,
    )  # fmt: skip


def _why(box: Box, ended: Status, loaded: Reply, replies: list[Reply]) -> Status:
    """Yield how the step ended as a whole; the box itself was ended by us, so its own status tells only of limits."""
    if box.verdict:
        return box.verdict
    if ended == Status.OOM:
        return ended
    if loaded.error:
        return Status.RE
    if loaded.status != Status.OK:
        return loaded.status
    last = replies[-1].status if replies else Status.OK
    return last if last in {Status.WALL, Status.PROTOCOL} else Status.OK


def _made(box: Box, call: Call) -> Reply:
    token = secrets.token_hex(8)
    frame = json.dumps({
        "call": token, "fn": call.fn, "args": call.args.decode(), "kwargs": call.kwargs.decode(), "keep": call.keep
    }).encode()  # fmt: skip
    began, cpu_ms, until = time.monotonic(), box.cpu_ms(), time.monotonic() + call.deadline_s
    if not box.tell(len(frame).to_bytes(4, "big") + frame, until=until):
        status = Status.WALL if time.monotonic() >= until else Status.PROTOCOL
        return Reply(id=call.id, status=status, detail="the call was not taken")
    reply = _answer(box, call.id, token, until=until)
    usage = Usage(cpu_ms=max(0.0, box.cpu_ms() - cpu_ms), wall_ms=(time.monotonic() - began) * 1e3)
    return msgspec.structs.replace(reply, usage=usage)


def _answer(box: Box, reply_id: str, token: str, *, until: float) -> Reply:
    if not box.pump(is_done=lambda: has_frame(box.stream), until=until):
        if time.monotonic() >= until:
            return Reply(id=reply_id, status=Status.WALL, detail="no answer in time")
        return Reply(id=reply_id, status=Status.PROTOCOL, detail="the box ended without an answer")
    try:
        return _reply(frame_of(box.stream), reply_id, token)
    except BrokenReplyError as error:
        return Reply(id=reply_id, status=Status.PROTOCOL, detail=str(error))


def has_frame(stream: bytearray) -> bool:
    """Yield whether a whole frame is there, or the head of one that is too large."""
    size = int.from_bytes(stream[:4], "big")
    return len(stream) >= 4 and (size > _MAX_REPLY or len(stream) >= 4 + size)


def frame_of(stream: bytearray) -> bytes:
    """Take a frame's body off the stream. Raises `BrokenReplyError` for one that is too large."""
    size = int.from_bytes(stream[:4], "big")
    if size > _MAX_REPLY:
        raise BrokenReplyError("an answer that is too large")
    body = bytes(stream[4 : 4 + size])
    del stream[: 4 + size]
    return body


def _reply(body: bytes, reply_id: str, token: str) -> Reply:
    try:
        tree: Any = msgspec.json.decode(body, type=dict[str, str])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BrokenReplyError("an answer that is not one") from error
    if tree.get("call") != token:
        raise BrokenReplyError("an answer to a question that was not asked")
    if "error" in tree:
        return Reply(id=reply_id, status=Status.RE, error=tree["error"][:200], detail=tree.get("detail", "")[:2000])
    if "value" not in tree:
        raise BrokenReplyError("an answer without a value")
    return Reply(id=reply_id, status=Status.OK, value=tree["value"].encode("utf-8", "surrogatepass"))
