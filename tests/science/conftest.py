import os
from pathlib import Path

# before numpy is imported: matrices of fifty rows gain nothing from threads, and lose much where others want the cores
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


import pytest
import yaml
from hypothesis import settings

from assay.science.belief import Parameters, Prior, parameters_from_mapping

# two cores shared with other programs: a slow example is not a failed one
settings.register_profile("science", deadline=None, max_examples=60)
settings.load_profile("science")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    registry = yaml.safe_load((ROOT / "content/sources/registry.yaml").read_text(encoding="utf-8"))
    return parameters_from_mapping(registry)


@pytest.fixture(scope="session")
def prior(parameters: Parameters) -> Prior:
    """Eight families of six, as wide as the map."""
    families = [f"family{index // 6}" for index in range(48)]
    return Prior.from_families(
        families=families,
        rho_within=parameters.prior.rho_within,
        rho_between=parameters.prior.rho_between,
        is_perishable=[index % 2 == 1 for index in range(48)],
    )


@pytest.fixture(scope="session")
def small_prior(parameters: Parameters) -> Prior:
    """Three competencies in two families."""
    return Prior.from_families(
        families=["a", "a", "b"],
        rho_within=parameters.prior.rho_within,
        rho_between=parameters.prior.rho_between,
        is_perishable=[True, False, False],
    )
