import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.grading.compare import found_share, is_right, told
from assay.grading.model import Compare, Rule

NAN = float("nan")


@pytest.mark.parametrize(
    ("rule", "answer", "expected", "holds"),
    [
        ("exact", 1, 1.0, True),
        ("exact", True, 1, False),
        ("exact", 1, True, False),
        ("exact", "1", 1, False),
        ("exact", [1, 2], (1, 2), True),
        ("exact", [1, 2], [1, 2, 3], False),
        ("exact", {"a": [1]}, {"a": [1]}, True),
        ("exact", {"a": 1, "b": 2}, {"a": 1}, False),
        ("exact", None, None, True),
        ("exact", None, 0, False),
        ("exact", 0.1 + 0.2, 0.3, False),
        ("close", 0.1 + 0.2, 0.3, True),
        ("close", [{"x": 0.30000001}], [{"x": 0.3}], True),
        ("close", 0.31, 0.3, False),
        ("close", NAN, NAN, True),
        ("close", NAN, 1.0, False),
        ("close", 1.0, NAN, False),
        ("close", math.inf, math.inf, True),
        ("close", -math.inf, math.inf, False),
        ("close", 10**400, 1.0, False),
        ("unordered", [3, 1, 2.0000001], [1, 2, 3], True),
        ("unordered", [1, 1, 2], [1, 2, 2], False),
        ("unordered", [["b", 1], ["a", 2]], [["a", 2], ["b", 1]], True),
        ("unordered", "abc", ["a", "b", "c"], False),
        ("unordered", [1, "a", None], [None, "a", 1], True),
        ("text", "  Hello\nWORLD ", "hello world", True),
        ("text", "hello", "hello world", False),
        ("text", 5, "5", False),
        ("table", {"columns": ["N"], "rows": [[2], [1]]}, {"columns": ["n"], "rows": [[1], [2]]}, True),
        ("table", {"columns": ["m"], "rows": [[1]]}, {"columns": ["n"], "rows": [[1]]}, False),
        ("table", [[1]], {"columns": ["n"], "rows": [[1]]}, False),
        ("found", [12, "Leak"], [[11, 12], ["leak"]], True),
        ("found", [12], [[11, 12], ["leak"]], False),
    ],
)
def test_answer_against_expected(rule, answer, expected, holds):
    compare = Compare(rule=Rule(rule), rel=1e-6, abs=1e-9)
    assert is_right(answer=answer, expected=expected, compare=compare) is holds


def test_findings_cost_false_alarms_and_repeats():
    planted = [[3, 4], [10], ["seed"]]
    assert found_share(answer=[4, 10, "seed"], expected=planted) == 1.0
    assert found_share(answer=[3, 4, 10], expected=planted) == pytest.approx(2 * 2 / 6)
    assert found_share(answer=list(range(1, 101)), expected=planted) == pytest.approx(2 * 2 / 103)
    assert found_share(answer=[], expected=planted) == 0
    assert found_share(answer="seed", expected=planted) == 0


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(value=PLAIN, rule=st.sampled_from([Rule.CLOSE, Rule.EXACT]))
def test_every_value_is_close_to_itself(value, rule):
    if rule is Rule.EXACT and "nan" in repr(value):
        return
    assert is_right(answer=value, expected=value, compare=Compare(rule=rule))


@given(values=st.lists(st.integers(-5, 5), max_size=8), seed=st.randoms(use_true_random=False))
def test_unordered_does_not_mind_the_order(values, seed):
    shuffled = list(values)
    seed.shuffle(shuffled)
    assert is_right(answer=shuffled, expected=values, compare=Compare(rule=Rule.UNORDERED))
    assert not is_right(answer=[*shuffled, 99], expected=values, compare=Compare(rule=Rule.UNORDERED))


@given(answer=PLAIN, expected=PLAIN, rule=st.sampled_from(list(Rule)))
def test_no_answer_breaks_the_comparison(answer, expected, rule):
    if rule is Rule.TABLE:
        expected = {"columns": ["a"], "rows": [[1]]}
    assert is_right(answer=answer, expected=expected, compare=Compare(rule=rule)) in {True, False}


def test_long_values_are_told_short():
    assert told([1, 2]) == "[1, 2]"
    assert len(told("x" * 500)) == 120
