from datetime import date

import pytest

from assay.competencies.catalogue import MapError, competency_from, load_catalogue, shipped_catalogue
from assay.core.content import content_path
from assay.roles.profile import weight_shares
from assay.roles.templates import templates


def spellings(catalogue):
    return [
        (spelling.casefold(), term.competency)
        for competency in catalogue.competencies
        for term in competency.terms
        for spelling in (term.name, *term.aliases)
    ]


def test_map_has_at_least_1200_terms():
    assert len(spellings(shipped_catalogue())) >= 1200


def test_no_spelling_names_two_competencies():
    owners = {}
    for spelling, competency in spellings(shipped_catalogue()):
        owners.setdefault(spelling, set()).add(competency)
    assert {spelling: names for spelling, names in owners.items() if len(names) > 1} == {}


def test_no_competency_is_part_of_itself_through_others():
    parents = {competency.id: competency.part_of for competency in shipped_catalogue().competencies}
    for start, parent in parents.items():
        seen, at = {start}, parent
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parents[at]


def test_no_implication_goes_in_a_ring():
    implied = {competency.id: set(competency.implies) for competency in shipped_catalogue().competencies}

    def reached(name, path=()):
        assert name not in path
        for other in implied[name]:
            reached(other, (*path, name))

    for name in implied:
        reached(name)


def test_release_dates_lie_in_the_past():
    today = date(2026, 11, 23)
    dates = [term.released for one in shipped_catalogue().competencies for term in one.terms if term.released]
    assert len(dates) >= 15
    assert all((when.year, when.month) <= (today.year, today.month) for when in dates)


def test_version_changes_with_the_content(tmp_path):
    for path in (content_path() / "competencies").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = load_catalogue(folder=tmp_path).version
    with (tmp_path / "soft.yaml").open("a") as file:
        file.write("# a remark\n")
    assert before == shipped_catalogue().version != load_catalogue(folder=tmp_path).version


def test_entry_without_five_levels_is_named(tmp_path):
    for path in (content_path() / "competencies").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    text = (tmp_path / "soft.yaml").read_text()
    (tmp_path / "soft.yaml").write_text(
        text.replace(
            '      - "Answers the question that was asked, and says so when the question was not understood."\n', "", 1
        )
    )
    with pytest.raises(MapError, match="communication: needs exactly five levels"):
        load_catalogue(folder=tmp_path)


def test_entry_with_a_wrong_type_is_named():
    with pytest.raises(MapError, match="odd: "):
        competency_from(definition={"id": "odd", "name": 3}, family="soft")


def test_at_least_ten_templates_ask_only_for_what_the_map_knows():
    known = {competency.id for competency in shipped_catalogue().competencies}
    assert len(templates()) >= 10
    assert {demand.competency for template in templates() for demand in template.demands} <= known


def test_every_template_asks_for_a_soft_skill_and_deployment():
    kinds = {competency.id: competency.kind for competency in shipped_catalogue().competencies}
    for template in templates():
        names = {demand.competency for demand in template.demands}
        assert "soft" in {kinds[name] for name in names}, template.id
        assert names & {"deployment", "mlops", "data_pipelines"}, template.id


def test_engineer_deploys_and_scientist_analyses():
    shares = {template.id: weight_shares(template.profile()) for template in templates()}
    engineer, scientist = shares["ml_engineer"], shares["data_scientist"]
    operating = ("deployment", "mlops", "monitoring_drift", "docker_kubernetes")
    analysing = ("statistics", "experimentation", "probability", "product_business_sense")
    assert sum(engineer.get(name, 0) for name in operating) > 3 * sum(scientist.get(name, 0) for name in operating)
    assert sum(scientist.get(name, 0) for name in analysing) > 3 * sum(engineer.get(name, 0) for name in analysing)
