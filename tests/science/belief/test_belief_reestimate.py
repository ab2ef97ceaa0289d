import numpy as np
import pytest

from assay.science.belief import Prior, WorkSample, reestimated_correlations, with_correlations
from assay.science.errors import ScienceError, TooLittleDataError

FAMILIES = ["a", "a", "a", "b", "b", "b"]


def pool(prior, count, seed):
    """Three separate work samples of every competency: enough to see the correlations."""
    rng = np.random.default_rng(seed)
    noise_sd = np.sqrt(0.55 / 0.45)
    people = []
    for _ in range(count):
        ability = rng.multivariate_normal(np.zeros(6), prior.covariance)
        people.append(
            [
                WorkSample(competency=k, value=float(ability[k] + noise_sd * rng.normal()), event=f"{k}-{i}")
                for k in range(6)
                for i in range(3)
            ]
        )
    return people


def test_reestimated_correlations_find_the_pools_and_shrink(parameters):
    truth = Prior.from_families(families=FAMILIES, rho_within=0.75, rho_between=0.15)
    people = pool(truth, 400, 1)
    found = reestimated_correlations(prior=truth, people=people, parameters=parameters)
    assert found.raw_within == pytest.approx(0.75, abs=0.06)
    assert found.raw_between == pytest.approx(0.15, abs=0.08)
    assert found.rho_within == pytest.approx((400 * found.raw_within + 200 * 0.60) / 600)
    assert found.rho_between == pytest.approx((400 * found.raw_between + 200 * 0.35) / 600)
    new = with_correlations(parameters=parameters, correlations=found, version="next")
    assert (new.prior.rho_within, new.version) == (found.rho_within, "next")
    assert parameters.prior.rho_within == 0.60


def test_reestimated_correlations_too_few_people_refused(parameters):
    prior = Prior.from_families(families=FAMILIES, rho_within=0.6, rho_between=0.35)
    with pytest.raises(TooLittleDataError, match="100 needed"):
        reestimated_correlations(prior=prior, people=[[]] * 99, parameters=parameters)


def test_reestimated_correlations_one_family_refused(parameters):
    prior = Prior.from_families(families=["a", "a"], rho_within=0.6, rho_between=0.35)
    with pytest.raises(ScienceError):
        reestimated_correlations(prior=prior, people=[[]] * 100, parameters=parameters)
