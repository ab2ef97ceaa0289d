"""Tests on one side, the code under test on the other: here two plain processes, without a box around them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import assay_runner

INSIDE = Path(assay_runner.__file__).parent / "inside"

CODE = '''
import enum

class StackError(Exception):
    pass

class Deep(StackError):
    def __init__(self, depth):
        super().__init__(depth)
        self.depth = depth

class Colour(enum.Enum):
    RED = 1

class Clock:
    """Tells the time."""
    HOURS = 24

    def __init__(self, hour, minute=0):
        self.minutes = hour * 60 + minute

    def __eq__(self, other):
        return isinstance(other, Clock) and self.minutes == other.minutes

    def __add__(self, minutes):
        return Clock(0, self.minutes + minutes)

    def __str__(self):
        return "%02d:%02d" % divmod(self.minutes, 60)

    @classmethod
    def midnight(cls):
        return cls(0)

def fail(depth):
    raise Deep(depth)

def sort_in_place(values):
    values.sort()

def apply(function, values):
    return [function(value) for value in values]

def squares(count):
    for number in range(count):
        yield number * number

def adder(left):
    return lambda right: left + right

def echo(value):
    return value

def leave():
    import os
    os._exit(0)

def lie():
    class Liar(float):
        def __eq__(self, other):
            return True
        __lt__ = __gt__ = __le__ = __ge__ = __eq__
        def __sub__(self, other):
            return self
        def __abs__(self):
            return self
        __hash__ = None
    class Plain:
        __eq__ = __lt__ = Liar.__eq__
    return [Liar(7), Plain()]

Pair = __import__("collections").namedtuple("Pair", "x y")

def pair():
    return Pair(1, 2)
'''

TESTS = """
import unittest
from solution import Clock, Colour, Deep, StackError, adder, apply, echo, fail, sort_in_place, squares
import solution

class ClockTest(unittest.TestCase):
    def test_objects(self):
        self.assertEqual(str(Clock(10, 5)), "10:05")
        self.assertEqual(Clock(1), Clock(0, 60))
        self.assertNotEqual(Clock(1), Clock(2))
        self.assertIsInstance(Clock(1) + 5, Clock)
        self.assertEqual(Clock.HOURS, 24)
        self.assertEqual(Clock.midnight(), Clock(0))
        self.assertEqual(Colour.RED.value, 1)

    def test_errors(self):
        with self.assertRaises(StackError) as caught:
            fail(3)
        self.assertIs(type(caught.exception), Deep)
        self.assertEqual(caught.exception.args[0], 3)
        with self.assertRaises(ZeroDivisionError):
            apply(lambda value: 1 / value, [0])

    def test_values(self):
        values = [3, 1, 2]
        self.assertIsNone(sort_in_place(values))
        self.assertEqual(values, [1, 2, 3])
        self.assertEqual(list(squares(4)), [0, 1, 4, 9])
        self.assertEqual(adder(2)(3), 5)
        for value in (1, 2.5, True, None, "x", (1, [2, {3}]), {1: (2,)}, b"x", 1j, 10**30, range(3), frozenset([1])):
            self.assertEqual(solution.echo(value), value)
            self.assertIs(type(solution.echo(value)), type(value))

def test_function():
    assert echo(lambda: 1)() == 1
