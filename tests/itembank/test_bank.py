"""The shipped families: every key follows by a second way, and nothing gives it away."""

import pytest

from assay.competencies.catalogue import shipped_catalogue
from assay.itembank.answers import mark
from assay.itembank.bank import load_bank
from assay.itembank.errors import ItemError
from assay.itembank.model import ChoiceKey, Kind, NumberKey, OrderKey
from assay.itembank.render import to_html

KNOWN = {one.id for one in shipped_catalogue().competencies}
FAMILIES = load_bank().families
SEEDS = range(1, 21)
RUN = {family.id for family in FAMILIES if family.domain == "python"}
"""Proved by running their code in a process of its own: with fewer seeds."""


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_family_proves_its_keys(family):
    for seed in SEEDS if family.id not in RUN else range(1, 6):
        family.verify(load_bank().variant(family_id=family.id, seed=seed))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_family_names_what_the_map_knows_and_makes_the_same_twice(family):
    assert family.loadings.keys() <= KNOWN
    assert max(family.loadings.values()) <= 1.0
    assert 1 <= family.level <= 5
    for seed in SEEDS:
        variant = load_bank().variant(family_id=family.id, seed=seed)
        assert variant == load_bank().variant(family_id=family.id, seed=seed)
        assert (variant.family, variant.seed, variant.kind) == (family.id, seed, family.kind)
        assert to_html(variant.stem).count("<pre") == variant.stem.count("```") // 2


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_right_answer_is_marked_right_and_every_other_option_wrong(family):
    for seed in SEEDS:
        variant = load_bank().variant(family_id=family.id, seed=seed)
        texts = [option.text for option in variant.options]
        assert len(set(texts)) == len(texts)
        if isinstance(variant.key, ChoiceKey) and variant.kind != Kind.MULTIPLE:
            results = {one.id: mark(variant=variant, answer=[one.id]).is_right for one in variant.options}
            assert sum(results.values()) == 1
            assert all(option.misconception for option in variant.options if not results[option.id])
        elif isinstance(variant.key, OrderKey):
            assert mark(variant=variant, answer=list(variant.key.ids)).is_right
        elif isinstance(variant.key, NumberKey):
            assert mark(variant=variant, answer=repr(variant.key.value)).is_right


def test_unknown_family_does_not_exist():
    with pytest.raises(KeyError):
        load_bank().variant(family_id="no/such", seed=1)


@pytest.mark.parametrize("fault", ["twice", "place"])
def test_folder_that_does_not_hold_together_is_refused(tmp_path, fault):
    folder = tmp_path / "statistics"
    folder.mkdir()
    wanted = "statistics/what" if fault == "twice" else "elsewhere/what"
    for name in ("one", "two"):
        (folder / f"{name}.py").write_text(
            "from assay.itembank.model import Family, Kind\n"
            f"FAMILIES = (Family(id='{wanted}', title='', domain='statistics', loadings={{}}, kind=Kind.SINGLE,"
            " level=1, expected_s=1, source='', licence='', make=None, verify=None),)\n",
            encoding="utf-8",
        )
    with pytest.raises(ItemError):
        load_bank(tmp_path)
