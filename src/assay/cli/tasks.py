"""The work behind ``assay task``."""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assay.cli.task import DOES_NOT_HOLD, OK
from assay.competencies.catalogue import shipped_catalogue
from assay.grading.answers import STATUS_WORDS
from assay.grading.check import SEEDS, Finding, check_task, graded
from assay.grading.errors import TaskError
from assay.grading.folder import files_under, read_task
from assay.grading.imports import read_collection
from assay.grading.mark import Marks
from assay.grading.metric import FLAG_WORDS
from assay.grading.model import Files, Task
from assay.grading.prepare import Run, prepare
from assay.grading.template import TEMPLATE
from assay_runner.contract import Backend
from assay_runner.local import RefusedError, local_backend

MOST_NAMED = 20


def new(folder: Path) -> int:
    """Write a small working task to begin with. Raises TaskError where the folder is there already."""
    if folder.exists():
        raise TaskError(f"{folder} is there already; nothing was changed")
    _write(folder, TEMPLATE)
    print(f"{folder} is ready. Change it, then prove it: assay task check {folder}")
    return OK


def check(folders: list[Path], *, is_quick: bool) -> int:
    """Prove tasks, one line for each that holds and the reasons for each that does not."""
    console, run = Console(highlight=False), runner()
    known = frozenset(one.id for one in shipped_catalogue().competencies)
    failed = 0
    found = [folder for given in folders for folder in _task_folders(given)]
    for folder in found:
        findings = _checked(folder, run, known, SEEDS[:1] if is_quick else SEEDS)
        wrong = [finding for finding in findings if not finding.is_met]
        console.print(f"{'✕' if wrong else '✓'} {folder.name}: {len(findings) - len(wrong)} of {len(findings)} hold")
        for finding in wrong:
            console.print(f"    {finding.what}: {finding.detail or 'no'}", markup=False)
        failed += bool(wrong)
    console.print(f"{len(found) - failed} of {len(found)} tasks prove themselves.")
    return DOES_NOT_HOLD if failed else OK


def try_hand_in(folder: Path, hand_in: Path, *, seed: int, is_json: bool) -> int:
    """Grade a hand-in and print its marks."""
    task, run = read_task(folder=folder), runner()
    files = files_under(hand_in) if hand_in.is_dir() else {task.entry: _bytes_of(hand_in)}
    marks = graded(task=task, hidden=prepare(task=task, seed=seed, run=run), hand_in=files, run=run)
    if is_json:
        print(msgspec.json.format(msgspec.json.encode(marks)).decode())
    else:
        _print_marks(task, marks, Console(highlight=False))
    return OK if marks.share == 1 else DOES_NOT_HOLD


def import_collection(path: Path, *, out: Path, is_proved: bool) -> int:
    """Write a folder for each exercise that can be one; say which cannot, and why."""
    if not path.exists():
        raise TaskError(f"there is no {path}")
    exercises = list(read_collection(path=path))
    run = runner() if is_proved else None
    problems: list[tuple[str, str]] = []
    for one in track(exercises, "Importing", console=Console(stderr=True), transient=True):
        problem = one.problem or _import_problem(one.files, out / slug_of(one.name), run)
        if problem:
            problems.append((one.name, problem))
    proved = " and prove themselves: the canonical solution passes, an empty one does not" if run else ""
    print(f"{len(exercises) - len(problems)} of {len(exercises)} exercises stand in {out}{proved}.")
    for name, problem in problems:
        print(f"  not {name}: {problem.splitlines()[-1][:200] if problem else ''}")
    return DOES_NOT_HOLD if problems else OK


def runtimes() -> int:
    """Print which languages and tools run here."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Runtime", "Here", ""):
        table.add_column(heading, justify="left")
    for name, reason in sorted(_backend().runtimes().items()):
        table.add_row(name, "no" if reason else "yes", reason)
    Console(highlight=False).print(table)
    return OK


def runner() -> Run:
    """Yield what runs jobs here. Raises TaskError in one line where foreign code cannot be boxed."""
    return _backend().run


def slug_of(name: str) -> str:
    """Yield a folder's name: ``HumanEval/3`` becomes ``humaneval-3``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "exercise"


def _backend() -> Backend:
    try:
        return local_backend(is_author=True)
    except RefusedError as error:
        raise TaskError(str(error)) from error


def _import_problem(files: Files, folder: Path, run: Run | None) -> str:
    """Write the folder and yield why it does not prove itself, "" where it does; an unproved folder does not stay."""
    if folder.exists():
        return f"{folder} is there already; it was left as it is"
    _write(folder, files)
    try:
        task = read_task(folder=folder)
        problem = _proof_problem(task, run) if run else ""
    except TaskError as error:
        problem = str(error)
    if problem:
        _remove(folder)
    return problem


def _proof_problem(task: Task, run: Run) -> str:
    hidden = prepare(task=task, seed=1, run=run)
    right = graded(task=task, hidden=hidden, hand_in=task.reference, run=run)
    if right.share < 1:
        return f"its canonical solution does not pass: {right.cases[0].status.value} {right.cases[0].detail}"
    empty = graded(task=task, hidden=hidden, hand_in=task.starter, run=run)
    return "" if empty.share < 1 else "an empty solution passes as well"


def _checked(folder: Path, run: Run, known: frozenset[str], seeds: tuple[int, ...]) -> list[Finding]:
    try:
        return check_task(task=read_task(folder=folder), run=run, competencies=known, seeds=seeds)
    except TaskError as error:
        return [Finding("it can be used", is_met=False, detail=str(error))]


def _task_folders(given: Path) -> Iterable[Path]:
    if (given / "task.yaml").is_file() or not given.is_dir():
        return [given]
    found = sorted(path.parent for path in given.rglob("task.yaml"))
    if not found:
        raise TaskError(f"there is no task.yaml in {given}")
    return found


def _print_marks(task: Task, marks: Marks, console: Console) -> None:
    console.print(f"{task.title}: {marks.earned:g} of {marks.points:g} points", style="bold")
    for group in marks.groups:
        sign = "✓" if group.passed == group.cases else "✕"
        console.print(f"{sign} {group.about}: {group.passed} of {group.cases}", markup=False)
    for case in [case for case in marks.cases if case.share < 1][:MOST_NAMED]:
        said = case.detail or STATUS_WORDS[case.status]
        console.print(f"    case {case.case} ({case.group}): {said}", markup=False)
    if marks.metric is not None:
        _print_metric(marks, console)
    for flag in marks.flags:
        console.print(f"To look at: {FLAG_WORDS.get(flag, flag)}.", markup=False)


def _print_metric(marks: Marks, console: Console) -> None:
    found = marks.metric
    assert found is not None  # noqa: S101 - checked by the caller, for the type checker
    sign = "✓" if found.has_passed else "✕"
    if found.value is None:
        console.print(f"{sign} {found.about}: {found.detail}", markup=False)
        return
    reached = f"{found.label} {found.value.value:.4g} ({found.value.low:.4g} to {found.value.high:.4g})"
    beside = f"baseline {found.baseline:.4g}, reference {found.reference:.4g}"
    console.print(f"{sign} {found.about}: {reached}, {beside}", markup=False)


def _write(folder: Path, files: Files) -> None:
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise TaskError(f"{folder} cannot be written: {error.strerror}") from error


def _remove(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    folder.rmdir()


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TaskError(f"{path} cannot be read: {error.strerror}") from error
