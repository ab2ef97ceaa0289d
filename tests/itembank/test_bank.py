"""The shipped families: every key follows by a second way, for every variant that a candidate can get."""

import pytest

from assay.competencies.catalogue import shipped_catalogue
from assay.itembank.bank import load_bank
from assay.itembank.checking import check_family
from assay.itembank.errors import ItemError
from assay.knowledge.drawing import VARIANTS_A_FAMILY

KNOWN = frozenset(one.id for one in shipped_catalogue().competencies)
FAMILIES = load_bank().families
RUN = {family.id for family in FAMILIES if family.domain in {"python", "git"}}
"""Proved by running their code in a process of its own: with fewer seeds here, with all by `assay items check`."""


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.id)
def test_family_proves_itself(family):
    seeds = 6 if family.id in RUN else VARIANTS_A_FAMILY
    assert list(check_family(bank=load_bank(), family=family, known=KNOWN, seeds=seeds)) == []


def test_every_family_can_be_asked_in_some_area():
    assert [family.id for family in FAMILIES if max(family.loadings.values()) < 0.5] == []


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
