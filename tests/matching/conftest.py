from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from assay.evidence.claims import rules_from_file
from assay.matching.role import competencies_from, role_model
from assay.roles.profile import Demand, RoleProfile
from assay.science.belief import parameters_from_mapping

FAMILIES = {
    "python": "programming",
    "sql": "data",
    "statistics": "foundations",
    "deep_learning": "modelling",
    "deployment": "operations",
    "communication": "people",
}


@pytest.fixture(scope="session")
def parameters():
    text = (Path(__file__).parents[2] / "content" / "sources" / "registry.yaml").read_text(encoding="utf-8")
    return parameters_from_mapping(yaml.safe_load(text))


@pytest.fixture(scope="session")
def competencies(parameters):
    entries = [
        SimpleNamespace(id=name, name=name.replace("_", " ").capitalize(), family=family, half_life_years=4)
        for name, family in FAMILIES.items()
    ]
    return competencies_from(entries=entries, parameters=parameters)


@pytest.fixture(scope="session")
def rules():
    return rules_from_file(Path(__file__).parents[2] / "content" / "sources" / "claims.yaml")


@pytest.fixture(scope="session")
def profile():
    return RoleProfile(
        title="ML engineer",
        demands=(
            Demand(competency="python", level=3, weight=1.0, is_must_have=True),
            Demand(competency="deep_learning", level=4, weight=1.5, is_must_have=True),
            Demand(competency="deployment", level=3, weight=1.0, is_must_have=True),
            Demand(competency="statistics", level=3, weight=0.5),
        ),
    )


@pytest.fixture(scope="session")
def role(profile, competencies, parameters, rules):
    return role_model(profile=profile, competencies=competencies, parameters=parameters, rules=rules)
