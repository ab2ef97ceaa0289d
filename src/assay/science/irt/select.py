"""Which item next: least expected posterior variance, with exposure and content kept in bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from assay.science.arrays import BoolArray, FloatArray, IntArray, frozen
from assay.science.errors import ScienceError
from assay.science.irt.model import GRID, Items, category_probabilities, information

PILOT_RESPONSES = 200
"""An item with fewer responses is a pilot: its parameters are uncertain, and so is what it tells."""
PILOT_DISCOUNT = 0.7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bank:
    """Items laid out for selection; made once for a version of the bank.

    ``credit`` has shape (J * M, Q): P(Y = x) for x >= 1. ``worth`` has shape (J,): 1, or the discount of a pilot.
    """

    items: Items
    content: tuple[str, ...]
    credit: FloatArray
    worth: FloatArray

    @classmethod
    def from_items(cls, *, items: Items, content: Sequence[str], responses: IntArray) -> Self:
        """Yield a bank; ``content`` names each item's area, ``responses`` counts those behind its calibration."""
        if not len(content) == len(responses) == items.count:
            raise ScienceError("every item needs one content area and one number of responses")
        credit = category_probabilities(items=items, ability=GRID)[:, 1:]
        return cls(
            items=items,
            content=tuple(content),
            credit=frozen(np.ascontiguousarray(credit.reshape(-1, len(GRID)))),
            worth=frozen(np.where(np.asarray(responses) < PILOT_RESPONSES, PILOT_DISCOUNT, 1.0)),
        )


def variance_reductions(*, bank: Bank, weights: FloatArray) -> FloatArray:
    """Yield by how much each item is expected to lower the posterior variance, shape (J,), at least 0.

    ``E[var] = E[theta^2] - sum_x (sum_q w_q theta_q P_xq)^2 / sum_q w_q P_xq`` (van der Linden & Pashley 2010,
    doi:10.1007/978-0-387-85461-8_1): the variance now minus this is the reduction. Pilots are discounted.

    Parameters
    ----------
    weights
        Shape (Q,): the posterior over ``GRID`` so far.
    """
    mean = float(weights @ GRID)
    # two products with a vector take half the time of one with a matrix of two columns
    chance = (bank.credit @ weights).reshape(bank.items.count, -1)
    first = (bank.credit @ (weights * (GRID - mean))).reshape(bank.items.count, -1)
    none_chance, none_first = 1.0 - chance.sum(axis=1), -first.sum(axis=1)
    reduction = (first**2 / np.maximum(chance, 1e-300)).sum(axis=1) + none_first**2 / np.maximum(none_chance, 1e-300)
    found: FloatArray = bank.worth * reduction
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How the choice is loosened so that no item is seen by everybody.

    ``is_progressive`` mixes chance in at the start of a test and lets it fade towards ``length`` (Revuelta & Ponsoda
    1998, doi:10.1111/j.1745-3984.1998.tb00541.x); ``among`` picks at random among that many best (randomesque,
    Kingsbury & Zara 1989, doi:10.1207/s15324818ame0204_6).
    """

    is_progressive: bool = True
    among: int = 1
    length: int = 20


DEFAULT_EXPOSURE = Exposure()
NO_CONTROL = Exposure(is_progressive=False, among=1)


def choose_item(
    *, bank: Bank, weights: FloatArray, is_open: BoolArray, given: int, exposure: Exposure, rng: np.random.Generator
) -> int:
    """Yield the index of the next item.

    Parameters
    ----------
    weights
        Shape (Q,): the posterior so far.
    is_open
        Shape (J,): items that may still be given.
    given
        How many items the person has had.
    """
    if not is_open.any():
        raise ScienceError("no item is left to choose from")
    worth = variance_reductions(bank=bank, weights=weights)
    if exposure.is_progressive:
        trust = min(given / exposure.length, 1.0)
        worth = trust * worth + (1.0 - trust) * rng.random(len(worth)) * worth[is_open].max()
    worth = np.where(is_open, worth, -1.0)
    best = min(exposure.among, int(is_open.sum()))
    if best == 1:
        return int(np.argmax(worth))
    return int(np.sort(np.argpartition(-worth, best - 1)[:best])[rng.integers(best)])


def open_under_quotas(
    *, bank: Bank, is_open: BoolArray, given: Sequence[int], shares: Mapping[str, float]
) -> BoolArray:
    """Yield the open items of the content area that lags most behind its share (Kingsbury & Zara 1989).

    Areas without open items are passed over; without shares everything stays open.
    """
    if not shares:
        return is_open
    content = np.array(bank.content)
    had = [bank.content[item] for item in given]
    total = max(len(had), 1)
    lag = {area: share - had.count(area) / total for area, share in shares.items()}
    for area in sorted(lag, key=lambda name: (-lag[name], name)):
        inside: BoolArray = is_open & (content == area)
        if inside.any():
            return inside
    raise ScienceError("no open item belongs to an area with a share")


def short_form(*, bank: Bank, length: int, shares: Mapping[str, float] | None = None) -> list[int]:
    """Yield a fixed form of ``length`` items, best for the pool N(0, 1) as a whole.

    Greedy: each item added most lowers the average of ``1 / (1 + information)``, the posterior variance. For areas
    with fewer than about 150 items this is as good as an adaptive test (docs/science/irt.md).
    """
    if not 0 < length <= bank.items.count:
        raise ScienceError(f"a form of {length} items cannot be made from {bank.items.count}")
    weights = np.exp(-0.5 * GRID**2)
    told = information(items=bank.items, ability=GRID) * bank.worth[:, None]
    total = np.ones(len(GRID))
    is_open = np.ones(bank.items.count, dtype=np.bool_)
    chosen: list[int] = []
    for _ in range(length):
        allowed = open_under_quotas(bank=bank, is_open=is_open, given=chosen, shares=shares or {})
        loss = (weights / (total + told)).sum(axis=1)
        item = int(np.argmin(np.where(allowed, loss, np.inf)))
        chosen.append(item)
        is_open[item] = False
        total = total + told[item]
    return chosen
