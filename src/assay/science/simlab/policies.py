"""Ways to hire five of two hundred, from random to adaptive, on one simulated pool."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from assay.science.arrays import BoolArray, FloatArray, IntArray
from assay.science.nextstep import Assessment, plan_steps, ranking_thresholds
from assay.science.simlab.world import COLUMN, INSTRUMENTS, Pool, World

HIRES = 5
STEPS_AT_ONCE = 4
"""Assessments booked before the plan is made again."""
STRUCTURED = ("structured_1", "structured_2", "structured_3")
OPEN_TO_ADAPTIVE = ("work_sample", *STRUCTURED)
MIN_STRUCTURED = 2


class Outcome(NamedTuple):
    """Who was hired, and who took what: shapes (5,) and (n, I)."""

    hired: IntArray
    taken: BoolArray


class _Ledger:
    """The engine's belief about everybody, updated one assessment at a time."""

    def __init__(self, *, world: World, pool: Pool) -> None:
        people, size = len(pool.fit), world.prior.size + 1
        self.world = world
        self.pool = pool
        self.mean = np.zeros((people, size))
        prior = np.eye(size)
        prior[:-1, :-1] = world.prior.covariance
        self.covariance = np.repeat(prior[None], people, axis=0)
        self.taken = np.zeros((people, len(INSTRUMENTS)), dtype=np.bool_)
        self.direction = np.append(world.direction, 0.0)

    @property
    def fits(self) -> FloatArray:
        """Posterior means of the fit, shape (n,)."""
        found: FloatArray = self.mean @ self.direction
        return found

    def take(self, *, names: Sequence[str], rows: IntArray) -> None:
        """Give the assessments to some people and learn from them."""
        for name in names:
            column = COLUMN[name]
            loading, noise = self.world.engine.loadings[column], self.world.engine.noise[column]
            reach = self.covariance[rows] @ loading
            gain = reach / (reach @ loading + noise)[:, None]
            surprise = self.pool.scores[rows, column] - self.mean[rows] @ loading
            self.mean[rows] += gain * surprise[:, None]
            self.covariance[rows] -= gain[:, :, None] * reach[:, None, :]
            self.taken[rows, column] = True

    def best(self, count: int, among: IntArray | None = None) -> IntArray:
        """People with the highest posterior mean."""
        return top(self.fits, count, among)


def top(scores: FloatArray, count: int, among: IntArray | None = None) -> IntArray:
    """Yield the ``count`` people with the highest score, of ``among`` where given; ties by place."""
    rows = np.arange(len(scores)) if among is None else among
    return rows[np.argsort(-scores[rows], kind="stable")[:count]]


def resume_and_two_interviews(world: World, pool: Pool) -> Outcome:
    """Sort by résumé, take the mean of two unstructured interviews with twenty people (a)."""
    ledger = _Ledger(world=world, pool=pool)
    everybody = np.arange(len(pool.fit))
    ledger.take(names=["resume"], rows=everybody)
    rows = top(pool.scores[:, COLUMN["resume"]], 20)
    names = ["unstructured_1", "unstructured_2"]
    ledger.take(names=names, rows=rows)
    return Outcome(hired=top(_means(pool, names), HIRES, rows), taken=ledger.taken)


def usual_loop(world: World, pool: Pool, *, interviews: str = "semi", is_combined: bool = False) -> Outcome:
    """Go through résumé, 60 phone screens, 30 code tests, 12 with four interviews, decide by the mean (b).

    ``is_combined`` decides at the end by the engine's posterior of the same data (b2), ``interviews="structured"`` with
    structured guides (b3).
    """
    ledger = _Ledger(world=world, pool=pool)
    ledger.take(names=["resume"], rows=np.arange(len(pool.fit)))
    rows = top(pool.scores[:, COLUMN["resume"]], 60)
    for name, left in (("phone", 30), ("code_test", 12)):
        ledger.take(names=[name], rows=rows)
        rows = top(pool.scores[:, COLUMN[name]], left, rows)
    names = [f"{interviews}_{number}" for number in range(1, 5)]
    ledger.take(names=names, rows=rows)
    hired = ledger.best(HIRES, rows) if is_combined else top(_means(pool, names), HIRES, rows)
    return Outcome(hired=hired, taken=ledger.taken)


def everything_for_everybody(world: World, pool: Pool) -> Outcome:
    """Give adaptive test, work sample and three structured interviews to all (c)."""
    ledger = _Ledger(world=world, pool=pool)
    everybody = np.arange(len(pool.fit))
    ledger.take(names=["resume", "adaptive_test", "work_sample", *STRUCTURED], rows=everybody)
    return Outcome(hired=ledger.best(HIRES), taken=ledger.taken)


