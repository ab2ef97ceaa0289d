"""Which question comes next, as a pure function of plan, bank and answers. The mathematics are `science.irt`'s."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from zlib import crc32

import numpy as np

from assay.knowledge.choices import Stop
from assay.knowledge.plan import Area, Plan
from assay.science.arrays import FloatArray
from assay.science.belief import threshold_of
from assay.science.irt import (
    GRID,
    PILOT_RESPONSES,
    Answer,
    Bank,
    Exposure,
    Items,
    Rules,
    ability_weights,
    category_probabilities,
    information,
    next_step,
    normal_weights,
)
from assay.science.irt.select import PILOT_DISCOUNT

SLOTS_A_FAMILY = 2
"""A person gets a second variant of a family only where its area has no other family left."""
VARIANTS_A_FAMILY = 20
"""So few that each gathers answers, so many that passing one on helps little."""
LEAST_LOADING = 0.5
"""A family belongs to the area that it shows best, if it shows it so much at least."""


class Parameters(NamedTuple):
    """A family's two numbers, how many answers they rest on, and the version that they come from."""

    discrimination: float
    difficulty: float
    responses: int
    version: str


class FamilyFacts(Protocol):
    """What is needed of an item family: in practice an `itembank.model.Family`."""

    @property
    def id(self) -> str:
        """``domain/name``."""
        ...

    @property
    def loadings(self) -> Mapping[str, float]:
        """Competency → how strongly the family shows it, 0 to 1."""
        ...

    @property
    def expected_s(self) -> int:
        """Seconds that an answer takes."""
        ...

    @property
    def is_pilot(self) -> bool:
        """Keyed by a written reason instead of by code."""
        ...


class Slot(NamedTuple):
    """One question that a test can ask."""

    family: str
    number: int
    area: str
    discrimination: float
    """What an answer tells: loading and, for a pilot, the discount are in it."""
    difficulty: float
    expected_s: int
    is_pilot: bool
    version: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deck:
    """Everything that a plan's test can ask, laid out for selection."""

    slots: tuple[Slot, ...]
    bank: Bank
    place: Mapping[tuple[str, int], int]


class Given(NamedTuple):
    """An answer that counts."""

    family: str
    number: int
    area: str
    category: int
    discrimination: float
    difficulty: float


class Next(NamedTuple):
    """The next question, or why there is none."""

    slot: Slot | None
    stop: Stop | None


class Ability(NamedTuple):
    """What an area's answers say, in levels around the middle one."""

    mean: float
    sd: float


def deck_of(
    *,
    families: Sequence[FamilyFacts],
    areas: Sequence[str],
    parameters: Mapping[str, Parameters],
    retired: frozenset[str] = frozenset(),
) -> Deck:
    """Lay out what can be asked in these areas. ``parameters`` has every family that is not retired."""
    slots = []
    for family in families:
        area = area_of(loadings=family.loadings, areas=areas)
        if area is None or family.id in retired:
            continue
        found = parameters[family.id]
        is_pilot = family.is_pilot or found.responses < PILOT_RESPONSES
        told = found.discrimination * family.loadings[area] * (math.sqrt(PILOT_DISCOUNT) if is_pilot else 1.0)
        slots += [
            Slot(family.id, number, area, told, found.difficulty, family.expected_s, is_pilot, found.version)
            for number in range(SLOTS_A_FAMILY)
        ]
    bank = Bank.from_items(
        items=_items([slot.discrimination for slot in slots], [slot.difficulty for slot in slots]),
        content=[slot.area for slot in slots],
        # The discount of a pilot is in its discrimination already, so that ledger and choice reckon alike.
        responses=np.full(len(slots), PILOT_RESPONSES),
    )
    place = {(slot.family, slot.number): index for index, slot in enumerate(slots)}
    return Deck(slots=tuple(slots), bank=bank, place=place)


def area_of(*, loadings: Mapping[str, float], areas: Sequence[str]) -> str | None:
    """Yield the area that a family shows best, None where it shows none well enough."""
    known = [(loadings.get(area, 0.0), area) for area in areas]
    best = max(known, default=(0.0, ""))
    return best[1] if best[0] >= LEAST_LOADING else None


def next_question(*, deck: Deck, plan: Plan, given: Sequence[Given], seed: int) -> Next:
    """Yield what to ask now.

    Of the areas that are not done the one that lags most behind its share comes next; within it the item that is
    expected to leave the least variance, loosened by progressive exposure. Every area starts from the pool, N(0, 1).

    Parameters
    ----------
    seed
        Of this person's test: the same answers lead to the same question, for this person.
    """
    asked = [(one.family, one.number) for one in given]
    reasons: dict[str, Stop] = {}
    for area in _by_lag(plan, given):
        rng = np.random.default_rng((seed, len(given)))
        rules = Rules(
            target_sd=plan.target_sd,
            min_items=min(plan.least_in_area, area.items),
            max_items=area.items,
            bar=threshold_of(level=area.level) if plan.stops_when_decided else None,
            exposure=Exposure(length=area.items),
            quarantined=_closed(deck, area.competency, asked),
        )
        own = [one for one in given if one.area == area.competency]
        answers = [Answer(deck.place[one.family, one.number], one.category) for one in own if _is_in(deck, one)]
        step = next_step(bank=deck.bank, rules=rules, prior=PRIOR, answers=answers, elapsed_s=0.0, rng=rng)
        if step.item is not None and len(own) < area.items:
            return Next(deck.slots[step.item], None)
        reasons[area.competency] = Stop(step.stop.value) if step.stop is not None else Stop.LENGTH
    return Next(None, _why(reasons))


