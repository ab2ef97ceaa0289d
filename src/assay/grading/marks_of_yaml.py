"""YAML with the line of every key, so that a mistake is named where it stands."""

import re
from typing import Any, NamedTuple

import yaml

from assay.grading.errors import TaskError


class Marked(NamedTuple):
    """Plain data, and the line of each path such as ``$.groups.edges.points``."""

    data: Any
    lines: dict[str, int]

    def line_of(self, path: str, *, field: str = "") -> int | None:
        """Yield the line of the path, or of the nearest thing around it that has one.

        ``[...]`` in a path stands for any key; ``field`` is a key within it.
        """
        while path:
            pattern = re.escape(path).replace(r"\[\.\.\.\]", r"\.[^.\[]+")
            for ending in (rf"\.{re.escape(field)}", "") if field else ("",):
                for known, line in self.lines.items():
                    if re.fullmatch(pattern + ending, known):
                        return line
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None


def read_marked(*, text: str, file: str) -> Marked:
    """Yield the data with its lines. Raises TaskError for what is no YAML, or repeats a key."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise TaskError(f"this is not YAML: {error.problem}", file=file, line=line) from error
    except yaml.YAMLError as error:
        raise TaskError(f"this is not YAML: {error}", file=file) from error
    lines: dict[str, int] = {}
    if root is not None:
        _note(root, "$", lines, file)
    return Marked(data, lines)


def _note(node: yaml.Node, path: str, lines: dict[str, int], file: str) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = f"{path}.{key.value}"
            if inner in lines:
                raise TaskError(f"{key.value!r} stands here twice", file=file, line=key.start_mark.line + 1)
            lines[inner] = key.start_mark.line + 1
            _note(value, inner, lines, file)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note(value, f"{path}[{index}]", lines, file)
