"""Which form a collection has, and its exercises one by one; one that cannot be used is named and the rest goes on."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from assay.grading.errors import TaskError
from assay.grading.imports.exercism import exercise_folders, from_exercism
from assay.grading.imports.lines import from_humaneval, from_mbpp
from assay.grading.model import Files

MAX_LINE_BYTES = 4 * 2**20


class Imported(NamedTuple):
    """One exercise as the files of a task folder, or why it cannot be one."""

    name: str
    files: Files
    problem: str = ""


def read_collection(*, path: Path) -> Iterator[Imported]:
    """Yield the exercises of a JSONL file (HumanEval's or MBPP's fields) or of an Exercism track or exercise folder.

    Raises
    ------
    TaskError
        The path is neither, or cannot be read.
    """
    if path.is_dir():
        found = exercise_folders(path)
        if not found:
            raise TaskError(f"{path} holds no Exercism exercise: no folder in it has a .meta/config.json")
        for folder in found:
            yield _tried(folder.name, from_exercism, folder)
        return
    for number, record in _records(path):
        name = str(record.get("task_id") or record.get("name") or number) if isinstance(record, dict) else str(number)
        yield _tried(name, _from_record, record)


def _tried(name: str, make: Any, given: Any) -> Imported:
    try:
        return Imported(name, make(given))
    except TaskError as error:
        return Imported(name, {}, str(error))


def _from_record(record: Any) -> Files:
    if not isinstance(record, dict):
        raise TaskError("the line is no JSON object")
    if "test_list" in record:
        return from_mbpp(record)
    if "prompt" in record and ("test" in record or "tests" in record):
        return from_humaneval(record)
    raise TaskError(f"fields of neither HumanEval nor MBPP: {', '.join(sorted(record)[:8])}")


def _records(path: Path) -> Iterator[tuple[int, Any]]:
    try:
        data = path.read_text("utf-8")
    except OSError as error:
        raise TaskError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise TaskError(f"{path} is not UTF-8") from error
    if data.lstrip().startswith("["):
        try:
            yield from enumerate(json.loads(data), 1)
        except (ValueError, RecursionError) as error:
            raise TaskError(f"{path} is not JSON: {error}") from error
        return
    for number, line in enumerate(data.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError):
            yield number, f"line {number} is not JSON"