def fixed_funnel(world: World, pool: Pool, *, sizes: tuple[int, int, int] = (40, 15, 8)) -> Outcome:
    """Use the same instruments in fixed steps (e): test for all, work sample, two interviews, a third."""
    ledger = _Ledger(world=world, pool=pool)
    ledger.take(names=["resume", "adaptive_test"], rows=np.arange(len(pool.fit)))
    rows = ledger.best(sizes[0])
    for names, left in ((["work_sample"], sizes[1]), (list(STRUCTURED[:2]), sizes[2])):
        ledger.take(names=names, rows=rows)
        rows = ledger.best(left, rows)
    ledger.take(names=[STRUCTURED[2]], rows=rows)
    return Outcome(hired=ledger.best(HIRES, rows), taken=ledger.taken)


def adaptive(world: World, pool: Pool, *, price: float = 1e-4, is_tested: bool = True) -> Outcome:
    """Give the adaptive test to all, then what is worth most per minute (d'); or only the latter (d).

    ``price`` is in sd of *performance* a minute. Nobody is hired with fewer than two structured interviews.
    """
    ledger = _Ledger(world=world, pool=pool)
    everybody = np.arange(len(pool.fit))
    names = OPEN_TO_ADAPTIVE if is_tested else ("adaptive_test", *OPEN_TO_ADAPTIVE)
    ledger.take(names=["resume", "adaptive_test"] if is_tested else ["resume"], rows=everybody)
    columns = [COLUMN[name] for name in names]
    assessments = [_assessment(world=world, column=column) for column in columns]
    structured = np.array([name in STRUCTURED for name in names])
    while True:
        is_left = ~ledger.taken[:, columns]
        had = (~is_left[:, structured]).sum(axis=1)
        plan = plan_steps(
            means=ledger.fits,
            covariances=ledger.covariance,
            direction=ledger.direction,
            assessments=assessments,
            is_left=is_left,
            thresholds=ranking_thresholds(means=ledger.fits, hires=HIRES),
            is_required=(had < MIN_STRUCTURED)[:, None] & structured,
            price=price / world.kappa,
        )
        if not plan.steps:
            return Outcome(hired=ledger.best(HIRES), taken=ledger.taken)
        for step in plan.steps[:STEPS_AT_ONCE]:
            ledger.take(names=[names[step.assessment]], rows=np.array([step.candidate]))


def at_random(_: World, pool: Pool) -> Outcome:
    """Hire the first five: people stand in no order."""
    taken = np.zeros((len(pool.fit), len(INSTRUMENTS)), dtype=np.bool_)
    return Outcome(hired=np.arange(min(HIRES, len(pool.fit))), taken=taken)


def with_known_fit(_: World, pool: Pool) -> Outcome:
    """Hire the five best in truth: what no method can beat."""
    taken = np.zeros((len(pool.fit), len(INSTRUMENTS)), dtype=np.bool_)
    return Outcome(hired=top(pool.fit, HIRES), taken=taken)


Policy = Callable[[World, Pool], Outcome]

POLICIES: dict[str, Policy] = {
    "random": at_random,
    "a": resume_and_two_interviews,
    "b": usual_loop,
    "b2": lambda world, pool: usual_loop(world, pool, is_combined=True),
    "b3": lambda world, pool: usual_loop(world, pool, interviews="structured", is_combined=True),
    "c": everything_for_everybody,
    "e": fixed_funnel,
    "e2": lambda world, pool: fixed_funnel(world, pool, sizes=(25, 10, 6)),
    "d": lambda world, pool: adaptive(world, pool, is_tested=False),
    "d' 1e-4": adaptive,
    "d' 5e-5": lambda world, pool: adaptive(world, pool, price=5e-5),
    "d'": lambda world, pool: adaptive(world, pool, price=3e-5),
    "oracle": with_known_fit,
}


def _means(pool: Pool, names: Sequence[str]) -> FloatArray:
    mean: FloatArray = pool.scores[:, [COLUMN[name] for name in names]].mean(axis=1)
    return mean


def _assessment(*, world: World, column: int) -> Assessment:
    instrument = INSTRUMENTS[column]
    return Assessment(
        name=instrument.name,
        loadings=world.engine.loadings[[column]],
        noise=np.array([[world.engine.noise[column]]]),
        candidate_min=instrument.candidate_min,
        staff_min=instrument.staff_min,
    )
