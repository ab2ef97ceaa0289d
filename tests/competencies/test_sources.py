"""Each competency names what a reader can look up, and each source says where it was seen."""

import re

import pytest
import yaml

from assay.competencies.catalogue import MapError, load_catalogue, shipped_catalogue
from assay.core.content import content_path

FOLDER = content_path() / "competencies"


def entries():
    return yaml.safe_load((FOLDER / "sources.yaml").read_text(encoding="utf-8"))["sources"]


def named():
    return {
        entry["id"]: entry.get("sources", [])
        for family in shipped_catalogue().families
        for entry in yaml.safe_load((FOLDER / f"{family.id}.yaml").read_text(encoding="utf-8"))["competencies"]
    }


def test_each_competency_names_a_source_that_exists():
    known = entries()
    assert {name: ids for name, ids in named().items() if not ids or any(one not in known for one in ids)} == {}


def test_each_competency_carries_its_sources_in_order():
    known = entries()
    carried = {one.id: [source.title for source in one.sources] for one in shipped_catalogue().competencies}
    assert carried == {name: [known[one]["title"] for one in ids] for name, ids in named().items()}


def test_each_source_is_named_by_a_competency():
    assert set(entries()) == {one for ids in named().values() for one in ids}


@pytest.mark.parametrize(("name", "entry"), entries().items())
def test_source_can_be_looked_up_and_says_how_it_was(name, entry):
    assert set(entry) <= {"title", "citation", "url", "doi", "tag", "seen"}
    assert len(entry["title"]) >= 5
    assert len(entry["citation"]) >= 5
    assert entry["tag"] in {"verified", "secondary"}
    assert entry["seen"]
    assert re.fullmatch(r"https?://[^\s/]+\.[^\s]+", entry.get("url", "https://a.b"))
    assert re.fullmatch(r"10\.\d{4,}/\S+", entry.get("doi", "10.1000/x"))
    # A letter of a supervisor without address is found by its number and date.
    assert entry.get("url") or entry.get("doi") or re.search(r"\d{4}", entry["citation"])


def test_no_address_stands_twice():
    given = [
        entry.get("doi") or entry.get("url") for entry in entries().values() if entry.get("doi") or entry.get("url")
    ]
    assert len(given) == len(set(given))


def test_unknown_source_is_refused_by_name(tmp_path):
    for path in FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    soft = tmp_path / "soft.yaml"
    soft.write_text(soft.read_text().replace("sources: [civil_service_behaviours]", "sources: [hearsay]", 1))
    with pytest.raises(MapError, match="communication: source hearsay does not exist"):
        load_catalogue(folder=tmp_path)


def test_corrected_citation_is_no_new_version_of_the_map(tmp_path):
    for path in FOLDER.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "sources.yaml").open("a") as file:
        file.write("# a remark\n")
    assert load_catalogue(folder=tmp_path).version == shipped_catalogue().version
