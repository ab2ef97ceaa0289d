"""How long and branched the candidate's functions are, and how the whole project grew."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from assay.repositories.caps import Caps
from assay.repositories.code.lexical import shape_of
from assay.repositories.code.python_source import Function
from assay.repositories.code.scan import Scanned
from assay.repositories.git import Git
from assay.repositories.history import Commit, History
from assay.repositories.leftout import ANALYSED, is_left_out_by_name, language_of
from assay.repositories.model import Complexity, GrowthPoint
from assay.repositories.tree import Entry, read_blobs, read_tree

_POINTS = 7
_FILES = 800


def complexity_of(*, files: Sequence[Scanned]) -> Complexity | None:
    """Yield the shape of the candidate's Python functions; None where there are none."""
    functions: list[Function] = [function for file in files for function in file.own.functions]
    if not functions:
        return None
    lines = [function.lines for function in functions]
    branches = [function.branches for function in functions]
    return Complexity(
        functions=len(functions),
        median_lines=float(np.median(lines)),
        p90_lines=float(np.percentile(lines, 90)),
        median_branches=float(np.median(branches)),
        p90_branches=float(np.percentile(branches, 90)),
        documented_share=sum(function.is_documented for function in functions) / len(functions),
        annotated_share=sum(function.is_annotated for function in functions) / len(functions),
    )


def growth_of(*, git: Git, history: History, caps: Caps) -> list[GrowthPoint]:
    """Yield the project's size at up to seven moments, oldest first; fewer where time runs out."""
    deadline_s = time.monotonic() + caps.growth_s
    known: dict[str, tuple[int, float]] = {}
    points = []
    for commit in _moments(history):
        if time.monotonic() > deadline_s:
            break
        points.append(_point(git, commit, known, caps))
    return sorted(points, key=lambda point: point.on)


def _moments(history: History) -> list[Commit]:
    """Yield commits evenly spread over the history, the ends first: they must not fall to the deadline."""
    commits = sorted(history.commits, key=lambda commit: commit.committed_s)
    if len(commits) < 2:
        return []
    chosen = {round(share * (len(commits) - 1)) for share in np.linspace(0.0, 1.0, _POINTS)}
    order = sorted(chosen, key=lambda place: (place not in {0, len(commits) - 1}, place))
    return [commits[place] for place in order]


def _point(git: Git, commit: Commit, known: dict[str, tuple[int, float]], caps: Caps) -> GrowthPoint:
    tree = read_tree(git=git, commit=commit.id, caps=caps)
    entries = [entry for entry in tree.entries if _is_code(entry, caps)][:_FILES]
    fresh = {entry.blob: entry.path for entry in entries if entry.blob not in known}
    for blob, data in read_blobs(git=git, blobs=list(fresh)).items():
        text = data.decode("utf-8", "replace")
        shape = shape_of(text=text, language=language_of(fresh[blob]))
        known[blob] = (shape.lines, shape.branches_per_100)
    shapes = [known[entry.blob] for entry in entries]
    lines = sum(count for count, _ in shapes)
    branches = sum(count * density for count, density in shapes)
    return GrowthPoint(
        on=datetime.fromtimestamp(commit.committed_s, tz=UTC).date(),
        files=len(entries),
        lines=lines,
        branches_per_100=branches / lines if lines else 0.0,
    )


def _is_code(entry: Entry, caps: Caps) -> bool:
    language = language_of(entry.path)
    is_read = language in ANALYSED and language != "Notebook" and not is_left_out_by_name(entry.path)
    return is_read and entry.size <= caps.blob_bytes
