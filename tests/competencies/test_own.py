"""Own competencies as values: what is refused, and that nothing that passes can break the map."""

from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from assay.competencies.assembly import Row, assembled
from assay.competencies.catalogue import KINDS, Source, shipped_catalogue
from assay.competencies.checks import map_faults, own_faults
from assay.competencies.own import METHODS, OwnTerm, key_for, tidied
from tests.competencies.conftest import LEVELS, definition

TODAY = date(2026, 11, 23)
SHIPPED = shipped_catalogue()
FAMILIES = frozenset(family.id for family in SHIPPED.families)


def faults_of(given_):
    given_ = tidied(given_)
    return map_faults(given_, own_id="", rest=SHIPPED, today=TODAY) | own_faults(given_, families=FAMILIES)


def row(given_, key="own_it", *, is_retired=False):
    return Row(key, msgspec.to_builtins(given_), 1, is_retired)


def test_sound_definition_has_no_faults():
    assert faults_of(definition()) == {}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": " "}, {"name"}),
        ({"name": "x" * 81}, {"name"}),
        ({"name": "pytorch"}, {"name"}),
        ({"summary": ""}, {"summary"}),
        ({"family": "sports"}, {"family"}),
        ({"kind": "magic"}, {"kind"}),
        ({"methods": ()}, {"methods"}),
        ({"methods": ("dice",)}, {"methods"}),
        ({"implies": ("nothing_known",)}, {"implies"}),
        ({"part_of": "nothing_known"}, {"part_of"}),
        ({"levels": LEVELS[:4]}, {"level_1"}),
        ({"levels": (*LEVELS[:4], "Knows it.")}, {"level_5"}),
        ({"levels": (*LEVELS[:4], LEVELS[0].upper())}, {"level_5"}),
        ({"sources": (Source(title="A page", url="javascript:alert(1)"),)}, {"sources"}),
        ({"sources": (Source(title="A page", url="http://[broken"),)}, {"sources"}),
        ({"terms": (OwnTerm(name="!!!"),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name=""),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name="q"),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name="q", needs_context=True),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name="qx"),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name="team"),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name="in the team"),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name="one two three four five six seven"),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name="Pytorch"),)}, {"terms.0.name"}),
        ({"terms": (OwnTerm(name="Quux", aliases=("SciKit-Learn",)),)}, {"terms.0.aliases"}),
        ({"terms": (OwnTerm(name="Quux"), OwnTerm(name="quux"))}, {"terms.1.name"}),
        ({"terms": (OwnTerm(name="Quux", released="soon", released_source="x"),)}, {"terms.0.released"}),
        ({"terms": (OwnTerm(name="Quux", released="2027-01", released_source="x"),)}, {"terms.0.released"}),
        ({"terms": (OwnTerm(name="Quux", released="2019"),)}, {"terms.0.released_source"}),
    ],
)
def test_fault_is_told_of_the_field_it_lies_in(changes, fields):
    assert set(faults_of(definition(**changes))) == fields


@pytest.mark.parametrize(
    "term",
    [
        OwnTerm(name="q", needs_context=True, is_case_sensitive=True),
        OwnTerm(name="QXT", is_case_sensitive=True),
        OwnTerm(name="plan", needs_context=True),
        OwnTerm(name="rebuilding the quux", is_prose=True),
    ],
)
def test_ambiguous_word_is_taken_where_it_is_marked(term):
    assert faults_of(definition(terms=(term,))) == {}


def test_competency_cannot_rest_on_what_rests_on_it():
    first = definition(name="First", terms=(), implies=("own_second",))
    second = definition(name="Second", terms=(), implies=())
    rest = assembled(shipped=SHIPPED, rows=[row(first, "own_first"), row(second, "own_second")]).catalogue
    changed = msgspec.structs.replace(second, implies=("own_first",))
    assert set(map_faults(changed, own_id="own_second", rest=rest, today=TODAY)) == {"name", "implies"}


def test_id_is_readable_and_free():
    assert key_for(name="Time-series database kdb+", taken=[], max_length=60) == "own_time_series_database_kdb"
    assert key_for(name="Ünïcode 数据", taken=["own_unicode"], max_length=60) == "own_unicode_2"
    assert key_for(name="数据", taken=[], max_length=60) == "own_competency"
    assert len(key_for(name="word " * 40, taken=[], max_length=60)) <= 60


def test_broken_row_is_left_out_and_the_others_stay():
    broken = [{}, [], None, 3, {"name": "x"}, msgspec.to_builtins(definition(kind="magic"))]
    rows = [Row(f"own_{place}", one, 1, False) for place, one in enumerate(broken)]
    found = assembled(shipped=SHIPPED, rows=[*rows, row(definition(), "own_good")])
    assert [one.key for one in found.skipped] == [f"own_{place}" for place in range(6)]
    assert [one.id for one in found.catalogue.competencies if one.is_own] == ["own_good"]


