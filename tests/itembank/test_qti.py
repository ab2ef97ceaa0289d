"""QTI 3.0: what the shipped bank gives out comes back and is marked the same; what cannot be held is refused."""

import pytest

from assay.itembank.answers import mark
from assay.itembank.bank import load_bank
from assay.itembank.model import ChoiceKey, Kind, LineKey, NumberKey, Option, Variant
from assay.itembank.qti import QtiError, to_qti
from assay.itembank.qti_reading import from_qti
from assay.itembank.render import to_html

BANK = load_bank()
HELD = [
    one for one in BANK.families if one.kind in {Kind.SINGLE, Kind.NUMERIC, Kind.ORDER} and one.domain != "python"
]  # Python's families start a process for each variant


@pytest.mark.parametrize("family", HELD, ids=lambda family: family.id)
def test_shipped_question_comes_back(family):
    asked = BANK.variant(family_id=family.id, seed=7)
    back = from_qti(text=to_qti(variant=asked, title=family.title))
    assert to_html(back.stem) == to_html(asked.stem)
    assert to_html(back.explanation) == to_html(asked.explanation)
    assert [(one.id, to_html(one.text), one.misconception) for one in back.options] == [
        (one.id, to_html(one.text), one.misconception) for one in asked.options
    ]
    assert (back.kind, back.unit) == (asked.kind, asked.unit)
    if isinstance(asked.key, NumberKey):
        wide = max(asked.key.tolerance_abs, asked.key.tolerance_rel * abs(asked.key.value))
        assert back.key == NumberKey(value=asked.key.value, tolerance_abs=wide)
    else:
        assert back.key == asked.key


def test_several_right_answers_come_back():
    options = tuple(Option(id=one, text=f"Answer {one}", misconception="" if one < "c" else "x") for one in "abc")
    asked = Variant(
        family="a/b",
        seed=1,
        kind=Kind.MULTIPLE,
        stem="Which?\nAnd why?",
        options=options,
        key=ChoiceKey(ids=("a", "b")),
        explanation="So.",
    )
    back = from_qti(text=to_qti(variant=asked, title="T"))
    assert (back.kind, back.key, back.options, back.stem) == (asked.kind, asked.key, options, asked.stem)
    assert mark(variant=back, answer=["b", "a"]).is_right


def test_question_that_qti_does_not_hold_is_refused():
    asked = Variant(family="a/b", seed=1, kind=Kind.BUG_LINE, stem="Where?", key=LineKey(line=3), explanation="There.")
    with pytest.raises(QtiError, match="another way"):
        to_qti(variant=asked, title="T")


ITEM = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="their-item" title="T">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
    <qti-correct-response><qti-value>B</qti-value></qti-correct-response>
  </qti-response-declaration>
  <qti-item-body><div><p>Look at the
      <b>text</b>.</p></div>
    <qti-choice-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>What does it say?</qti-prompt>
      <qti-simple-choice identifier="A">One &lt; two</qti-simple-choice>
      <qti-simple-choice identifier="B"><p>Two</p></qti-simple-choice>
    </qti-choice-interaction></qti-item-body>
  <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
</qti-assessment-item>"""


def test_item_of_others_is_read():
    found = from_qti(text=ITEM)
    assert found.stem == "Look at the **text**.\n\nWhat does it say?"
    assert [(one.id, one.text) for one in found.options] == [("A", "One < two"), ("B", "Two")]
    assert (found.family, found.kind, found.key) == ("qti/their-item", Kind.SINGLE, ChoiceKey(ids=("B",)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<a", "not well formed"),
        ("<assessmentItem/>", "begins with qti-assessment-item"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entities"),
        ("<a>" * 70 + "</a>" * 70, "nested"),
        ("x" * 200_001, "larger"),
        (ITEM.replace("<p>Two</p>", '<img src="a.png" alt=""/>'), "<img>"),
        (ITEM.replace("<p>Two</p>", "<math><mi>x</mi></math>"), "without its TeX"),
        (ITEM.replace("<qti-value>B<", "<qti-value>C<"), "not there"),
        (ITEM.replace("<qti-value>B</qti-value>", ""), "what is right"),
        (ITEM.replace("choice-interaction", "match-interaction"), "one question"),
        (ITEM.replace("choice-interaction", "text-entry-interaction"), "no number"),
        (ITEM.replace("</qti-item-body>", "<qti-order-interaction/></qti-item-body>"), "one question"),
    ],
)
def test_item_that_cannot_be_held_is_refused(text, words):
    with pytest.raises(QtiError, match=words):
        from_qti(text=text)
