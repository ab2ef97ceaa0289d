"""Calls of a hand-in in a box of one runtime, for tests."""

import pytest

from assay_runner.contract import BoxFile, Call, CallsStep, Job, Limits
from assay_runner.local import local_backend
from assay_runner.values import packed, unpacked

LIMITS = Limits(cpu_s=30, wall_s=90, memory_mib=1024, processes=128)


def backend_with(runtime):
    """Yield the backend of this machine; skip the test with the reason where it lacks the runtime."""
    backend = local_backend(is_author=True)
    if reason := backend.runtimes()[runtime]:
        pytest.skip(reason)
    return backend


def step_of_calls(runtime, files, entry, *calls, limits=LIMITS):
    """Yield what the calls, ``(function, *arguments)``, gave in one box."""
    made = tuple(
        Call(id=str(at), fn=fn, args=packed(list(args)), deadline_s=60) for at, (fn, *args) in enumerate(calls)
    )
    laid = tuple(BoxFile(path=name, content=text.encode()) for name, text in files.items())
    step = CallsStep(id="one", entry=entry, calls=made, limits=limits)
    return backend_with(runtime).run(Job(runtime=runtime, files=laid, steps=(step,))).steps[0]


def values_of(step):
    """Yield each reply's value, or the name of its error."""
    return [reply.error or unpacked(reply.value) for reply in step.replies]
