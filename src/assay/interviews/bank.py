"""The question bank that ships with Assay: questions with follow-ups and behaviourally anchored rating scales."""

from functools import cache
from pathlib import Path

import msgspec
import yaml

from assay.competencies.catalogue import LEVEL_COUNT, shipped_catalogue
from assay.core.content import content_path
from assay.interviews.choices import Form

MINUTES = (3, 20)
FOLLOW_UPS_LEAST = 2


class BankError(ValueError):
    """The bank's content does not hold together; the message names the question."""


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question, the same words for every candidate."""

    id: str
    competency: str
    form: str
    minutes: int
    """The time box, follow-ups included."""
    ask: str
    follow_ups: tuple[str, ...]
    anchors: tuple[str, ...]
    """What an answer at level 1, 2, 3, 4, 5 is heard to hold."""


class QuestionFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of content/interviews."""

    questions: tuple[Question, ...]


@cache
def shipped_questions() -> tuple[Question, ...]:
    """Yield the shipped bank, in the order of the files and of the questions in them."""
    return loaded_questions(folder=content_path() / "interviews")


def loaded_questions(*, folder: Path) -> tuple[Question, ...]:
    """Yield the questions of a folder of YAML files. Raises `BankError`."""
    found: list[Question] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            read = msgspec.convert(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), QuestionFile)
        except (yaml.YAMLError, msgspec.ValidationError) as error:
            message = f"{path.name}: {error}"
            raise BankError(message) from error
        found += read.questions
    for question in found:
        _check(question)
    ids = [question.id for question in found]
    if twice := sorted({one for one in ids if ids.count(one) > 1}):
        message = f"There twice: {', '.join(twice)}"
        raise BankError(message)
    return tuple(found)


def _check(question: Question) -> None:
    faults = {
        "no such competency": shipped_catalogue().find(question.competency) is None,
        "no such form": question.form not in Form.values,
        "the time box is out of bounds": not MINUTES[0] <= question.minutes <= MINUTES[1],
        "too few follow-ups": len(question.follow_ups) < FOLLOW_UPS_LEAST,
        "not five different anchors": len(question.anchors) != LEVEL_COUNT or len(set(question.anchors)) != LEVEL_COUNT,
        "an empty text": not all(text.strip() for text in (question.ask, *question.follow_ups, *question.anchors)),
    }
    if wrong := [fault for fault, is_so in faults.items() if is_so]:
        message = f"{question.id}: {', '.join(wrong)}"
        raise BankError(message)
