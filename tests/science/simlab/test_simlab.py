import numpy as np
import pytest

from assay.science.errors import ScienceError
from assay.science.simlab import INSTRUMENTS, PESSIMISTIC, difference, draw_pool, estimate, run, world_with
from assay.science.simlab.policies import adaptive
from assay.science.simlab.world import COLUMN


@pytest.fixture(scope="module")
def pool():
    return draw_pool(world=world_with(), people=60_000, rng=np.random.default_rng(0))


@pytest.mark.parametrize("name", ["resume", "phone", "code_test", "structured_1", "work_sample", "adaptive_test"])
def test_draw_pool_instruments_have_their_validity(pool, name):
    instrument = INSTRUMENTS[COLUMN[name]]
    found = 0.65 * np.corrcoef(pool.scores[:, COLUMN[name]], pool.fit)[0, 1]
    assert found == pytest.approx(instrument.validity, abs=0.012)
    assert pool.scores[:, COLUMN[name]].std() == pytest.approx(1.0, abs=0.02)


def test_draw_pool_interviews_correlate_as_published(pool):
    def correlation(first, second):
        return np.corrcoef(pool.scores[:, COLUMN[first]], pool.scores[:, COLUMN[second]])[0, 1]

    assert correlation("structured_1", "structured_2") == pytest.approx(0.43, abs=0.05)
    assert correlation("unstructured_1", "unstructured_2") == pytest.approx(0.34, abs=0.03)


def test_draw_pool_same_seed_same_people():
    first, second = (draw_pool(world=world_with(), people=80, rng=np.random.default_rng(3)) for _ in range(2))
    assert first.fit.tobytes() == second.fit.tobytes()
    assert first.scores.tobytes() == second.scores.tobytes()


@pytest.fixture(scope="module")
def runs():
    return run(
        world=world_with(), seeds=range(1000, 1030), policies=["random", "a", "b", "b2", "c", "e", "d'", "oracle"]
    )


def test_run_better_loops_hire_better_people(runs):
    quality = {name: found.quality_sd.mean() for name, found in runs.items()}
    assert abs(quality["random"]) < 0.15
    assert quality["a"] < quality["b"] < quality["e"] < quality["c"] < quality["oracle"]


def test_run_adaptive_loop_beats_the_usual_one_with_fewer_staff_hours(runs):
    gain = difference(runs=runs, first="d'", second="b")
    assert gain.low > 0.1
    assert runs["d'"].staff_hours.mean() <= 70.0 < runs["b"].staff_hours.mean()
    assert runs["d'"].quality_sd.mean() / runs["c"].quality_sd.mean() >= 0.9


def test_run_hours_of_fixed_policies_are_their_minutes(runs):
    assert set(runs["a"].staff_hours) == {50.0}
    assert set(runs["b"].staff_hours) == {115.0}
    assert set(runs["b"].candidate_hours) == {123.0}
    assert set(runs["c"].candidate_hours) == {950.0}


def test_run_same_seeds_same_numbers():
    first, second = (run(world=world_with(), seeds=[7, 8], policies=["d'"]) for _ in range(2))
    assert [column.tolist() for column in first["d'"]] == [column.tolist() for column in second["d'"]]


def test_adaptive_hires_nobody_with_fewer_than_two_structured_interviews():
    world = world_with()
    outcome = adaptive(world, draw_pool(world=world, people=100, rng=np.random.default_rng(5)), price=1.0)
    structured = [COLUMN[f"structured_{number}"] for number in (1, 2, 3)]
    assert (outcome.taken[outcome.hired][:, structured].sum(axis=1) >= 2).all()


def test_world_pessimistic_instruments_lose_most_of_the_gain(runs):
    poor = run(world=world_with(true_validities=PESSIMISTIC), seeds=range(1000, 1030), policies=["b", "d'"])
    lost = difference(runs=runs, first="d'", second="b").mean - difference(runs=poor, first="d'", second="b").mean
    assert lost > 0.1


def test_world_impossible_validity_and_unknown_policy_refused():
    with pytest.raises(ScienceError):
        world_with(true_validities={"structured": 0.7})
    with pytest.raises(ScienceError, match="magic"):
        run(world=world_with(), seeds=[1], policies=["magic"])


def test_estimate_of_one_run_knows_nothing():
    assert estimate(values=np.array([0.4])) == (0.4, -np.inf, np.inf)
