import datetime as dt
import json
import math
from collections import Counter, OrderedDict
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay_runner.values import CrossingError, packed, unpacked

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.binary(max_size=8)
    | st.fractions()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.datetimes(allow_imaginary=False).map(lambda when: when.replace(fold=0))
    | st.complex_numbers(allow_nan=False)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=4) | st.integers() | st.sampled_from(["$int", "$x"]), inner, max_size=3)
    ),
    max_leaves=15,
)


class Pair(NamedTuple):
    x: int
    y: int


def typed(value):
    """A value with its types, so that 1, 1.0 and True are told apart."""
    if isinstance(value, dict):
        return [(typed(key), typed(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return (type(value), [typed(item) for item in value])
    return (type(value), repr(value))


@given(value=VALUES)
def test_value_crosses_unchanged(value):
    assert typed(unpacked(packed(value))) == typed(value)


@given(values=st.sets(st.integers() | st.text(max_size=3)))
def test_sets_cross(values):
    assert unpacked(packed(values)) == values


@pytest.mark.parametrize(
    ("value", "crossed"),
    [
        (Counter("aab"), {"a": 2, "b": 1}),
        (OrderedDict(b=1), {"b": 1}),
        (Pair(1, 2), (1, 2)),
        (range(3), [0, 1, 2]),
        ({1: 2}.keys(), [1]),
        (np.float64(0.5), 0.5),
        (np.int32(7), 7),
        (np.bool_(True), True),
        (np.arange(6, dtype="i4").reshape(2, 3), [[0, 1, 2], [3, 4, 5]]),
        (np.array([[True]]), [[True]]),
        (np.zeros((2, 0)), [[], []]),
        (np.array(["a", "b"]), ["a", "b"]),
        (-math.inf, -math.inf),
        (Decimal("1.50"), Decimal("1.50")),
        (Fraction(1, 3), Fraction(1, 3)),
        (dt.date(2026, 1, 2), dt.date(2026, 1, 2)),
    ],
)
def test_relatives_cross_as_plain_data(value, crossed):
    found = unpacked(packed(value))
    assert found == crossed
    assert type(found) is type(crossed)


def test_nan_crosses():
    assert math.isnan(unpacked(packed(math.nan)))


def test_array_becomes_an_array_inside():
    array = np.array([[1.5, -2.0]])
    inside = unpacked(packed(array), is_inside=True)
    assert inside.dtype == "f8"
    np.testing.assert_array_equal(inside, array)


class Liar:
    def __eq__(self, other):
        return True

    __hash__ = None


def str_of(value):
    return type(value).__name__


@pytest.mark.parametrize(
    "value", [Liar(), object(), len, np.array([Liar()]), np.zeros(2, "c16"), 1 << 50_000], ids=str_of
)
def test_what_has_no_form_is_refused(value):
    with pytest.raises(CrossingError):
        packed(value)


def test_deep_nesting_is_refused_both_ways():
    deep = []
    for _ in range(200):
        deep = [deep]
    with pytest.raises(CrossingError, match="nested"):
        packed(deep)
    with pytest.raises(CrossingError):
        unpacked(b"[" * 100_000 + b"]" * 100_000)
    with pytest.raises(CrossingError, match="nested"):
        unpacked(b"[" * 200 + b"]" * 200)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b"NaN",
        b"[Infinity]",
        b"1" * 5000,
        b'{"$int": 5}',
        b'{"$int": "x"}',
        b'{"$float": "1.5"}',
        b'{"$pickle": "x"}',
        b'{"$int": "1", "b": 2}',
        b'{"$bytes": "!"}',
        b'{"$array": ["O", [1], "AAAA"]}',
        b'{"$array": ["f8", [1000000000000], ""]}',
        b'{"$array": ["f8", [-1], ""]}',
        b'{"$array": ["f8", [2], "AAAA"]}',
        b'{"$array": ["f8", [0, 1e9], ""]}',
        b'{"$array": ["f8", [1000000000, 0], ""]}',
        b'{"$table": [["a"], [[1], [2]]]}',
        b'{"$table": [["a", "b"], [[1], [2, 3]]]}',
        b'{"$dict": [[[1], 2]]}',
        b'{"$set": [[1]]}',
        b'{"$decimal": "x"}',
        b'{"$fraction": "1/0"}',
        b'{"$date": "yesterday"}',
    ],
)
@pytest.mark.parametrize("is_inside", [False, True])
def test_broken_values_are_refused(data, is_inside):
    with pytest.raises(CrossingError):
        unpacked(data, is_inside=is_inside)


@given(tree=st.recursive(st.text() | st.integers(), lambda i: st.dictionaries(st.text(), i) | st.lists(i)))
def test_no_json_does_anything_else(tree):
    data = json.dumps(tree).encode()
    try:
        unpacked(data)
    except CrossingError:
        return
