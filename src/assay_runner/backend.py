"""Jobs in bubblewrap boxes: each step a fresh box, nothing kept but the files that a step names."""

import fnmatch
import time
from pathlib import Path

import msgspec

from assay_runner import cgroups
from assay_runner.box import Box
from assay_runner.calls import run_calls
from assay_runner.contract import (
    BoxFile,
    CallsStep,
    DuetStep,
    Job,
    JobResult,
    Limits,
    RunStep,
    Status,
    Step,
    StepResult,
)
from assay_runner.duets import TESTS_LIMITS, plan_of, run_duet
from assay_runner.outcome import BoxPlan, BoxRefusedError, collected_files
from assay_runner.runtimes import Found

_INSIDE = Path(__file__).parent / "inside"
_COLLECTOR = "/usr/bin/python3"
_MIB = 2**20
MOST = Limits(
    cpu_s=3600, wall_s=7300, memory_mib=16384, processes=256, scratch_mib=4096, file_mib=256, output_kib=16384
)
"""What a runner grants at the most, whatever a task asks for."""


class BwrapBackend:
    """Boxes of namespaces, seccomp, rlimits and, where there are any, control groups."""

    name = "bwrap"

    def __init__(self, *, bwrap: str, base: cgroups.Base | None, runtimes: dict[str, Found]) -> None:
        self._bwrap = bwrap
        self._base = base
        self._runtimes = runtimes
        self._tools = tuple(
            BoxFile(path=name, content=(folder / name).read_bytes())
            for folder, name in ((_INSIDE, "shim.py"), (_INSIDE, "launch.py"), (_INSIDE.parent, "values.py"))
        )
        names = ("duet.py", "duet_code.py", "duet_tests.py")
        self._duet_tools = tuple(BoxFile(path=name, content=(_INSIDE / name).read_bytes()) for name in names)
        self._collector = BoxFile(path="collect.py", content=(_INSIDE / "collect.py").read_bytes())

    @property
    def has_groups(self) -> bool:
        """Whether memory and CPU time of all processes of a box are held together."""
        return self._base is not None

    def controls(self) -> tuple[str, ...]:
        """Yield which walls stand around each box."""
        always = ("namespaces", "no-network", "read-only-root", "sized-scratch", "seccomp", "no-new-userns", "rlimits")
        return (*always, f"cgroup-v{self._base.version}" if self._base else "rlimit-as-instead-of-cgroup")

    def runtimes(self) -> dict[str, str]:
        """Yield each runtime with an empty text, or with the reason why it cannot be used here."""
        return {name: found.reason for name, found in self._runtimes.items()}

    def run(self, job: Job) -> JobResult:
        """Yield what the job gave."""
        found = self._runtimes.get(job.runtime)
        reason = found.reason if found else f"there is no runtime {job.runtime!r}"
        results: list[StepResult] = []
        kept: dict[str, BoxFile] = {file.path: file for file in job.files}
        for step in job.steps:
            if found is None or reason:
                results.append(StepResult(id=step.id, status=Status.IE, detail=reason))
                continue
            result = self._step(found, step, kept)
            results.append(result)
            if result.status != Status.OK and isinstance(step, RunStep) and step.keep:
                reason = f"not run: {step.id} failed"
        return JobResult(
            steps=tuple(results),
            backend=self.name,
            controls=self.controls(),
            runtime_version=found.version if found else "",
        )

    def _step(self, found: Found, step: Step, kept: dict[str, BoxFile]) -> StepResult:
        try:
            if isinstance(step, RunStep):
                return self._run(found, step, kept)
            if isinstance(step, CallsStep) and found.runtime.shim:
                return self._calls(found, step, kept)
            if isinstance(step, DuetStep) and found.runtime.duet:
                return self._duet(found, step, kept)
        except BoxRefusedError as error:
            return StepResult(id=step.id, status=Status.RE, detail=str(error))
        except OSError as error:
            return StepResult(id=step.id, status=Status.IE, detail=f"the box could not be made: {error}")
        kind = type(step).__name__
        return StepResult(id=step.id, status=Status.IE, detail=f"{found.name} boxes do not know a {kind}")

    def _plan(
        self, found: Found, step: RunStep | CallsStep, kept: dict[str, BoxFile], argv: tuple[str, ...]
    ) -> BoxPlan:
        files = kept | {file.path: file for file in step.files}
        return BoxPlan(
            argv=argv, limits=granted(step.limits), files=tuple(files.values()), tools=(*self._tools, *found.tools),
            binds=found.binds(), env=found.runtime.env, has_loopback=found.runtime.has_loopback,
        )  # fmt: skip

    def _run(self, found: Found, step: RunStep, kept: dict[str, BoxFile]) -> StepResult:
        argv = step.argv or found.filled(found.runtime.command, step.entry)
        plan = self._plan(found, step, kept, argv)
        wanted = (*step.collect, *step.keep)
        if wanted:
            budget = str(plan.limits.scratch_mib * _MIB)
            argv = (_COLLECTOR, "-I", "-S", "/box/collect.py", "{out}", "\n".join(wanted), budget, *argv)
            plan = BoxPlan(**{**plan.__dict__, "argv": argv, "tools": (*plan.tools, self._collector)})
        plan = BoxPlan(**{**plan.__dict__, "stdin": step.stdin})
        with Box(plan=plan, bwrap=self._bwrap, base=self._base) as box:
            out = box.end()
        result = StepResult(
            id=step.id, status=out.status, exit_code=out.exit_code, signal=out.signal, stdout=out.stdout,
            stderr=out.stderr, usage=out.usage, detail=out.detail,
        )  # fmt: skip
        try:
            files = collected_files(out.stream, most=2000) if out.status in {Status.OK, Status.RE} else ()
        except ValueError as error:
            return msgspec.structs.replace(result, status=Status.PROTOCOL, detail=str(error))
        if out.status == Status.OK:
            kept |= {file.path: file for file in files if _matches(file.path, step.keep)}
        return msgspec.structs.replace(result, collected=tuple(f for f in files if _matches(f.path, step.collect)))

    def _calls(self, found: Found, step: CallsStep, kept: dict[str, BoxFile]) -> StepResult:
        argv = (*found.filled(found.runtime.shim), step.entry, str(step.seed), "{in}", "{out}")
        plan = self._plan(found, step, kept, argv)
        with Box(plan=plan, bwrap=self._bwrap, base=self._base) as box:
            return run_calls(box=box, step=step)

    def _duet(self, found: Found, step: DuetStep, kept: dict[str, BoxFile]) -> StepResult:
        tools = (*self._tools, *self._duet_tools)
        code = BoxPlan(
            argv=(*found.filled(found.runtime.duet), "/box/duet_code.py", "{in}", "{out}"), limits=granted(step.limits),
            files=tuple(kept.values()), tools=tools, binds=found.binds(),
            env=found.runtime.env,
        )  # fmt: skip
        tests = BoxPlan(
            argv=(*found.filled(found.runtime.duet), "/box/duet_tests.py", plan_of(step), "{in}", "{out}"),
            limits=TESTS_LIMITS, files=step.tests, tools=tools, binds=found.binds(), env=found.runtime.env,
        )  # fmt: skip
        until = time.monotonic() + code.limits.wall_s
        with (
            Box(plan=code, bwrap=self._bwrap, base=self._base) as under_test,
            Box(plan=tests, bwrap=self._bwrap, base=self._base) as testing,
        ):
            return run_duet(tests=testing, code=under_test, step=step, until=until)


def granted(asked: Limits) -> Limits:
    """Yield the limits asked for, none above the most that is granted."""
    return Limits(**{name: min(getattr(asked, name), getattr(MOST, name)) for name in Limits.__struct_fields__})


def _matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)
