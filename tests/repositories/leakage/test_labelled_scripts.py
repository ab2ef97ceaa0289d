import ast
from pathlib import Path

import pytest
import yaml

from assay.repositories.code.units import Unit
from assay.repositories.leakage import find_leaks
from assay.repositories.leakage.find import leaks_in
from assay.repositories.leakage.values import Role, role_of_name
from assay.repositories.model import LeakKind

DATA = Path(__file__).parents[1] / "data"
KINDS = {
    LeakKind.PREPROCESSING: "preprocessing",
    LeakKind.OVERLAP: "overlap",
    LeakKind.MULTI_TEST: "multi_test",
}


def found(code):
    return {KINDS[leak.kind] for leak in leaks_in(tree=ast.parse(code))}


@pytest.mark.parametrize("name", ["leaks.yaml", "leaks_held_out.yaml", "leaks_fresh.yaml"])
def test_labelled_scripts_reach_the_figures(name):
    scripts = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    told = [(script["id"], kind) for script in scripts for kind in found(script["code"])]
    there = [(script["id"], kind) for script in scripts for kind in script["expect"]]
    right = len(set(told) & set(there))
    assert right / len(told) >= 0.95, set(told) - set(there)
    assert right / len(there) >= 0.85, set(there) - set(told)


def test_finding_names_the_lines_that_lead_there():
    code = (
        "from sklearn.preprocessing import StandardScaler\n"
        "from sklearn.model_selection import train_test_split\n"
        "X = StandardScaler().fit_transform(X)\n"
        "a, b = train_test_split(X)\n"
    )
    unit = Unit(path="train.py", language="Python", lines=tuple(code.split("\n")), own=frozenset(range(1, 5)))
    (finding,) = find_leaks(unit=unit)
    assert (finding.place.line, [step.line for step in finding.steps]) == (3, [4])
    assert finding.place.text == "X = StandardScaler().fit_transform(X)"


def test_lines_of_others_are_not_told():
    code = "import sklearn\nX = StandardScaler().fit_transform(X)\na, b = train_test_split(X)\n"
    unit = Unit(path="train.py", language="Python", lines=tuple(code.split("\n")), own=frozenset({1}))
    assert find_leaks(unit=unit) == []


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("X_test", Role.TEST), ("testX", Role.TEST), ("yTrain", Role.TRAIN), ("df_train", Role.TRAIN),
        ("X_tr", Role.TRAIN), ("X_te", Role.TEST), ("x_val", Role.VALIDATION), ("holdout", Role.TEST),
        ("tr", None), ("train_test", None), ("latest", None), ("contest", None), ("training_set", Role.TRAIN),
        ("data", None),
    ],
)  # fmt: skip
def test_name_says_which_part_it_is(name, role):
    assert role_of_name(name) is role


def test_code_nested_beyond_reason_yields_nothing():
    code = "x = sklearn" + ".fit(sklearn" * 90 + ")" * 90
    assert found(code) == set()
