"""Answers as people type and choose them, and whether they are right."""

import math
import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from assay.itembank.errors import AnswerError
from assay.itembank.model import ChoiceKey, Kind, LineKey, NumberKey, OrderKey, Variant

__all__ = ["AnswerError", "Marked", "mark", "normal_text", "parse_number"]

_PLAIN = r"(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,3})?"
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:([ '’\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_TWO_MARKS = re.compile(
    r"[-+]?\d{1,3}(?:(,)\d{3})+\.\d+|[-+]?\d{1,3}(?:(\.)\d{3})+,\d+|[-+]?\d{1,3}(?:([.,])\d{3}){2,}"
)
_AMBIGUOUS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
_NUMBER = re.compile(rf"([-+]?)({_PLAIN})", re.ASCII)
_FRACTION = re.compile(r"([-+]?\d{1,15}) ?/ ?(\d{1,15})", re.ASCII)
_MOST_CHARACTERS = 60
PER_CENT = "per cent"
"""The unit whose sign may stand behind an answer without dividing it by a hundred."""


class Marked(NamedTuple):
    """Whether an answer is right, the share of it that is, and what was mixed up."""

    is_right: bool
    share: float
    misconceptions: tuple[str, ...] = ()


def parse_number(text: str) -> float:
    """Yield a typed number: ``1.5``, ``1,5``, ``3/4``, ``50 %``, ``1e-3``, ``12 000``, ``1,234.5``.

    Raises `AnswerError` with a sentence for whoever typed it: for words, NaN, infinities, a division by zero.
    """
    plain = unicodedata.normalize("NFC", text).strip().replace("−", "-").replace("\u2044", "/")
    is_percent = plain.endswith("%")
    plain = plain.removesuffix("%").strip()
    value = _fraction(plain) if "/" in plain else _decimal(plain)
    value = value / 100 if is_percent else value
    if not math.isfinite(value):
        raise _not_a_number()
    return value


def mark(*, variant: Variant, answer: str | Sequence[str]) -> Marked:
    """Tell whether an answer is right: ids of options (in their order), or what was typed.

    Raises `AnswerError` for what cannot be an answer to this question: nothing is right or wrong then.
    """
    key = variant.key
    if isinstance(key, ChoiceKey | OrderKey):
        return _chosen(variant, answer)
    if not isinstance(answer, str) or not answer.strip():
        message = "Type an answer."
        raise AnswerError(message)
    if isinstance(key, NumberKey):
        tolerance = max(key.tolerance_abs, key.tolerance_rel * abs(key.value)) + 1e-12 * max(1.0, abs(key.value))
        return _marked(is_right=abs(_in_unit(answer, unit=variant.unit) - key.value) <= tolerance)
    if isinstance(key, LineKey):
        if not re.fullmatch(r"\s*\d{1,4}\s*", answer, re.ASCII):
            message = "Type the number of one line, such as 3."
            raise AnswerError(message)
        return _marked(is_right=int(answer) == key.line)
    given, accepted = answer.strip(), key.accepted
    if key.is_normalised:
        given, accepted = normal_text(answer), tuple(normal_text(one) for one in key.accepted)
    return _marked(is_right=given in accepted)


def normal_text(text: str) -> str:
    """Yield a short answer without what makes no difference: case, runs of blanks, quotes around it, a last stop."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    return plain.strip("\"'`“”‘’").rstrip(".").strip()


def _chosen(variant: Variant, answer: str | Sequence[str]) -> Marked:
    known = {option.id: option for option in variant.options}
    given = [answer] if isinstance(answer, str) else list(answer)
    if not given or len(set(given)) != len(given) or not set(given) <= known.keys():
        message = "That is not one of the answers to choose from. Nothing was recorded; choose again."
        raise AnswerError(message)
    if isinstance(variant.key, OrderKey):
        if len(given) != len(known):
            message = "Give every line a place."
            raise AnswerError(message)
        right = sum(one == other for one, other in zip(given, variant.key.ids, strict=True))
        return Marked(right == len(given), right / len(given))
    assert isinstance(variant.key, ChoiceKey)  # noqa: S101 -- the other of the two, for the type checker
    if variant.kind != Kind.MULTIPLE and len(given) != 1:
        message = "Choose one answer."
        raise AnswerError(message)
    wanted = set(variant.key.ids)
    mixed = tuple(known[one].misconception for one in given if one not in wanted and known[one].misconception)
    is_right = set(given) == wanted
    agreeing = sum((one in wanted) == (one in given) for one in known) / len(known)
    return Marked(is_right, agreeing if variant.kind == Kind.MULTIPLE else float(is_right), mixed)


def _in_unit(answer: str, *, unit: str) -> float:
    """Yield a typed number in the unit that the question asks for: who is asked for per cent may type the sign."""
    return parse_number(answer.strip().removesuffix("%") if unit == PER_CENT else answer)


def _marked(*, is_right: bool) -> Marked:
    return Marked(is_right, float(is_right))


def _fraction(text: str) -> float:
    found = _FRACTION.fullmatch(text)
    if found is None or int(found[2]) == 0:
        raise _not_a_number()
    return float(Fraction(int(found[1]), int(found[2])))


def _decimal(text: str) -> float:
    if len(text) > _MOST_CHARACTERS:
        raise _not_a_number()
    if _AMBIGUOUS.fullmatch(text):
        message = f"Do you mean {text.replace(',', '.')} or {text.replace(',', '')}? Type it in this way."
        raise AnswerError(message)
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[ '’\u00a0\u202f]", "", text)
    elif _TWO_MARKS.fullmatch(text):
        last = max(text.rfind(","), text.rfind("."))
        is_whole = text.count(text[last]) > 1
        text = re.sub(r"[.,]", "", text) if is_whole else re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise _not_a_number()
    return float(found[1] + found[2].replace(",", "."))


def _not_a_number() -> AnswerError:
    return AnswerError("That is not a number. Type one such as 0.25, 0,25, 1/4 or 25 %.")
