"""Values that cross the wall of a box: JSON with tags, read strictly.

Standard library only, since this very file is laid into Python boxes. Outside, `unpacked` builds nothing but plain
data; inside a box, ``is_inside=True`` also builds arrays and frames where their libraries are there.

A tagged value is an object whose one key begins with ``$``; an object of the candidate's own with such a key, or with
keys that are no text, travels as ``$dict``. Forms: ``$int`` (beyond 2**53), ``$float`` (nan, inf, -inf), ``$tuple``,
``$set``, ``$dict``, ``$bytes``, ``$complex``, ``$decimal``, ``$fraction``, ``$date``, ``$datetime``, ``$array``,
``$table``.
"""

import base64
import datetime as dt
import decimal
import fractions
import json
import math
import sys
from typing import Any

MAX_DEPTH = 100
MAX_DIGITS = 4000
SAFE_INT = 2**53
ARRAY_TYPES = {
    "b1": 1,
    "i1": 1,
    "i2": 2,
    "i4": 4,
    "i8": 8,
    "u1": 1,
    "u2": 2,
    "u4": 4,
    "u8": 8,
    "f2": 2,
    "f4": 4,
    "f8": 8,
}
MAX_ARRAY_BYTES = 256 * 2**20


class CrossingError(ValueError):
    """A value that may not cross the wall; the message says why."""


