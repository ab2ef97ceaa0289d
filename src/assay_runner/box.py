"""One box, from its start to the proof that nothing of it is left. Its clocks and caps are kept out here."""

import contextlib
import itertools
import json
import os
import resource
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from assay_runner import seccomp
from assay_runner.cgroups import Base, Group
from assay_runner.contract import Status, Usage
from assay_runner.outcome import BoxPlan, BoxRefusedError, Outcome
from assay_runner.walls import MOST_FILES, command_line

FIRST_UID = 64100
"""As root each box runs under one of a hundred uids that nobody else has, so that their process limits are apart."""
_LANES = itertools.cycle(range(100))
_NAMES = itertools.count()
_MIB = 2**20
_MAX_FRAME = 300 * _MIB


class Box:
    """A running box. A context manager: whatever happens, leaving it ends every process of the box."""

    def __init__(self, *, plan: BoxPlan, bwrap: str, base: Base | None) -> None:
        if len(plan.files) > MOST_FILES or any(len(f.content) > plan.limits.file_mib * _MIB for f in plan.files):
            raise BoxRefusedError("more or larger files than a box holds")
        self.limits = plan.limits
        self.verdict: Status | None = None
        self.stream = bytearray()
        self._stack = contextlib.ExitStack()
        self._output = {"stdout": bytearray(), "stderr": bytearray(), "status": bytearray()}
        self._started = time.monotonic()
        self._group = self._made_group(base)
        self._selector = self._stack.enter_context(selectors.DefaultSelector())
        try:
            self._process = self._start(plan, bwrap)
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def pump(self, *, is_done: Callable[[], bool], until: float) -> bool:
        """Move bytes and watch the limits until ``is_done``, the monotonic time ``until``, a verdict or the end."""
        while self._selector.get_map() and not self.verdict:
            if is_done():
                return True
            now = time.monotonic()
            if now >= until:
                return False
            self._watch(now)
            for key, _ in self._selector.select(min(until - now, self._next_look_s())):
                self._take(key)
        return is_done()

    def tell(self, data: bytes, *, until: float) -> bool:
        """Write a frame to the box; False where it does not take it in time."""
        left = memoryview(data)
        while left and not self.verdict and time.monotonic() < until:
            try:
                left = left[os.write(self._in, left) :]
            except BlockingIOError:
                self.pump(is_done=lambda: False, until=min(until, time.monotonic() + 0.002))
            except BrokenPipeError:
                return False
        return not left

    def cpu_ms(self) -> float:
        """Yield the CPU time so far, or 0 where there are no control groups."""
        return self._group.cpu_ms() if self._group else 0.0

    def end(self) -> Outcome:
        """Wait for the program's end within its limits, then clear up, and yield how it ended."""
        self.pump(is_done=lambda: False, until=self._started + self.limits.wall_s)
        if self._selector.get_map() and not self.verdict:
            self.verdict = Status.WALL
        return self.stop()

    def stop(self) -> Outcome:
        """End everything now and yield how it ended."""
        if self.verdict or self._selector.get_map():
            self._kill()
        code = self._process.wait()
        wall_ms = (time.monotonic() - self._started) * 1e3
        rusage = resource.getrusage(resource.RUSAGE_CHILDREN) if not self._group else None
        usage = self._usage(wall_ms, rusage)
        status, is_out_of_memory = self._ended(), bool(self._group and self._group.is_out_of_memory())
        is_drained = self._group.close() if self._group else True
        if not is_drained:
            return Outcome(status=Status.IE, detail="processes of the box outlived it", usage=usage)
        return self._outcome(code, status, usage, is_out_of_memory=is_out_of_memory)

    def _made_group(self, base: Base | None) -> Group | None:
        if base is None:
            return None
        name = f"{os.getpid()}-{next(_NAMES)}"
        # Two more: bubblewrap's monitor and its init stand in the group as well.
        group = Group(base, name, memory_bytes=self.limits.memory_mib * _MIB, processes=self.limits.processes + 2)
        self._stack.callback(group_closed, group)
        return group

    def _start(self, plan: BoxPlan, bwrap: str) -> subprocess.Popen[bytes]:
        given = contextlib.ExitStack()
        with given:
            fds = [_memory_file(file.content, given) for file in (*plan.files, *plan.tools)]
            stdin, filters = _memory_file(plan.stdin, given), _memory_file(_filter(plan.has_loopback), given)
            ends = {name: self._pipe(name, given) for name in ("stdout", "stderr", "status", "stream")}
            box_in, self._in = os.pipe2(os.O_CLOEXEC)
            given.callback(os.close, box_in)
            self._stack.callback(os.close, self._in)
            os.set_blocking(self._in, False)
            places = {"{in}": str(box_in), "{out}": str(ends["stream"])}
            argv = tuple(places.get(part, part) for part in plan.argv)
            frames = [fd for part, fd in (("{in}", box_in), ("{out}", ends["stream"])) if part in plan.argv]
            whole = BoxPlan(**{**plan.__dict__, "argv": argv})
            line = command_line(bwrap=bwrap, plan=whole, seccomp_fd=filters, status_fd=ends["status"], file_fds=fds)
            doors = self._group.doors() if self._group else []
            for door in doors:
                given.callback(os.close, door)
            uid = FIRST_UID + next(_LANES) if os.geteuid() == 0 else None
            process = subprocess.Popen(  # noqa: S603 - this is the door to the box
                line, stdin=stdin, stdout=ends["stdout"], stderr=ends["stderr"],
                pass_fds=[*fds, filters, ends["status"], *frames], env={}, cwd="/",
                user=uid, group=uid, extra_groups=None if uid is None else [], umask=0o077,
                preexec_fn=lambda: _limited(plan, doors, has_group=self._group is not None, most_fds=max([0, *fds])),  # noqa: PLW1509 - one thread
            )  # fmt: skip
        self._stack.callback(self._kill)
        return process

    def _pipe(self, name: str, given: contextlib.ExitStack) -> int:
        reading, writing = os.pipe2(os.O_CLOEXEC)
        given.callback(os.close, writing)
        self._stack.callback(os.close, reading)
        self._selector.register(reading, selectors.EVENT_READ, name)
        return writing

    def _take(self, key: selectors.SelectorKey) -> None:
        data = os.read(key.fd, 2**20)
        if not data:
            self._selector.unregister(key.fd)
            return
        kept = self.stream if key.data == "stream" else self._output[key.data]
        room = (_MAX_FRAME if key.data == "stream" else self.limits.output_kib * 1024) - len(kept)
        kept += data[:room]
        if len(data) > room:
            self.verdict = Status.OUTPUT

    def _watch(self, now: float) -> None:
        if now - self._started > self.limits.wall_s:
            self.verdict = Status.WALL
        elif self.cpu_ms() > self.limits.cpu_s * 1e3:
            self.verdict = Status.CPU

    def _next_look_s(self) -> float:
        """Look again when all processors together could have used up what is left."""
        left_s = (self.limits.cpu_s - self.cpu_ms() / 1e3) / (os.cpu_count() or 1)
        return min(max(left_s, 0.01), 1.0) if self._group else 0.1

    def _kill(self) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def _usage(self, wall_ms: float, children: resource.struct_rusage | None) -> Usage:
        if self._group:
            return Usage(cpu_ms=self._group.cpu_ms(), wall_ms=wall_ms, peak_mib=self._group.peak_mib())
        return Usage(wall_ms=wall_ms, peak_mib=children.ru_maxrss / 1024 if children else 0.0)

    def _ended(self) -> int | None:
        """Yield the exit code that bubblewrap reports; None where the program never ran or was ended with the box."""
        for line in bytes(self._output["status"]).splitlines():
            facts = json.loads(line)
            if "exit-code" in facts:
                return int(facts["exit-code"])
        return None

    def _outcome(self, code: int, ended: int | None, usage: Usage, *, is_out_of_memory: bool) -> Outcome:
        stdout, stderr = bytes(self._output["stdout"]), bytes(self._output["stderr"])
        status, detail = self.verdict, ""
        if status is None and is_out_of_memory:
            status = Status.OOM
        elif status is None and ended is None:
            status, detail = Status.IE, f"the box could not be set up ({code})"
        elif status is None:
            status = Status.CPU if ended == 128 + signal.SIGXCPU else Status.RE if ended else Status.OK
        number = ended - 128 if ended and 128 < ended < 193 else 0
        return Outcome(
            status=status or Status.IE, exit_code=ended or 0, signal=number, stdout=stdout, stderr=stderr,
            stream=bytes(self.stream), usage=usage, detail=detail,
        )  # fmt: skip


