"""The question bank holds together, and a broken one is refused with the question's name."""

import pytest
import yaml

from assay.competencies.catalogue import shipped_catalogue
from assay.interviews.bank import BankError, loaded_questions, shipped_questions
from assay.interviews.choices import Form

GOOD = {
    "id": "a", "competency": "python", "form": "design", "minutes": 6, "ask": "Why?",
    "follow_ups": ["How?", "When?"], "anchors": ["one", "two", "three", "four", "five"],
}  # fmt: skip


def written(folder, *questions):
    (folder / "some.yaml").write_text(yaml.safe_dump({"questions": list(questions)}), encoding="utf-8")
    return folder


def test_bank_covers_every_competency_of_every_family():
    asked = {one.competency for one in shipped_questions()}
    assert {one.id for one in shipped_catalogue().competencies} - asked == set()


def test_bank_has_enough_questions():
    assert len(shipped_questions()) >= 120


def test_bank_asks_what_people_did_more_often_than_what_they_know():
    forms = [one.form for one in shipped_questions()]
    assert forms.count(Form.CONCEPT) < len(forms) / 4


def test_no_two_questions_ask_or_anchor_the_same():
    asked = [one.ask for one in shipped_questions()]
    anchored = [anchor for one in shipped_questions() for anchor in one.anchors]
    assert len(set(asked)) == len(asked)
    assert len(set(anchored)) == len(anchored)


def test_good_question_is_read(tmp_path):
    (question,) = loaded_questions(folder=written(tmp_path, GOOD))
    assert (question.id, question.anchors[4]) == ("a", "five")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"competency": "astrology"}, "no such competency"),
        ({"form": "riddle"}, "no such form"),
        ({"minutes": 90}, "time box"),
        ({"follow_ups": ["one"]}, "too few follow-ups"),
        ({"anchors": ["one", "two", "three", "four"]}, "five different anchors"),
        ({"anchors": ["one", "one", "three", "four", "five"]}, "five different anchors"),
        ({"ask": " "}, "empty text"),
        ({"colour": "red"}, "some.yaml"),
    ],
)
def test_broken_question_is_refused_by_name(tmp_path, change, says):
    with pytest.raises(BankError, match=says):
        loaded_questions(folder=written(tmp_path, GOOD | change))


def test_id_that_is_there_twice_is_refused(tmp_path):
    with pytest.raises(BankError, match="twice: a"):
        loaded_questions(folder=written(tmp_path, GOOD, GOOD))
