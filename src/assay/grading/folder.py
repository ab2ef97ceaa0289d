"""A task folder becomes a `Task`, or an error that names the file and the line.

::

    task.yaml        what it is (`TaskFile`)
    statement.md     what the candidate reads
    starter/         the files that the candidate starts with
    given/           read-only files beside them (optional)
    hidden/cases.py  the generator of cases and hidden rows; other files beside it are its own
    reference/       a right solution
    baseline/        the plain solution that a metric is held against (metric tasks)
    wrong/NAME/      one folder for each wrong solution, laid over the reference
"""

from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from assay.grading.errors import TaskError
from assay.grading.marks_of_yaml import Marked, read_marked
from assay.grading.model import (
    Compare,
    Family,
    Files,
    Group,
    MetricPart,
    ServicePart,
    Task,
    TestsPart,
    Viva,
    WrittenPart,
    WrongSolution,
)

MAX_FILE_BYTES = 16 * 2**20
MAX_TASK_BYTES = 64 * 2**20
FEWEST_WRONG = 3
IGNORED = {"__pycache__", ".DS_Store", ".git"}


class TaskFile(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What stands in task.yaml."""

    title: str
    summary: str
    family: Family
    runtime: str
    minutes: int
    level: int
    competencies: dict[str, float]
    entry: str
    groups: dict[str, Group] = {}
    wrong: dict[str, WrongSolution] = {}
    metric: MetricPart | None = None
    written: tuple[WrittenPart, ...] = ()
    service: ServicePart | None = None
    tests: TestsPart | None = None
    generator: str = "python"
    program: tuple[str, ...] = ()
    compile: tuple[str, ...] = ()
    compare: Compare = Compare()
    limits: dict[str, float] = {}
    viva: tuple[Viva, ...] = ()
    ai: str = "recorded"
    practice: bool = False
    sources: tuple[str, ...] = ()
    licence: str = "Apache-2.0"


def read_task(*, folder: Path) -> Task:
    """Yield the task of a folder.

    Raises
    ------
    TaskError
        A file is missing, too large or not as it should be; task.yaml is not as `TaskFile`, with the line.
    """
    if not folder.is_dir():
        raise TaskError(f"there is no folder {folder}")
    return task_from(slug=folder.name, files=files_under(folder))


def task_from(*, slug: str, files: Files) -> Task:
    """Yield the task of a folder's files, for example out of the database. Raises TaskError as `read_task`."""
    marked = read_marked(text=_text(files, "task.yaml"), file="task.yaml")
    head = _head(marked)
    reference = _part(files, "reference")
    task = Task(
        slug=slug,
        title=head.title,
        summary=head.summary,
        family=head.family,
        runtime=head.runtime,
        minutes=head.minutes,
        level=head.level,
        loadings=head.competencies,
        entry=head.entry,
        statement=_text(files, "statement.md"),
        starter=_part(files, "starter"),
        given=_part(files, "given"),
        reference=reference,
        baseline=_part(files, "baseline"),
        wrong=head.wrong,
        wrong_files={name: reference | _part(files, f"wrong/{name}") for name in head.wrong},
        hidden=_part(files, "hidden"),
        groups=head.groups,
        metric=head.metric,
        written=head.written,
        service=head.service,
        tests=head.tests,
        generator=head.generator,
        program=head.program,
        compile=head.compile,
        compare=head.compare,
        limits=head.limits,
        viva=head.viva,
        ai=head.ai,
        practice=head.practice,
        sources=head.sources,
        licence=head.licence,
        digest=digest_of(files),
    )
    _check(task, files, marked)
    return task


def files_under(folder: Path) -> Files:
    """Yield a folder's files by relative path. Raises TaskError for links out of it and for what is too large."""
    found: Files = {}
    for path in sorted(folder.rglob("*")):
        if IGNORED & set(path.relative_to(folder).parts) or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        if not path.resolve().is_relative_to(folder.resolve()):
            raise TaskError("links out of the task's folder are not followed", file=name)
        if path.stat().st_size > MAX_FILE_BYTES:
            raise TaskError(f"is larger than {MAX_FILE_BYTES // 2**20} MiB", file=name)
        found[name] = path.read_bytes()
    if sum(map(len, found.values())) > MAX_TASK_BYTES:
        raise TaskError(f"the folder holds more than {MAX_TASK_BYTES // 2**20} MiB")
    return found


def digest_of(files: Files) -> str:
    """Yield a digest of names and contents that does not depend on their order."""
    digest = sha256()
    for name in sorted(files):
        digest.update(f"{len(name)}:{name}:{len(files[name])}:".encode())
        digest.update(files[name])
    return digest.hexdigest()


def _head(marked: Marked) -> TaskFile:
    try:
        return msgspec.convert(marked.data, TaskFile, strict=False)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        path = path.rstrip("`")
        field = message.rpartition("unknown field `")[2].rstrip("`") if "unknown field" in message else ""
        line = marked.line_of(path or "$", field=field)
        raise TaskError(f"{message}{f' ({path[2:]})' if path else ''}", file="task.yaml", line=line) from error


def _text(files: Files, name: str) -> str:
    if name not in files:
        raise TaskError("is missing", file=name)
    try:
        return files[name].decode()
    except UnicodeDecodeError as error:
        raise TaskError("is not UTF-8", file=name) from error


def _part(files: Files, folder: str) -> Files:
    start = f"{folder}/"
    return {name.removeprefix(start): content for name, content in files.items() if name.startswith(start)}


def _check(task: Task, files: Files, marked: Marked) -> None:
    """Hold task.yaml against the files: what it names must be there, and what is there must be named."""
    problems: list[tuple[str, Any]] = []

    def need(path: str, is_met: bool, message: str) -> None:  # noqa: FBT001 - reads as a sentence below
        if not is_met:
            problems.append((message, marked.line_of(path)))

    entry_of = {"starter": task.starter, "reference": task.reference}
    for folder, found in entry_of.items():
        need("$.entry", task.entry in found, f"{folder}/{task.entry} is missing, but is named as the entry")
    needs_cases = bool(task.groups) or task.metric is not None
    if task.tests is not None:
        need("$.tests.file", task.tests.file in task.hidden, f"hidden/{task.tests.file} is missing")
    need("$.groups", not needs_cases or bool(task.tests) or "cases.py" in task.hidden, "hidden/cases.py is missing")
    need("$", needs_cases or bool(task.written), "there is nothing to grade: no groups, no metric, nothing written")
    need("$.metric", task.metric is None or bool(task.baseline), "baseline/ is missing: a metric needs one")
    need("$.level", 1 <= task.level <= 5, "a level runs from 1 to 5")
    need("$.minutes", 0 < task.minutes <= 480, "minutes run from 1 to 480")
    need("$.competencies", bool(task.loadings), "name at least one competency")
    need("$.ai", task.ai in {"allowed", "recorded", "excluded"}, "ai is allowed, recorded or excluded")
    for name, loading in task.loadings.items():
        need(f"$.competencies.{name}", 0 < loading <= 1, "a loading runs from 0 to 1")
    need(
        "$.wrong",
        not needs_cases or task.practice or bool(task.tests) or len(task.wrong) >= FEWEST_WRONG,
        f"{FEWEST_WRONG} wrong solutions are needed, {len(task.wrong)} are there",
    )
    _check_wrong(task, files, need)
    if problems:
        message, line = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise TaskError(message + more, file="task.yaml", line=line)


def _check_wrong(task: Task, files: Files, need: Any) -> None:
    parts = {*task.groups, *(["metric"] if task.metric else [])}
    for name, wrong in task.wrong.items():
        path = f"$.wrong.{name}"
        need(path, any(file.startswith(f"wrong/{name}/") for file in files), f"wrong/{name}/ is missing")
        need(f"{path}.fails", bool(wrong.fails), "name the groups that this solution must fail")
        for part in wrong.fails:
            need(f"{path}.fails", part in parts, f"there is no group {part!r}")
    on_disk = {name.split("/")[1] for name in files if name.startswith("wrong/") and name.count("/") > 1}
    for name in sorted(on_disk - set(task.wrong)):
        need("$.wrong", False, f"wrong/{name}/ is not named in task.yaml")  # noqa: FBT003 - as need
