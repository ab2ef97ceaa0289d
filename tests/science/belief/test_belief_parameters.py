import copy
from pathlib import Path

import pytest
import yaml

from assay.science.belief import ScienceError, SourceKind, parameters_from_mapping, source_kind
from assay.science.belief.observations import Rating, Reference

REGISTRY = Path(__file__).parents[3] / "content/sources/registry.yaml"


@pytest.fixture
def mapping():
    return yaml.safe_load(REGISTRY.read_text(encoding="utf-8"))


def numbers(mapping):
    groups = [mapping["prior"], mapping["decay"], *(source["parameters"] for source in mapping["sources"].values())]
    return [entry for group in groups for entry in group.values()]


def test_registry_every_number_names_its_source(mapping):
    for entry in numbers(mapping):
        assert set(entry) == {"value", "tag", "reference"}
        assert entry["tag"] in {"verified", "secondary", "assumed"}
        assert len(entry["reference"]) > 5


def test_registry_holds_every_source_kind_once(mapping):
    assert set(mapping["sources"]) == set(SourceKind)
    assert all({"label", "equation", "parameters"} == set(source) for source in mapping["sources"].values())


def test_parameters_keep_values_and_version(mapping):
    parameters = parameters_from_mapping(mapping)
    assert parameters.version == mapping["version"]
    assert parameters.sources.claim.slope == 0.35
    assert parameters.sources.unstructured_interview.noise_sd == 1.6


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("sources", "claim", "parameters", "slope", "value"), -0.1),
        (("sources", "claim", "parameters", "slope", "value"), "much"),
        (("sources", "portfolio", "parameters", "reliability", "value"), 1.0),
        (("sources", "claim", "parameters", "slop"), {"value": 1.0}),
        (("prior", "rho_between", "value"), 0.7),
        (("decay", "durable_y", "value"), 0.0),
        (("sources", "claim", "parameters", "slope"), 0.35),
        (("sources", "astrology"), {"parameters": {"sign": {"value": 1.0}}}),
    ],
)
def test_parameters_wrong_number_refused(mapping, path, value):
    broken = copy.deepcopy(mapping)
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(ScienceError):
        parameters_from_mapping(broken)


@pytest.mark.parametrize("path", [("version",), ("prior",), ("prior", "rho_within"), ("sources", "claim")])
def test_parameters_missing_number_refused(mapping, path):
    place = mapping
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    with pytest.raises(ScienceError):
        parameters_from_mapping(mapping)


def test_source_kind_of_ratings_follows_structure():
    structured = Rating(competency=0, rating=3, event="e", rater="r")
    loose = Rating(competency=0, rating=3, event="e", rater="r", is_structured=False)
    assert source_kind(observation=structured) is SourceKind.STRUCTURED_INTERVIEW
    assert source_kind(observation=loose) is SourceKind.UNSTRUCTURED_INTERVIEW
    assert source_kind(observation=Reference(family="a", level=3.0)) is SourceKind.REFERENCE