"""


def duet(tmp_path, tests, *, style, candidate="", code=CODE, prelude=""):
    """Verdicts of the tests' side; the two processes are joined by pipes."""
    for name, text in (("code/solution.py", code), ("tests/test_it.py", tests)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    ask_r, ask_w = os.pipe()
    answer_r, answer_w = os.pipe()
    verdict_r, verdict_w = os.pipe()
    serve = (
        f"import sys, os; sys.path[:0] = [{str(tmp_path / 'code')!r}, {str(INSIDE)!r}]; import duet; "
        f"duet.serve_code(os.fdopen({ask_r}, 'rb'), os.fdopen({answer_w}, 'wb'))"
    )
    under_test = subprocess.Popen([sys.executable, "-I", "-c", serve], pass_fds=(ask_r, answer_w))
    plan = {"style": style, "folder": str(tmp_path / "tests"), "test_entry": "test_it.py", "module": "solution",
            "candidate": candidate, "prelude": prelude}  # fmt: skip
    testing = subprocess.Popen(
        [sys.executable, "-I", str(INSIDE / "duet_tests.py"), json.dumps(plan), str(answer_r), str(ask_w)],
        pass_fds=(answer_r, ask_w),
        stdout=verdict_w,
        stderr=subprocess.PIPE,
    )
    for end in (ask_r, ask_w, answer_r, answer_w, verdict_w):
        os.close(end)
    testing.communicate(timeout=30)
    under_test.kill()
    under_test.wait()
    with os.fdopen(verdict_r) as lines:
        return [json.loads(line) for line in lines]


def test_unittest_module_runs_against_the_other_side(tmp_path):
    verdicts = duet(tmp_path, TESTS, style="unittest")
    assert [(one["status"], one["detail"]) for one in verdicts[:-1]] == [("OK", "")] * 4
    assert verdicts[-1] == {"done": True}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("assert candidate(2) == 2", "OK"),
        ("assert candidate(2) == 3", "WA"),
        ("assert candidate((1,)) == [1]", "WA"),
        ("candidate(1)(2)", "RE"),
        ("assert helper(1) == 2", "OK"),
        ("assert lie()[0] == 3", "WA"),
        ("assert lie()[1] == 3", "WA"),
        ("assert not lie()[1] == 3", "OK"),
        ("assert lie()[0] < 3", "WA"),
        ("assert lie()[1] < 3", "RE"),
        ("assert abs(lie()[0] - 3) < 1e-6", "WA"),
        ("assert pair() == (1, 2)", "OK"),
        ("assert pair().x == 1", "OK"),
        ("assert pair() == (1, 3)", "WA"),
    ],
)
def test_check_function(tmp_path, body, status):
    tests = f"def check(candidate):\n    from solution import lie, pair\n    {body}\n"
    prelude = "def helper(value):\n    return value + 1\n"
    verdicts = duet(tmp_path, tests, style="check", candidate="echo", prelude=prelude)
    assert [one["status"] for one in verdicts[:-1]] == [status]


def test_asserts_are_tried_one_by_one(tmp_path):
    tests = json.dumps(["assert echo(1) == 1", "assert echo(1) == 2", "assert set(echo([1, 1])) == {1}"])
    verdicts = duet(tmp_path, tests, style="asserts", candidate="echo")
    assert [one["status"] for one in verdicts[:-1]] == ["OK", "WA", "OK"]


@pytest.mark.parametrize("code", ["import os\nos._exit(0)", "raise SystemExit(0)", "print('all passed')"])
def test_code_that_leaves_at_once_passes_nothing(tmp_path, code):
    verdicts = duet(tmp_path, "def check(candidate):\n    assert True\n", style="check", candidate="f", code=code)
    assert not [one for one in verdicts if one.get("status") == "OK"]


def test_code_that_leaves_in_the_middle_passes_nothing_more(tmp_path):
    tests = "def check(candidate):\n    candidate()\n"
    verdicts = duet(tmp_path, tests, style="check", candidate="leave")
    assert [one["status"] for one in verdicts if "status" in one] == ["RE"]


def test_nothing_of_the_tests_is_on_the_other_side(tmp_path):
    code = (
        "import sys, os\ndef look():\n    return sorted(os.listdir('.')), [m for m in sys.modules if 'test_it' in m]\n"
    )
    tests = "def check(candidate):\n    files, modules = candidate()\n    assert modules == []\n"
    assert duet(tmp_path, tests, style="check", candidate="look", code=code)[0]["status"] == "OK"
