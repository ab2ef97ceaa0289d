"""A task as a value: what the candidate gets, what stays hidden, and how answers become marks.

Nothing here runs anything. `folder.read_task` makes a `Task` of a folder; `plan` turns a task and a hand-in into a job
for the runner; `mark` turns the runner's result into marks.
"""

from enum import StrEnum
from typing import Any

import msgspec

TEXT_KIND = "Text rated by people"

Files = dict[str, bytes]
"""Relative POSIX paths to bytes."""


class Family(StrEnum):
    """How long and how open: both are graded in the same way."""

    EXERCISE = "exercise"
    WORK_SAMPLE = "work_sample"


class Rule(StrEnum):
    """How an answer is held against the expected one; see `compare`."""

    EXACT = "exact"
    CLOSE = "close"
    UNORDERED = "unordered"
    TEXT = "text"
    TABLE = "table"
    FOUND = "found"


class Compare(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule with its tolerances: relative and absolute, as in |x - y| <= abs + rel |y|."""

    rule: Rule = Rule.EXACT
    rel: float = 1e-6
    abs: float = 1e-9


class Group(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cases that show one thing together."""

    about: str
    """What passing it shows, as a sentence that the candidate reads afterwards."""
    points: float = 1.0
    visible: bool = False
    """Whether the candidate sees these cases and their outcome while working."""
    partial: bool = False
    """Whether the share of passed cases counts; otherwise all must pass."""
    compare: Compare | None = None
    limits: dict[str, float] = {}
    """Overrides of the task's limits."""


class MetricPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Predictions on hidden rows, scored by a metric between baseline and reference.

    The entry file defines ``train(folder, seed) -> model`` and ``predict(model, rows) -> one value (or row) a row``.
    """

    metric: str
    points: float = 1.0
    about: str
    pass_at: float = 0.5
    """The placed score (0 baseline, 1 reference) from which the part counts as solved in words."""
    tolerance: float = 1e-6
    """How far predictions of the same row may differ between orders, chunks and runs."""
    chunk_invariant: bool = True
    """False for tasks whose rows belong together; then only the order of whole groups changes."""
    same_again: bool = True
    """Whether a second run with the same seed must give the same predictions."""


class WrittenPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text that people rate on anchored scales; the machine only shows it."""

    file: str
    about: str
    competency: str
    anchors: tuple[str, str, str, str, str]
    """What a text of level 1 to 5 looks like."""


class ServicePart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A server of the candidate's: how it is started, and how long it may take to be ready."""

    argv: tuple[str, ...]
    """``{port}`` stands for the port that it must listen on, on 127.0.0.1."""
    ready_s: float = 10.0


class TestsPart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tests that came as code with a collection, run as they are.

    Python's run in a box of their own against stand-ins for the hand-in. Those of other languages stand in the
    hand-in's own box (``program``), where foreign code could reach them: results say so by the flag ``tests-in-box``.
    """

    style: str
    """``check``, ``asserts``, ``unittest`` (see the runner's duet) or ``program``: exit code 0 passes."""
    file: str
    """Below hidden/."""
    candidate: str = ""
    prelude: str = ""
    """A file below hidden/ with the statement's own text, whose helpers the tests use."""
    argv: tuple[str, ...] = ()


class WrongSolution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A hand-in that the task must catch, and how."""

    verdict: str
    """WA, RE, CPU, WALL, OOM, OUTPUT or PROTOCOL, or BELOW for a metric below its pass mark."""
    fails: tuple[str, ...]
    """The groups (or ``metric``) that must not pass; all others must."""
    note: str
    """The mistake, in words."""
    flags: tuple[str, ...] = ()
    """Flags that it must raise, such as ``decoy-labels``."""


class Viva(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question about the candidate's own hand-in whose answer is computed by running it."""

    ask: str
    """With ``{args}`` where the input stands."""
    call: str = ""
    args: list[Any] = []
    stdin: str | None = None
    """What a program reads; then ``call`` and ``args`` are not used."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a task, whole."""

    slug: str
    title: str
    summary: str
    family: Family
    runtime: str
    minutes: int
    level: int
    """1 to 5: the level of somebody who has an even chance of most of the points."""
    loadings: dict[str, float]
    """Competency to how strongly the task shows it, 0 to 1."""
    entry: str
    statement: str
    starter: Files
    given: Files
    """Files that lie beside the candidate's own, read-only."""
    reference: Files
    baseline: Files
    wrong: dict[str, WrongSolution]
    wrong_files: dict[str, Files]
    """Each already laid over the reference."""
    hidden: Files
    """Sources of the generator of cases; never enter a box with foreign code."""
    groups: dict[str, Group]
    metric: MetricPart | None = None
    written: tuple[WrittenPart, ...] = ()
    service: ServicePart | None = None
    tests: TestsPart | None = None
    generator: str = "python"
    """The runtime that hidden/cases.py needs."""
    program: tuple[str, ...] = ()
    """The command line of cases that run the hand-in as a program; empty for the runtime's own."""
    compile: tuple[str, ...] = ()
    compare: Compare = Compare()
    limits: dict[str, float] = {}
    viva: tuple[Viva, ...] = ()
    ai: str = "recorded"
    """Whether help by a language model is ``allowed``, ``recorded`` (allowed, to be said) or ``excluded``."""
    practice: bool = False
    sources: tuple[str, ...] = ()
    licence: str = "Apache-2.0"
    digest: str = ""
    """sha256 over every file of the folder: the version that attempts and results name."""

    @property
    def points(self) -> float:
        """All points that the machine can give."""
        return sum(group.points for group in self.groups.values()) + (self.metric.points if self.metric else 0.0)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it is made of, in words for people."""
        parts = [
            ("Tests", bool(self.groups) and self.service is None),
            ("Service", self.service is not None),
            ("Predictions", self.metric is not None),
            (TEXT_KIND, bool(self.written)),
        ]
        return tuple(name for name, is_there in parts if is_there)


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that is tried. Exactly one of ``call``, ``argv``/``stdin`` and ``request`` says how."""

    id: str = ""
    group: str
    about: str = ""
    call: str | None = None
    """A function of the entry file, ``module:function``, or one of the box's own, ``assay:read_json``."""
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    argv: list[str] | None = None
    stdin: str | None = None
    files: dict[str, str] = {}
    """Extra files for this case only."""
    collect: list[str] = []
    """Files whose contents belong to the answer."""
    request: dict[str, Any] | None = None
    """method, path, body, headers."""
    expect: Any = msgspec.UNSET
    """The right answer; where it is left out, the reference solution gives it."""
    raises: str | None = None
    """The name of the error that the call must raise."""
    compare: Compare | None = None


class Rows(msgspec.Struct, frozen=True, kw_only=True):
    """Hidden rows of a metric part."""

    inputs: Any
    """A list of rows, an array with rows first, or a table as columns."""
    truth: list[Any]
    ceiling: float | None = None
    """The best value that the generator allows, where known."""
    decoys: list[Any] | None = None
    """Wrong labels that lie where a cheat would look."""


class Hidden(msgspec.Struct, frozen=True, kw_only=True):
    """What the generator made for one seed, with every expected value filled in."""

    seed: int
    cases: tuple[Case, ...]
    rows: Rows | None = None
    given: Files = {}
    """Files made for this seed, laid beside the task's own given files."""
    baseline: list[Any] | None = None
    """The baseline's predictions on the rows."""
    reference: list[Any] | None = None
