"""Proving families before anybody is asked: every seed is drawn, marked and verified; faults name family and seed."""

import math
from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean
from typing import NamedTuple

from assay.itembank.answers import mark
from assay.itembank.bank import Bank
from assay.itembank.errors import AnswerError, ItemError
from assay.itembank.model import ChoiceKey, Family, Kind, NumberKey, OrderKey, Variant
from assay.itembank.render import to_html

SEEDS = 50
LONGEST_STEM, LONGEST_OPTION = 2500, 400
STANDS_OUT = 1.6
"""The right option over the mean of the others, in characters, on average over the seeds: who sees it need not know."""
BARE_LENGTH = 12
"""Of shorter options the length says nothing."""


class Fault(NamedTuple):
    """What is wrong with a family; ``seed`` 0 for what holds over all."""

    family: str
    seed: int
    what: str


def check_bank(*, bank: Bank, competencies: Iterable[str], seeds: int = SEEDS) -> list[Fault]:
    """Yield everything that is wrong with the families of a bank, in their order."""
    known = frozenset(competencies)
    return [
        fault for family in bank.families for fault in check_family(bank=bank, family=family, known=known, seeds=seeds)
    ]


def check_family(*, bank: Bank, family: Family, known: frozenset[str], seeds: int) -> Iterator[Fault]:
    """Yield what is wrong with one family."""
    if unknown := sorted(family.loadings.keys() - known):
        yield Fault(family.id, 0, f"the competency map does not know {', '.join(unknown)}")
    if (
        not family.loadings
        or not all(0 < value <= 1 for value in family.loadings.values())
        or not 1 <= family.level <= 5
    ):
        yield Fault(family.id, 0, "loadings lie between 0 and 1, levels between 1 and 5")
    drawn = []
    for seed in range(1, seeds + 1):
        try:
            variant = bank.variant(family_id=family.id, seed=seed)
            _check_variant(bank, family, variant)
        except Exception as error:  # noqa: BLE001 -- an author's code may raise anything: it is named, with its seed
            yield Fault(family.id, seed, f"{type(error).__name__}: {error}")
        else:
            drawn.append(variant)
    if drawn and len({one.stem + str(one.options) for one in drawn}) < min(3, seeds) and not family.is_pilot:
        yield Fault(family.id, 0, "its variants hardly differ")
    if (ratio := _length_of_the_right_one(drawn)) > STANDS_OUT:
        yield Fault(family.id, 0, f"the right option is {ratio:.1f} times as long as the others")


def _check_variant(bank: Bank, family: Family, variant: Variant) -> None:
    """Raise `ItemError` or whatever the family's own check raises."""
    if isinstance(variant.key, NumberKey) and not math.isfinite(variant.key.value):
        raise ItemError("its key is no number")
    if variant != bank.variant(family_id=family.id, seed=variant.seed):
        raise ItemError("the same seed makes another question the second time")
    if not variant.stem.strip() or len(variant.stem) > LONGEST_STEM:
        raise ItemError(f"a stem has 1 to {LONGEST_STEM} characters")
    if not variant.explanation.strip():
        raise ItemError("it explains nothing")
    to_html(variant.stem)
    _check_options(variant)
    _check_key(variant)
    family.verify(variant)


def _check_options(variant: Variant) -> None:
    ids, texts = [one.id for one in variant.options], [" ".join(one.text.split()) for one in variant.options]
    if len(set(ids)) != len(ids) or len(set(texts)) != len(texts):
        raise ItemError("two options have one id or one text")
    if any(not text or len(text) > LONGEST_OPTION for text in texts):
        raise ItemError(f"an option has 1 to {LONGEST_OPTION} characters")
    if isinstance(variant.key, ChoiceKey):
        wrong = [one for one in variant.options if one.id not in variant.key.ids]
        if not wrong or any(not one.misconception for one in wrong):
            raise ItemError("every wrong option says what whoever chooses it mixes up, and there is one at least")


def _check_key(variant: Variant) -> None:
    """See that the key is marked right and, where one option is right, every other one wrong."""
    key = variant.key
    if isinstance(key, ChoiceKey) and variant.kind != Kind.MULTIPLE and len(key.ids) != 1:
        raise ItemError("exactly one option is right, unless several may be chosen")
    try:
        if isinstance(key, ChoiceKey | OrderKey):
            is_right = mark(variant=variant, answer=list(key.ids)).is_right
        elif isinstance(key, NumberKey):
            is_right = mark(variant=variant, answer=repr(key.value)).is_right
        else:
            answers = key.accepted if hasattr(key, "accepted") else (str(key.line),)
            is_right = bool(answers) and all(mark(variant=variant, answer=one).is_right for one in answers)
    except AnswerError as error:
        message = f"its own key is no answer: {error}"
        raise ItemError(message) from error
    if not is_right:
        raise ItemError("its own key is not marked right")


def _length_of_the_right_one(variants: Sequence[Variant]) -> float:
    """Yield how long the right option is beside the others, on average; 1 where nothing can be compared."""
    ratios = []
    for variant in variants:
        if isinstance(variant.key, ChoiceKey) and variant.kind != Kind.MULTIPLE:
            right = [len(one.text) for one in variant.options if one.id in variant.key.ids]
            wrong = [len(one.text) for one in variant.options if one.id not in variant.key.ids]
            if right and wrong and max(*right, *wrong) > BARE_LENGTH:
                ratios.append(right[0] / fmean(wrong))
    return fmean(ratios) if ratios else 1.0