def packed(value: Any) -> bytes:
    """Yield the value as JSON bytes. Raises CrossingError for what has no form here."""
    return json.dumps(_encoded(value, 0), allow_nan=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpacked(data: bytes, *, is_inside: bool = False) -> Any:
    """Yield the value of JSON bytes. Raises CrossingError for anything that is not strictly one."""
    try:
        tree = json.loads(data, parse_constant=_no_constant, parse_int=_whole)
    except (ValueError, RecursionError) as error:
        raise CrossingError(f"not JSON: {error}") from error
    return _decoded(tree, 0, is_inside=is_inside)


def _no_constant(name: str) -> Any:
    raise CrossingError(f"{name} stands outside of JSON")


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise CrossingError("a number of too many digits")
    return int(digits)


def _encoded(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise CrossingError(f"nested more than {MAX_DEPTH} deep")
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if abs(value) < SAFE_INT else _encoded_int(value)
    if kind is float:
        return value if math.isfinite(value) else {"$float": repr(value)}
    if kind is list:
        return [_encoded(item, depth + 1) for item in value]
    return _encoded_tagged(value, depth)


def _encoded_int(value: int) -> Any:
    if value.bit_length() > MAX_DIGITS * 3:
        raise CrossingError("a number of too many digits")
    return {"$int": str(value)}


def _encoded_tagged(value: Any, depth: int) -> Any:  # noqa: PLR0911 - one line a kind
    """Encode the rarer kinds; subclasses (an enum, a named tuple, a Counter) cross as what they are built on."""
    if isinstance(value, int | float | str):
        plain: Any = next(base for base in (int, float, str) if isinstance(value, base))
        return _encoded(plain.__new__(plain, value), depth)
    if isinstance(value, dict):
        return _encoded_dict(value, depth)
    if isinstance(value, tuple):
        return {"$tuple": [_encoded(item, depth + 1) for item in value]}
    if isinstance(value, list):
        return [_encoded(item, depth + 1) for item in value]
    if isinstance(value, set | frozenset):
        return {"$set": [_encoded(item, depth + 1) for item in value]}
    if isinstance(value, bytes | bytearray):
        return {"$bytes": base64.b64encode(value).decode()}
    for name, kinds, text in _SPELLED:
        if isinstance(value, kinds):
            return {name: text(value)}
    return _encoded_foreign(value, depth)


_SPELLED: tuple[tuple[str, Any, Any], ...] = (
    ("$complex", complex, lambda value: [repr(value.real), repr(value.imag)]),
    ("$decimal", decimal.Decimal, str),
    ("$fraction", fractions.Fraction, str),
    ("$datetime", dt.datetime, lambda value: value.isoformat()),
    ("$date", dt.date, lambda value: value.isoformat()),
)


def _encoded_dict(value: dict[Any, Any], depth: int) -> Any:
    if all(type(key) is str and not key.startswith("$") for key in value):
        return {key: _encoded(item, depth + 1) for key, item in value.items()}
    return {"$dict": [[_encoded(key, depth + 1), _encoded(item, depth + 1)] for key, item in value.items()]}


def _encoded_foreign(value: Any, depth: int) -> Any:
    """Arrays and frames of the usual libraries, told by their module so that none is imported for it."""
    home = type(value).__module__.partition(".")[0]
    if hasattr(value, "to_arrow") and home == "polars" and hasattr(value, "columns"):
        return _encoded_table(value.columns, [value[name].to_list() for name in value.columns], depth)
    if home == "pandas" and hasattr(value, "columns"):
        return _encoded_table(list(value.columns), [value.iloc[:, i].tolist() for i in range(value.shape[1])], depth)
    if home in {"pandas", "polars"}:
        return [_encoded(None if _is_missing(item) else item, depth + 1) for item in value.to_list()]
    if home == "torch" and hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    elif home in {"tensorflow", "jax", "jaxlib"} and hasattr(value, "__array__"):
        value = value.__array__()
    if type(value).__module__ == "numpy":
        return _encoded_array(value, depth)
    if type(value) in {range, type({}.keys()), type({}.values()), type({}.items())}:
        return [_encoded(item, depth + 1) for item in value]
    raise CrossingError(f"a value of type {type(value).__name__} cannot be given back")


def _encoded_array(value: Any, depth: int) -> Any:
    if not hasattr(value, "dtype"):
        raise CrossingError(f"a value of type {type(value).__name__} cannot be given back")
    code = value.dtype.str.lstrip("<>|=")
    if getattr(value, "ndim", 0) == 0 and code in ARRAY_TYPES:
        return _encoded(value.item(), depth)
    if code not in ARRAY_TYPES:
        if value.dtype.kind in "OUSM":
            return _encoded(value.tolist(), depth)
        raise CrossingError(f"an array of {value.dtype} cannot be given back")
    flat = value.astype("<" + code if ARRAY_TYPES[code] > 1 else code).tobytes()
    return {"$array": [code, list(value.shape), base64.b64encode(flat).decode()]}


def _encoded_table(columns: list[Any], data: list[list[Any]], depth: int) -> Any:
    cells = [[_encoded(None if _is_missing(item) else item, depth + 2) for item in column] for column in data]
    return {"$table": [[str(name) for name in columns], cells]}


def _is_missing(item: Any) -> bool:
    """NaN, NaT and NA are alike in a frame: no value."""
    return item is None or type(item).__name__ in {"NaTType", "NAType"} or (type(item) is float and math.isnan(item))


def _decoded(tree: Any, depth: int, *, is_inside: bool) -> Any:
    if depth > MAX_DEPTH:
        raise CrossingError(f"nested more than {MAX_DEPTH} deep")
    if isinstance(tree, list):
        return [_decoded(item, depth + 1, is_inside=is_inside) for item in tree]
    if not isinstance(tree, dict):
        return tree
    tag = next(iter(tree), "")
    if not tag.startswith("$"):
        return {key: _decoded(item, depth + 1, is_inside=is_inside) for key, item in tree.items()}
    if len(tree) != 1 or tag not in _DECODERS:
        raise CrossingError(f"no value is tagged {tag!r}")
    try:
        return _DECODERS[tag](tree[tag], depth + 1, is_inside)
    except CrossingError:
        raise
    except (ValueError, TypeError, KeyError, OverflowError, ArithmeticError) as error:
        raise CrossingError(f"a broken {tag[1:]}") from error


def _array(body: Any, _: int, is_inside: bool) -> Any:  # noqa: FBT001 - one shape for all decoders
    code, shape, text = body
    if code not in ARRAY_TYPES or any(type(size) is not int or size < 0 for size in shape) or len(shape) > 8:
        raise CrossingError("a broken array")
    count = math.prod(shape)
    # An empty array of a billion rows is no bytes long, and as lists a billion of them.
    if math.prod(max(size, 1) for size in shape) * ARRAY_TYPES[code] > MAX_ARRAY_BYTES:
        raise CrossingError("an array that is too large")
    data = base64.b64decode(text, validate=True)
    if len(data) != count * ARRAY_TYPES[code]:
        raise CrossingError("an array whose bytes do not fill its shape")
    if is_inside:
        import numpy as np  # noqa: PLC0415 - only boxes with numpy get arrays

        return np.frombuffer(data, dtype="<" + code).reshape(shape).copy()
    values = memoryview(data).cast("B").tolist() if code == "u1" else _numbers(data, code)
    return _nested(values, shape)


def _numbers(data: bytes, code: str) -> list[Any]:
    import struct  # noqa: PLC0415 - arrays only

    letter = {"b1": "?", "i1": "b", "i2": "h", "i4": "i", "i8": "q", "u2": "H", "u4": "I", "u8": "Q"}
    letter |= {"f2": "e", "f4": "f", "f8": "d"}
    return list(struct.unpack(f"<{len(data) // ARRAY_TYPES[code]}{letter[code]}", data))


def _nested(values: list[Any], shape: list[int]) -> Any:
    if not shape:
        return values[0]
    if len(shape) == 1:
        return values
    size = math.prod(shape[1:])
    return [_nested(values[row * size : (row + 1) * size], shape[1:]) for row in range(shape[0])]


def _table(body: Any, depth: int, is_inside: bool) -> Any:  # noqa: FBT001 - as _array
    columns, data = body
    cells = [_decoded(column, depth, is_inside=is_inside) for column in data]
    if len(columns) != len(cells) or len({len(column) for column in cells}) > 1:
        raise CrossingError("a table whose columns do not fit")
    if is_inside and "pandas" in sys.modules:
        frame = sys.modules["pandas"].DataFrame
        return frame(dict(zip(columns, cells, strict=True)))
    return {"columns": list(columns), "rows": [list(row) for row in zip(*cells, strict=True)]}


def _dict(body: Any, depth: int, is_inside: bool) -> Any:  # noqa: FBT001 - as _array
    return {_decoded(key, depth, is_inside=is_inside): _decoded(item, depth, is_inside=is_inside) for key, item in body}


def _items(body: Any, depth: int, is_inside: bool) -> list[Any]:  # noqa: FBT001 - as _array
    return [_decoded(item, depth, is_inside=is_inside) for item in body]


_DECODERS: dict[str, Any] = {
    "$int": lambda body, *_: _whole(body),
    "$float": lambda body, *_: {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}[body],
    "$tuple": lambda body, depth, is_inside: tuple(_items(body, depth, is_inside)),
    "$set": lambda body, depth, is_inside: set(_items(body, depth, is_inside)),
    "$dict": _dict,
    "$bytes": lambda body, *_: base64.b64decode(body, validate=True),
    "$complex": lambda body, *_: complex(float(body[0]), float(body[1])),
    "$decimal": lambda body, *_: decimal.Decimal(body),
    "$fraction": lambda body, *_: fractions.Fraction(body),
    "$datetime": lambda body, *_: dt.datetime.fromisoformat(body),
    "$date": lambda body, *_: dt.date.fromisoformat(body),
    "$array": _array,
    "$table": _table,
}
