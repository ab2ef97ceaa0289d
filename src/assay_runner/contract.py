"""What the site and a runner say to each other, and what a backend must do. Types only.

A `Job` is files and steps; a `JobResult` is what the steps gave. Nothing that says what is right is ever part of a job.
"""

from enum import StrEnum
from typing import Protocol

import msgspec


class Status(StrEnum):
    """How something in a box ended. IE is ours: it is tried again elsewhere and never counted."""

    OK = "OK"
    RE = "RE"
    CPU = "CPU"
    WALL = "WALL"
    OOM = "OOM"
    OUTPUT = "OUTPUT"
    PROTOCOL = "PROTOCOL"
    IE = "IE"


class Struct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all messages."""


class BoxFile(Struct, frozen=True, kw_only=True):
    """A file of a job: a relative POSIX path without ``..``, and its bytes."""

    path: str
    content: bytes


class Limits(Struct, frozen=True, kw_only=True):
    """What one box may use; see `most` for what a runner grants at the most."""

    cpu_s: float = 5.0
    wall_s: float = 15.0
    memory_mib: int = 512
    processes: int = 64
    scratch_mib: int = 64
    file_mib: int = 32
    output_kib: int = 1024


class Usage(Struct, frozen=True, kw_only=True):
    """What was used, of all processes of the box together."""

    cpu_ms: float = 0.0
    wall_ms: float = 0.0
    peak_mib: float = 0.0


class RunStep(Struct, frozen=True, kw_only=True, tag_field="step", tag="run"):
    """Run a program in a fresh box; its answer is its output and the files it leaves."""

    id: str
    argv: tuple[str, ...] = ()
    """Empty for the runtime's own command line on ``entry``."""
    entry: str = ""
    stdin: bytes = b""
    files: tuple[BoxFile, ...] = ()
    """Laid over the job's files for this step."""
    collect: tuple[str, ...] = ()
    """Paths, or patterns of `fnmatch`, of regular files whose bytes belong to the result."""
    keep: tuple[str, ...] = ()
    """Patterns of files that later steps of this job find in their boxes (a compiler's output)."""
    limits: Limits = Limits()


class Call(Struct, frozen=True, kw_only=True):
    """A call of a function inside a box. Arguments are packed values (`values.packed`)."""

    id: str
    fn: str
    """``name`` in the entry file, ``module:name``, or ``assay:name`` for the shim's own."""
    args: bytes = b"[]"
    """A packed list."""
    kwargs: bytes = b"{}"
    deadline_s: float = 10.0
    keep: str = ""
    """Keep the result in the box under this name instead of sending it; ``{"$kept": name}`` then stands for it."""


class CallsStep(Struct, frozen=True, kw_only=True, tag_field="step", tag="calls"):
    """Load the entry file in one fresh box and call it, one call after another."""

    id: str
    entry: str
    calls: tuple[Call, ...]
    files: tuple[BoxFile, ...] = ()
    seed: int = 0
    limits: Limits = Limits()


class Request(Struct, frozen=True, kw_only=True):
    """A request to the candidate's server; ``lane`` groups requests that are sent at the same time."""

    id: str
    method: str = "GET"
    path: str = "/"
    headers: dict[str, str] = {}
    body: bytes = b""
    lane: int = 0
    deadline_s: float = 5.0
    raw: bytes = b""
    """Where set, these very bytes are sent instead: malformed requests."""


class ServeStep(Struct, frozen=True, kw_only=True, tag_field="step", tag="serve"):
    """Start a server in a fresh box without any network but its own loopback, and put requests to it."""

    id: str
    argv: tuple[str, ...]
    """``{port}`` stands for the port it must listen on."""
    requests: tuple[Request, ...]
    ready_s: float = 10.0
    files: tuple[BoxFile, ...] = ()
    limits: Limits = Limits()


class DuetStep(Struct, frozen=True, kw_only=True, tag_field="step", tag="duet"):
    """Run test code in one box against the hand-in in another one: the tests hold proxies, never the hand-in itself."""

    id: str
    entry: str
    """The module that the tests import or are given."""
    tests: tuple[BoxFile, ...]
    test_entry: str
    style: str
    """``check`` (a ``check(candidate)`` as in HumanEval), ``asserts`` (as in MBPP) or ``unittest`` (as in Exercism)."""
    candidate: str = ""
    """The function that ``check`` gets."""
    prelude: str = ""
    """The statement's own text, for helper functions and imports that the tests use as well."""
    limits: Limits = Limits()


Step = RunStep | CallsStep | ServeStep | DuetStep


class Job(Struct, frozen=True, kw_only=True):
    """Everything that a runner needs for one hand-in."""

    runtime: str
    files: tuple[BoxFile, ...]
    steps: tuple[Step, ...]
    is_quick: bool = True
    """Whether a warm box may be used; long training gets a cold one."""


class Reply(Struct, frozen=True, kw_only=True):
    """What one call, request or test gave."""

    id: str
    status: Status
    value: bytes = b""
    """A packed value, or a response's body."""
    error: str = ""
    """The class of the error that was raised."""
    detail: str = ""
    code: int = 0
    """A response's HTTP status."""
    headers: dict[str, str] = {}
    usage: Usage = Usage()


class StepResult(Struct, frozen=True, kw_only=True):
    """What one step gave. A step that never ran because an earlier one failed says so in ``detail``."""

    id: str
    status: Status
    exit_code: int = 0
    signal: int = 0
    stdout: bytes = b""
    stderr: bytes = b""
    """Both cut at the output limit."""
    collected: tuple[BoxFile, ...] = ()
    replies: tuple[Reply, ...] = ()
    usage: Usage = Usage()
    detail: str = ""


class JobResult(Struct, frozen=True, kw_only=True):
    """What a job gave, and under which controls."""

    steps: tuple[StepResult, ...]
    backend: str
    controls: tuple[str, ...]
    runtime_version: str = ""
    flags: tuple[str, ...] = ()


class Backend(Protocol):
    """A way to box foreign code. One contract suite holds all of them."""

    name: str

    def run(self, job: Job) -> JobResult:
        """Yield what the job gave. Never raises for what the job does; what is our fault has the status IE."""

    def runtimes(self) -> dict[str, str]:
        """Yield each runtime with an empty text, or with the reason why it cannot be used here."""


class Lease(Struct, frozen=True, kw_only=True):
    """A job that one machine may run until ``expires_in_s`` have passed without a heartbeat."""

    run_id: str
    lease_id: str
    job: Job
    expires_in_s: float


class LeaseRequest(Struct, frozen=True, kw_only=True):
    """A machine asks for work that it is able to do."""

    runtimes: tuple[str, ...]
    labels: tuple[str, ...] = ()
    wait_s: float = 0.0


class ResultPost(Struct, frozen=True, kw_only=True):
    """What a machine found; posting the same lease twice changes nothing."""

    run_id: str
    lease_id: str
    result: JobResult
