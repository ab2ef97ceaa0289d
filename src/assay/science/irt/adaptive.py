"""One adaptive test as a pure function of its rules, the answers so far and the time: ask this next, or stop."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError
from assay.science.irt.model import GRID, category_probabilities, information
from assay.science.irt.select import DEFAULT_EXPOSURE, Bank, Exposure, choose_item, open_under_quotas


class StopReason(StrEnum):
    """Why a test ended."""

    PRECISE = "precise"
    DECIDED = "decided"
    LENGTH = "length"
    TIME = "time"
    EXHAUSTED = "exhausted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a test ends and what it draws from. Frozen when the first candidate of a role starts.

    ``target_sd`` is the posterior sd at which the ability is known well enough. With ``bar`` the test also ends when
    the chance that all items still allowed would carry the estimate across it is below ``p_turn``. ``quarantined``
    items are never given.
    """

    target_sd: float = 0.3
    min_items: int = 5
    max_items: int = 30
    time_limit_s: float = math.inf
    bar: float | None = None
    p_turn: float = 0.01
    shares: Mapping[str, float] = field(default_factory=dict)
    exposure: Exposure = DEFAULT_EXPOSURE
    quarantined: frozenset[int] = frozenset()


class Answer(NamedTuple):
    """An item of the bank and the category of the answer to it."""

    item: int
    category: int


class Step(NamedTuple):
    """The next item, or the reason why there is none; always the ability so far."""

    item: int | None
    stop: StopReason | None
    ability_mean: float
    ability_sd: float


def ability_weights(*, bank: Bank, prior: FloatArray, answers: Sequence[Answer]) -> FloatArray:
    """Yield the posterior over ``GRID`` after the answers, shape (Q,); ``prior`` has the same shape."""
    log_weight = np.log(np.maximum(prior, 1e-300))
    if answers:
        given = [answer.item for answer in answers]
        if len(set(given)) != len(given):
            raise ScienceError("an item was answered twice")
        chosen = type(bank.items)(slopes=bank.items.slopes[given], intercepts=bank.items.intercepts[given])
        categories = np.array([answer.category for answer in answers])
        if (categories < 0).any() or (categories > chosen.thresholds).any():
            raise ScienceError("an answer names a category that its item does not have")
        probability = category_probabilities(items=chosen, ability=GRID)[np.arange(len(given)), categories]
        log_weight = log_weight + np.log(np.maximum(probability, 1e-300)).sum(axis=0)
    density = np.exp(log_weight - log_weight.max())
    weights: FloatArray = density / density.sum()
    return weights


def next_step(
    *,
    bank: Bank,
    rules: Rules,
    prior: FloatArray,
    answers: Sequence[Answer],
    elapsed_s: float,
    rng: np.random.Generator,
) -> Step:
    """Yield what happens next in a test.

    Parameters
    ----------
    prior
        Shape (Q,): what was believed of the ability before the test, on ``GRID`` (``normal_weights``).
    elapsed_s
        Seconds that the person has used, their extra time already taken off.
    rng
        Seeded from the attempt and the number of answers, so that a reloaded page shows the same item.
    """
    weights = ability_weights(bank=bank, prior=prior, answers=answers)
    mean = float(weights @ GRID)
    sd = math.sqrt(max(float(weights @ GRID**2) - mean**2, 0.0))
    is_open = np.ones(bank.items.count, dtype=np.bool_)
    is_open[[answer.item for answer in answers]] = False
    is_open[sorted(rules.quarantined)] = False
    stop = _stop(rules=rules, given=len(answers), elapsed_s=elapsed_s, mean=mean, sd=sd, is_out=not is_open.any())
    if stop is None and rules.bar is not None and len(answers) >= rules.min_items:
        told = information(items=bank.items, ability=np.array([mean]))[:, 0] * bank.worth
        left = np.sort(told[is_open])[::-1][: rules.max_items - len(answers)]
        if p_crossing(mean=mean, sd=sd, information_left=float(left.sum()), bar=rules.bar) < rules.p_turn:
            stop = StopReason.DECIDED
    if stop is not None:
        return Step(item=None, stop=stop, ability_mean=mean, ability_sd=sd)
    given = [answer.item for answer in answers]
    allowed = open_under_quotas(bank=bank, is_open=is_open, given=given, shares=rules.shares)
    item = choose_item(bank=bank, weights=weights, is_open=allowed, given=len(given), exposure=rules.exposure, rng=rng)
    return Step(item=item, stop=None, ability_mean=mean, ability_sd=sd)


def p_crossing(*, mean: float, sd: float, information_left: float, bar: float) -> float:
    """Yield the chance that further items of this information would carry the estimate across the bar.

    The estimate's change is normal with variance ``v - 1 / (1 / v + I)``, what the items are expected to take away.
    """
    if information_left <= 0.0:
        return 0.0
    change_sd = sd**2 * math.sqrt(information_left / (1.0 + sd**2 * information_left))
    return float(ndtr(-abs(mean - bar) / change_sd))


def _stop(*, rules: Rules, given: int, elapsed_s: float, mean: float, sd: float, is_out: bool) -> StopReason | None:
    """Yield the first reason that applies; the limits of time and length come before precision."""
    if not math.isfinite(mean):
        raise ScienceError("the ability is not finite")
    if elapsed_s >= rules.time_limit_s:
        return StopReason.TIME
    if given >= rules.max_items:
        return StopReason.LENGTH
    if is_out:
        return StopReason.EXHAUSTED
    if given >= rules.min_items and sd <= rules.target_sd:
        return StopReason.PRECISE
    return None
