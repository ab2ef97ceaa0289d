"""Small helpers with which families make their variants."""

import re
from collections.abc import Sequence

import numpy as np

from assay.itembank.errors import ItemError
from assay.itembank.model import ChoiceKey, Kind, NumberKey, Option, OrderKey, Variant

_LETTERS = "abcdefgh"


def choice(
    rng: np.random.Generator,
    *,
    stem: str,
    right: str,
    wrong: Sequence[tuple[str, str]],
    explanation: str,
    kind: Kind = Kind.SINGLE,
) -> Variant:
    """Yield a question with one right option; ``wrong`` holds texts with what whoever chooses them mixes up."""
    texts = [(right, ""), *wrong]
    if len({text for text, _ in texts}) != len(texts):
        message = f"two options say the same: {[text for text, _ in texts]}"
        raise ItemError(message)
    texts = [texts[place] for place in rng.permutation(len(texts))]
    options = tuple(
        Option(id=letter, text=text, misconception=mixes)
        for letter, (text, mixes) in zip(_LETTERS, texts, strict=False)
    )
    right_id = next(option.id for option in options if option.text == right)
    return Variant(
        family="", seed=0, kind=kind, stem=stem, options=options, key=ChoiceKey(ids=(right_id,)),
        explanation=explanation,
    )  # fmt: skip


def number(
    *, stem: str, value: float, explanation: str, tolerance_abs: float = 0.0, tolerance_rel: float = 0.0, unit: str = ""
) -> Variant:
    """Yield a question that is answered by a number."""
    key = NumberKey(value=value, tolerance_abs=tolerance_abs, tolerance_rel=tolerance_rel)
    return Variant(family="", seed=0, kind=Kind.NUMERIC, stem=stem, key=key, explanation=explanation, unit=unit)


def order(rng: np.random.Generator, *, stem: str, lines: Sequence[str], explanation: str) -> Variant:
    """Yield lines, given from first to last, to be put in order."""
    ids = [_LETTERS[place] for place in rng.permutation(len(lines))]
    options = tuple(
        sorted((Option(id=one, text=text) for one, text in zip(ids, lines, strict=True)), key=lambda o: o.id)
    )
    return Variant(
        family="", seed=0, kind=Kind.ORDER, stem=stem, options=options, key=OrderKey(ids=tuple(ids)),
        explanation=explanation,
    )  # fmt: skip


def chosen_text(variant: Variant) -> str:
    """Yield the text of the one right option: what a family's own check compares."""
    assert isinstance(variant.key, ChoiceKey)  # noqa: S101 -- called for questions with one right option
    return next(option.text for option in variant.options if option.id == variant.key.ids[0])


def numbers_in(text: str) -> list[float]:
    """Yield the numbers that stand in a text, in their order: what a check reads from the stem, as a person would."""
    return [float(found) for found in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?", text)]


def value_of(variant: Variant) -> float:
    """Yield the key of a question that is answered by a number."""
    assert isinstance(variant.key, NumberKey)  # noqa: S101 -- called for questions of this kind
    return variant.key.value


def require(*, holds: bool, what: str) -> None:
    """Raise `ItemError` where a family's own check does not hold."""
    if not holds:
        raise ItemError(what)
