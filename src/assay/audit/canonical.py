"""One spelling for the facts of an event, so that a hash taken before storing still holds when they are read back.

Postgres keeps JSON numbers as decimals (1e20 comes back as a whole number, -0.0 as 0.0) and refuses two things that
Python strings may hold. Both are settled before an event is hashed and stored, so that no number and no letter of a
document can break a chain or stop a record.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def canonical(value: object) -> Any:
    """Yield a JSON value that reads the same before and after storing.

    Whole floats become ints, NUL and lone surrogates U+FFFD, tuples lists, keys strings.

    Raises
    ------
    TypeError
        For what JSON does not know (dates, decimals, models): say it as text.
    ValueError
        For NaN and the infinities.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return canonical_text(value)
    if isinstance(value, float):
        return _canonical_float(value)
    if isinstance(value, Mapping):
        return {canonical_text(str(key)): canonical(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(part) for part in value]
    message = f"{type(value).__name__} is not a JSON value; record it as text"
    raise TypeError(message)


def canonical_text(text: str) -> str:
    """Yield the text without what Postgres cannot store."""
    replaced = text.replace("\x00", "\ufffd")
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in replaced)


def _canonical_float(number: float) -> int | float:
    if not math.isfinite(number):
        message = f"{number} is not a JSON number"
        raise ValueError(message)
    return int(number) if number.is_integer() else number


def canonical_moment(moment: datetime) -> str:
    """Yield a moment in UTC to the microsecond, which is how Postgres keeps it. Raises `ValueError` without a zone."""
    if moment.tzinfo is None:
        message = "an event's moment needs a time zone"
        raise ValueError(message)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def digest_of(content: Mapping[str, object]) -> str:
    """Yield the SHA-256 of a JSON object with sorted keys and no spaces, as 64 hexadecimal digits."""
    text = json.dumps(canonical(content), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
