"""A release date makes an advertisement's demand impossible, so each has a source that says so."""

from datetime import date

import pytest
import yaml

from assay.competencies.catalogue import (
    Catalogue,
    MapError,
    checked,
    competency_from,
    shipped_catalogue,
)
from assay.core.content import content_path

# What is known of these tools, written down apart from the map.
KNOWN = """
Theano: 2008-01
Git: 2005-04
GitHub: 2008-04
AWS: 2006-03
Azure: 2008-10
Google Cloud: 2008-04
scikit-learn: 2010-02
hyperopt: 2011-09
Docker: 2013-03
Caffe: 2013-09
XGBoost: 2014-02
Kubernetes: 2014-06
spaCy: 2014-07
Airflow: 2014-10
Dask: 2014-12
Keras: 2015-03
TensorFlow: 2015-11
LightGBM: 2016-08
PyTorch: 2016-09
ONNX: 2017-09
Optuna: 2018-01
MLflow: 2018-06
JAX: 2018-11
FastAPI: 2018-12
Flax: 2020-01
DeepSpeed: 2020-01
Polars: 2020-05
LoRA: 2021-06
LangChain: 2022-10
PEFT: 2022-11
Unsloth: 2023-11
"""

# A date of another tool would be wrong here, and none of their own is known.
UNDATED = ("Caffe2", "EKS", "version control", "Torch", "Azure ML", "Ray")


def _terms():
    return [term for competency in shipped_catalogue().competencies for term in competency.terms]


def _sources():
    content = (content_path() / "sources" / "tool_dates.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(content)["tools"]


@pytest.mark.parametrize(("name", "released"), [line.split(": ") for line in KNOWN.strip().splitlines()])
def test_release_is_the_known_one(name, released):
    found = {term.name: term.released for term in _terms()}[name]
    assert f"{found.year}-{found.month:02}" == released


@pytest.mark.parametrize("name", UNDATED)
def test_tool_of_unknown_date_inherits_none(name):
    assert {term.name: term.released for term in _terms()}[name] is None


def test_each_release_agrees_with_its_source():
    sources = _sources()
    stated = {term.name: sources[term.released_source]["public_on"] for term in _terms() if term.released is not None}
    assert len(stated) >= 50
    assert stated == {
        term.name: date(
            term.released.year, term.released.month or 1, stated[term.name].day if term.released.month else 1
        )
        for term in _terms()
        if term.released is not None
    }


def test_each_source_says_where_and_how_surely():
    for name, entry in _sources().items():
        assert entry["tag"] in {"verified", "secondary"}, name
        assert len(entry["source"]) >= 15, name
        assert date(1990, 1, 1) <= entry["public_on"] <= date(2026, 11, 23), name


def test_release_without_source_is_refused():
    definition = {
        "id": "odd",
        "name": "Odd",
        "summary": "",
        "kind": "tool",
        "half_life_years": 4,
        "levels": ["1", "2", "3", "4", "5"],
        "terms": [{"name": "Oddity", "released": "2020-01"}],
    }
    odd = competency_from(definition=definition, family="soft")
    with pytest.raises(MapError, match="odd: has a release without source"):
        checked(Catalogue(version="1", families=(), competencies=(odd,)))
