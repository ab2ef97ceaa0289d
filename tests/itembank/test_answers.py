"""Numbers as people type them, and marking."""

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.itembank.answers import AnswerError, mark, normal_text, parse_number
from assay.itembank.model import ChoiceKey, Kind, LineKey, NumberKey, Option, OrderKey, TextKey, Variant
from assay.itembank.render import to_html


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.5", 1.5), ("1,5", 1.5), ("-2", -2), ("−2", -2), ("+3", 3), (".5", 0.5), (",5", 0.5), ("5.", 5),
        ("1e-3", 0.001),
        ("2E4", 20000), ("50 %", 0.5), ("50%", 0.5), ("12,5 %", 0.125), ("3/4", 0.75), ("-1/8", -0.125),
        ("1 / 3", 1 / 3),
        ("12 000", 12000), ("12 000,5", 12000.5), ("1'234'567", 1234567), ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567), ("1.234.567", 1234567), ("0,250", 0.25), ("1.234", 1.234), (" 7 ", 7),
    ],
)  # fmt: skip
def test_number_is_read(text, value):
    assert parse_number(text) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    ["", " ", "NaN", "nan", "inf", "-Infinity", "1/0", "half", "1;2", "0x10", "1_000",
     "١", "１", "1e999", "--1", "1/2/3",
     "1,2,3", "%", "1 2", "9" * 100, "3/4.5", "1,234"],
)  # fmt: skip
def test_what_is_no_number_or_could_be_two_is_refused(text):
    with pytest.raises(AnswerError):
        parse_number(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_survives_being_written(value):
    assert parse_number(repr(value)) == value


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    try:
        found = parse_number(text)
    except AnswerError:
        return
    assert math.isfinite(found)


def variant(key, kind=Kind.SINGLE, ids="abc"):
    options = tuple(Option(id=one, text=one, misconception=f"mixes {one}") for one in ids)
    return Variant(family="f/f", seed=1, kind=kind, stem="", options=options, key=key, explanation="")


def test_several_choices_share_what_agrees():
    asked = variant(ChoiceKey(ids=("a", "b")), Kind.MULTIPLE)
    assert mark(variant=asked, answer=["b", "a"]) == (True, 1.0, ())
    assert mark(variant=asked, answer=["a"]) == (False, pytest.approx(2 / 3), ())
    assert mark(variant=asked, answer=["a", "c"]) == (False, pytest.approx(1 / 3), ("mixes c",))


@pytest.mark.parametrize("answer", [[], ["z"], ["a", "a"], ["a", "b"], "z"])
def test_choice_that_was_not_offered_is_refused(answer):
    with pytest.raises(AnswerError):
        mark(variant=variant(ChoiceKey(ids=("a",))), answer=answer)


def test_order_is_right_only_whole():
    asked = variant(OrderKey(ids=("b", "a", "c")), Kind.ORDER)
    assert mark(variant=asked, answer=["b", "a", "c"]).is_right
    assert mark(variant=asked, answer=["b", "c", "a"]) == (False, pytest.approx(1 / 3), ())
    with pytest.raises(AnswerError):
        mark(variant=asked, answer=["b", "a"])


@pytest.mark.parametrize(("answer", "is_right"), [("0.5", True), ("0,5049", True), ("0.52", False), ("1/2", True)])
def test_number_is_right_within_its_tolerance(answer, is_right):
    asked = variant(NumberKey(value=0.5, tolerance_rel=0.01), Kind.NUMERIC, ids="")
    assert mark(variant=asked, answer=answer).is_right == is_right


def test_sign_of_the_unit_that_was_asked_for_does_not_divide():
    asked = msgspec.structs.replace(variant(NumberKey(value=58.0), Kind.NUMERIC, ids=""), unit="per cent")
    assert [mark(variant=asked, answer=one).is_right for one in ("58", "58 %", "0.58")] == [True, True, False]
    share = variant(NumberKey(value=0.58), Kind.NUMERIC, ids="")
    assert mark(variant=share, answer="58 %").is_right


def test_line_and_words():
    assert mark(variant=variant(LineKey(line=3), Kind.BUG_LINE, ids=""), answer=" 3 ").is_right
    with pytest.raises(AnswerError):
        mark(variant=variant(LineKey(line=3), Kind.BUG_LINE, ids=""), answer="three")
    words = variant(TextKey(accepted=("Cross entropy",)), Kind.SHORT, ids="")
    assert mark(variant=words, answer="“cross  ENTROPY.”").is_right
    assert not mark(variant=words, answer="entropy").is_right
    assert normal_text(" A  b. ") == "a b"


@given(st.text())
def test_rendering_lets_nothing_through(text):
    html = to_html(text)
    assert "<script" not in html.lower()
    bare = html
    for tag in ("p", "ul", "li", "em", "strong", "code", "table", "thead", "tbody", "tr", "th", "td"):
        bare = bare.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    bare = bare.replace('<pre tabindex="0">', "").replace("</pre>", "").replace("<br>", "")
    assert "<" not in bare


def test_rendering_of_the_subset():
    text = "Say **why** `a < b`:\n\n- one\n- *two*\n\n```python\nx = 1 < 2\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |"
    assert to_html(text) == (
        "<p>Say <strong>why</strong> <code>a &lt; b</code>:</p><ul><li>one</li><li><em>two</em></li></ul>"
        '<pre tabindex="0"><code>x = 1 &lt; 2</code></pre>'
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )
