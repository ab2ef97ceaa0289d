import pytest
import yaml

from assay.competencies.catalogue import shipped_catalogue
from assay.core.content import content_path
from assay.repositories.rules import RulesError, rules_from_mapping

SOURCES = content_path() / "sources"


@pytest.fixture(scope="module")
def content():
    return yaml.safe_load((SOURCES / "repositories.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rules(content):
    return rules_from_mapping(content)


def test_every_competency_is_in_the_map(rules):
    known = {one.id for one in shipped_catalogue().competencies} | {""}
    named = [one.competency for one in (*rules.tools, *rules.practices)] + list(rules.languages.competencies.values())
    assert [name for name in named if name not in known] == []


def test_tool_that_the_map_knows_belongs_to_the_same_competency(rules):
    vocabulary = shipped_catalogue().vocabulary()
    wrong = []
    for tool in rules.tools:
        said = {hit.term.competency for hit in vocabulary.hits(text=f"Skills: {tool.name}")}
        if said and tool.competency and tool.competency not in said:
            wrong.append((tool.name, tool.competency, said))
    assert wrong == []


def test_map_lets_a_portfolio_speak_of_every_competency(rules):
    named = {one.competency for one in (*rules.tools, *rules.practices)} | set(rules.languages.competencies.values())
    catalogue = shipped_catalogue()
    assert [name for name in named - {""} if "portfolio" not in catalogue.competency(name).methods] == []


def test_every_date_is_stated(rules):
    dates = yaml.safe_load((SOURCES / "tool_dates.yaml").read_text(encoding="utf-8"))["tools"]
    assert [tool.name for tool in rules.tools if tool.dates and tool.dates not in dates] == []


def test_deep_names_belong_to_their_tool(rules):
    wrong = [
        (tool.name, sign)
        for tool in rules.tools for sign in tool.deep
        if rules.tool_of(name=sign, language=(*tool.languages, "Python")[0]) is not tool
    ]  # fmt: skip
    assert wrong == []


def test_no_value_is_below_the_pool(rules):
    values = rules.values
    assert 0 <= values.used <= values.fluent <= values.deep
    assert 0 <= values.practice_seen <= values.practice_steady


@pytest.mark.parametrize(
    ("name", "language", "tool"),
    [
        ("torch.nn.Linear", "Python", "PyTorch"),
        ("google.cloud.bigquery.Client", "Python", "BigQuery"),
        ("google.cloud.storage.Client", "Python", "Google Cloud"),
        ("org.apache.spark.sql.Row", "Java", "PySpark"),
        ("recipes.step_pca", "Python", None),
        ("recipes.step_pca", "R", "tidymodels"),
        ("torchery.x", "Python", None),
    ],
)
def test_name_belongs_to_the_tool_with_the_longest_import(rules, name, language, tool):
    found = rules.tool_of(name=name, language=language)
    assert (found.name if found else None) == tool


@pytest.mark.parametrize(
    "change",
    [{"practices": [{"id": "x", "label": "x", "least": 1, "steady": 2}]}, {"values": {}}, {"tools": "many"}],
)
def test_rules_that_do_not_hold_together_are_refused(content, change):
    with pytest.raises(RulesError):
        rules_from_mapping({**content, **change})