def group_closed(group: Group) -> None:
    """Remove a group that may be gone already."""
    with contextlib.suppress(FileNotFoundError):
        group.close()


def _filter(has_loopback: bool) -> bytes:  # noqa: FBT001 - the one question
    return seccomp.program(has_loopback=has_loopback)


def _memory_file(content: bytes, given: contextlib.ExitStack) -> int:
    fd = os.memfd_create("box", os.MFD_CLOEXEC)
    given.callback(os.close, fd)
    left = memoryview(content)
    while left:
        left = left[os.write(fd, left) :]
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _limited(plan: BoxPlan, doors: list[int], *, has_group: bool, most_fds: int) -> None:
    for door in doors:
        os.write(door, b"0")
    limits = plan.limits
    wanted = {
        resource.RLIMIT_CPU: int(limits.cpu_s) + 2,
        resource.RLIMIT_FSIZE: limits.file_mib * _MIB,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 256 + most_fds,
        resource.RLIMIT_MEMLOCK: 65536,
        resource.RLIMIT_NPROC: limits.processes + 2,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_STACK: 64 * _MIB,
    }
    if not has_group:
        wanted[resource.RLIMIT_AS] = (limits.memory_mib + 512) * _MIB
    for which, value in wanted.items():
        _, hard = resource.getrlimit(which)
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # A second between the two, or the kernel kills before it says that the time is up.
        resource.setrlimit(which, (max(most - 1, 1) if which == resource.RLIMIT_CPU else most, most))
