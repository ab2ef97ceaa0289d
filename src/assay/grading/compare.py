"""An answer against the expected one. Answers are plain data from outside: nothing of theirs is ever called."""

import math
from collections.abc import Iterable
from numbers import Real
from typing import Any

from assay.grading.model import Compare, Rule

MAX_TOLD = 120


def is_right(*, answer: Any, expected: Any, compare: Compare) -> bool:
    """Yield whether the answer holds. A sequence is a sequence: tuples and lists are alike.

    ``exact``: equal values, where 1 and 1.0 are equal but 1 and True are not. ``close``: numbers within the tolerance,
    all else exact. ``unordered``: the same elements in any order, each close. ``text``: the same words, whatever the
    spacing and the case. ``table``: rows of a query in any order, numbers close, column names in their order.
    ``found``: see `found_share`.
    """
    match compare.rule:
        case Rule.EXACT:
            return _alike(answer, expected, None)
        case Rule.CLOSE:
            return _alike(answer, expected, compare)
        case Rule.UNORDERED:
            return _alike_unordered(answer, expected, compare)
        case Rule.TEXT:
            return isinstance(answer, str) and _words(answer) == _words(str(expected))
        case Rule.TABLE:
            return _alike_table(answer, expected, compare)
        case Rule.FOUND:
            return found_share(answer=answer, expected=expected) == 1.0


def found_share(*, answer: Any, expected: Any) -> float:
    """Yield how well a list of findings meets the planted ones, 0 to 1: the F1 of matched findings.

    Each expected finding is a list of accepted values (a defect may be named by any of its lines); each answer may
    match one finding. Repeats and findings that match nothing cost as false alarms.
    """
    if not isinstance(answer, list) or not isinstance(expected, list):
        return 0.0
    if not answer or not expected:
        return float(answer == expected)
    open_findings = [{_key(value) for value in _as_list(accepted)} for accepted in expected]
    hits = 0
    for found in answer:
        match = next((index for index, accepted in enumerate(open_findings) if _key(found) in accepted), None)
        if match is not None:
            hits += 1
            del open_findings[match]
    return 2 * hits / (len(answer) + len(expected))


def told(value: Any) -> str:
    """Yield a value in few words, for a line of feedback."""
    text = repr(value)
    return text if len(text) <= MAX_TOLD else f"{text[: MAX_TOLD - 1]}…"


def _alike(answer: Any, expected: Any, tolerance: Compare | None) -> bool:
    if isinstance(expected, bool) or isinstance(answer, bool):
        return answer is expected
    if isinstance(expected, Real) and isinstance(answer, Real):
        return bool(answer == expected) or (tolerance is not None and _near(answer, expected, tolerance))
    if isinstance(expected, list | tuple):
        return (
            isinstance(answer, list | tuple)
            and len(answer) == len(expected)
            and all(_alike(mine, right, tolerance) for mine, right in zip(answer, expected, strict=True))
        )
    if isinstance(expected, dict):
        return (
            isinstance(answer, dict)
            and answer.keys() == expected.keys()
            and all(_alike(answer[key], right, tolerance) for key, right in expected.items())
        )
    return type(answer) is type(expected) and bool(answer == expected)


def _near(answer: Real, expected: Real, tolerance: Compare) -> bool:
    """Whether two unequal numbers are close; NaN is close to NaN, infinity to nothing else."""
    try:
        mine, right = float(answer), float(expected)
    except OverflowError:
        # An integer beyond floats: only the very number is right.
        return False
    if not math.isfinite(right):
        return math.isnan(mine) and math.isnan(right)
    return abs(mine - right) <= tolerance.abs + tolerance.rel * abs(right)


def _alike_unordered(answer: Any, expected: Any, tolerance: Compare) -> bool:
    if not isinstance(answer, list | tuple) or not isinstance(expected, list | tuple) or len(answer) != len(expected):
        return False
    return _same_bag(list(answer), list(expected), tolerance)


def _same_bag(answer: list[Any], expected: list[Any], tolerance: Compare) -> bool:
    """Match sorted neighbours first, which is all there is without ties; search only for what is left over."""
    left = sorted(answer, key=_sort_key)
    for right in sorted(expected, key=_sort_key):
        match = next((index for index, mine in enumerate(left) if _alike(mine, right, tolerance)), None)
        if match is None:
            return False
        del left[match]
    return True


def _alike_table(answer: Any, expected: Any, tolerance: Compare) -> bool:
    """Tables are ``{"columns": [...], "rows": [[...], ...]}``."""
    if not isinstance(answer, dict) or answer.keys() != {"columns", "rows"}:
        return False
    if [str(name).lower() for name in _as_list(answer["columns"])] != [str(n).lower() for n in expected["columns"]]:
        return False
    return _alike_unordered(answer["rows"], expected["rows"], tolerance)


def _sort_key(value: Any) -> tuple[str, float, str]:
    if isinstance(value, Real) and not isinstance(value, bool):
        return ("number", round(value, 6) if isinstance(value, float) and math.isfinite(value) else _whole(value), "")
    if isinstance(value, list | tuple):
        return ("sequence", float(len(value)), " ".join(_plain(item) for item in value))
    return (type(value).__name__, 0.0, repr(value))


def _whole(value: Any) -> float:
    return float(value) if isinstance(value, int) and abs(value) < 2**53 else 0.0


def _plain(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else repr(value)


def _key(value: Any) -> str:
    return " ".join(_plain(item) for item in value) if isinstance(value, list | tuple) else _plain(value).lower()


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str | bytes | dict) else [value]


def _words(text: str) -> list[str]:
    return text.casefold().split()