def test_word_that_the_map_took_since_is_left_out_and_named():
    stored = definition(terms=(OwnTerm(name="PyTorch", aliases=("Quux",)),), implies=("sql", "gone"))
    found = assembled(shipped=SHIPPED, rows=[row(stored)])
    own = found.catalogue.competency("own_it")
    assert [(term.name, term.aliases) for term in own.terms] == [("Quux", ())]
    assert own.implies == ("sql",)
    assert len(found.skipped) == 2


def test_rings_in_the_database_are_opened():
    rows = [
        row(definition(name="A", terms=(), implies=("own_b",), part_of="own_b"), "own_a"),
        row(definition(name="B", terms=(), implies=("own_a",), part_of="own_a"), "own_b"),
    ]
    found = assembled(shipped=SHIPPED, rows=rows)
    ties = [(one.implies, one.part_of) for one in found.catalogue.competencies if one.is_own]
    assert ties == [((), None), (("own_a",), "own_a")]


def test_retired_one_stays_in_the_map_without_its_words():
    found = assembled(shipped=SHIPPED, rows=[row(definition(), is_retired=True)])
    assert found.catalogue.competency("own_it").is_retired
    assert found.words == ""
    assert found.catalogue.vocabulary().hits(text="Quuxbase") == ()


def test_words_hash_changes_with_words_only():
    def words(**changes):
        return assembled(shipped=SHIPPED, rows=[row(definition(**changes))]).words

    assert words() == words(summary="Something else.")
    assert words() != words(terms=(OwnTerm(name="Quux"),))


def test_version_stays_short_whatever_is_added():
    rows = [row(definition(name=f"Number {one}", terms=()), f"own_{one}") for one in range(40)]
    assert len(assembled(shipped=SHIPPED, rows=rows).catalogue.version) <= 40


words = st.text(min_size=1, max_size=40) | st.sampled_from(
    ["PyTorch", "R", "kdb+", "C++", "the", "x-y-z", "數據庫", "ß"]
)
terms = st.builds(
    OwnTerm,
    name=words,
    aliases=st.lists(words, max_size=2).map(tuple),
    is_tool=st.booleans(),
    is_prose=st.booleans(),
    is_case_sensitive=st.just(True) | st.booleans(),
    needs_context=st.just(True) | st.booleans(),
    released=st.sampled_from(["", "", "2019-04", "soon"]),
    released_source=st.just("a page"),
)
changes = st.fixed_dictionaries(
    {"terms": st.lists(terms, max_size=3).map(tuple)},
    optional={
        "name": words,
        "family": st.sampled_from(sorted(FAMILIES)),
        "summary": st.text(min_size=1, max_size=60),
        "kind": st.sampled_from([*KINDS, "magic"]),
        "levels": st.lists(st.text(min_size=25, max_size=60), min_size=5, max_size=5).map(tuple),
        "implies": st.lists(st.sampled_from(["sql", "python", "statistics"]), max_size=3).map(tuple),
        "part_of": st.sampled_from(["", "python"]),
        "methods": st.lists(st.sampled_from(METHODS), min_size=1, max_size=3).map(tuple),
    },
)
definitions = changes.map(lambda given_: definition(**given_))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_=definitions)
def test_whatever_passes_loads_whole(given_):
    given_ = tidied(given_)
    stored = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(given_)))
    found = assembled(shipped=SHIPPED, rows=[Row("own_it", stored, 1, False)])
    own = found.catalogue.find("own_it")
    if faults_of(given_):
        event("refused")
        return
    event("passed")
    assert found.skipped == ()
    assert own is not None
    assert own.levels == given_.levels
    vocabulary = found.catalogue.vocabulary()
    for term in own.terms:
        hits = vocabulary.hits(text=f"Skills: Python, {term.name}, SQL")
        assert {hit.term.competency for hit in hits} >= {"python", "sql"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "levels", "terms", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(field=st.sampled_from([None, *definition().__struct_fields__]), value=json_values)
def test_whatever_stands_in_a_row_the_map_loads(field, value):
    stored = value if field is None else {**msgspec.to_builtins(definition()), field: value}
    found = assembled(shipped=SHIPPED, rows=[Row("own_it", stored, 1, False)])
    found.catalogue.vocabulary().hits(text="Python, SQL and kdb+")
    assert {one.id for one in SHIPPED.competencies} <= {one.id for one in found.catalogue.competencies}
    assert found.skipped or found.catalogue.find("own_it")