def ability_in(*, given: Sequence[Given], area: str) -> Ability:
    """Yield what the answers in an area say; the pool's N(0, 1) without any."""
    weights = _weights(given, area)
    mean = float(weights @ GRID)
    return Ability(mean, math.sqrt(max(float(weights @ GRID**2) - mean**2, 0.0)))


def chance_of_right(*, given: Sequence[Given], area: str, discrimination: float, difficulty: float) -> float:
    """Yield the chance of a right answer that these answers lead one to expect, strictly between 0 and 1."""
    curve = category_probabilities(items=_items([discrimination], [difficulty]), ability=GRID)[0, 1]
    return float(np.clip(_weights(given, area) @ curve, 1e-6, 1.0 - 1e-6))


def expected_sd(*, deck: Deck, area: str, items: int) -> float:
    """Yield the posterior sd to be expected after so many questions, on average over the pool.

    At each ability the best items are taken, first variants before second ones: a little better than a test can do
    that must find the ability first. 1 where nothing can be asked.
    """
    places = [index for index, slot in enumerate(deck.slots) if slot.area == area]
    if not places:
        return 1.0
    told = information(items=deck.bank.items, ability=GRID)[places]
    is_second = np.array([deck.slots[index].number > 0 for index in places])
    order = np.argsort(-told + 1e6 * is_second[:, None], axis=0)
    total = np.take_along_axis(told, order, axis=0)[:items].sum(axis=0)
    return float(PRIOR @ (1.0 / np.sqrt(1.0 + total)))


def seed_of_variant(*, taking: str, family: str, number: int) -> int:
    """Yield which variant of a family a person gets: two slots of one family never the same."""
    first = crc32(f"{taking}:{family}".encode()) % VARIANTS_A_FAMILY
    return 1 + (first + number * (VARIANTS_A_FAMILY // SLOTS_A_FAMILY)) % VARIANTS_A_FAMILY


def seed_of_taking(*, taking: str) -> int:
    """Yield the seed of a person's choice of questions."""
    return crc32(taking.encode())


def _weights(given: Sequence[Given], area: str) -> FloatArray:
    """Yield the posterior over the grid from the answers in an area."""
    own = [one for one in given if one.area == area]
    if not own:
        return PRIOR
    items = _items([one.discrimination for one in own], [one.difficulty for one in own])
    bank = Bank.from_items(items=items, content=[area] * len(own), responses=np.full(len(own), PILOT_RESPONSES))
    answers = [Answer(index, one.category) for index, one in enumerate(own)]
    return ability_weights(bank=bank, prior=PRIOR, answers=answers)


def _by_lag(plan: Plan, given: Sequence[Given]) -> list[Area]:
    """Yield the areas, the one furthest behind its share first (Kingsbury & Zara 1989)."""
    had = {area.competency: sum(one.area == area.competency for one in given) for area in plan.areas}
    return sorted(plan.areas, key=lambda area: (had[area.competency] / area.items, -area.items, area.competency))


def _closed(deck: Deck, area: str, asked: Sequence[tuple[str, int]]) -> frozenset[int]:
    """Yield the places that cannot be asked now: other areas, and second variants while a first one is left."""
    gone = set(asked)
    inside = [index for index, slot in enumerate(deck.slots) if slot.area == area]
    left = [index for index in inside if (deck.slots[index].family, deck.slots[index].number) not in gone]
    first = [index for index in left if deck.slots[index].number == 0]
    return frozenset(range(len(deck.slots))) - frozenset(first or left)


def _is_in(deck: Deck, one: Given) -> bool:
    """Tell whether an answered question is still in the deck: its family may have been retired meanwhile."""
    return (one.family, one.number) in deck.place


def _why(reasons: Mapping[str, Stop]) -> Stop:
    """Yield one reason for the whole test: what holds for every area, else that all was asked."""
    found = set(reasons.values())
    return found.pop() if len(found) == 1 else Stop.LENGTH if Stop.LENGTH in found else Stop.EXHAUSTED


def _items(discriminations: Sequence[float], difficulties: Sequence[float]) -> Items:
    return Items.from_difficulties(discriminations=discriminations, difficulties=[(one,) for one in difficulties])


PRIOR: FloatArray = normal_weights()
