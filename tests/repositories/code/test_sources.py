import ast
import json

import pytest

from assay.repositories.code.lexical import lexical_source, shape_of
from assay.repositories.code.python_source import parse, python_source
from assay.repositories.code.units import unit_of


def calls(code):
    return [(call.name, call.line) for call in python_source(tree=ast.parse(code)).calls]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import torch.nn as nn\nnn.Linear(1, 2)", "torch.nn.Linear"),
        ("from torch import nn\nnn.Linear(1, 2)", "torch.nn.Linear"),
        ("import torch\ntorch.nn.Linear(1, 2)", "torch.nn.Linear"),
        ("from sklearn.svm import SVC as S\nS()", "sklearn.svm.SVC"),
        ("import pandas as pd\ndf = pd.DataFrame()\ndf.fillna(0)", "pandas.DataFrame().fillna"),
        ("x.fillna(0)", ".fillna"),
        ("import wandb\ndef f(self):\n    self.run = wandb.init()\n    self.run.log({})", "wandb.init().log"),
        ("from torch import nn\nclass Net(nn.Module): pass", "torch.nn.Module"),
        ("import pytest\n@pytest.fixture\ndef f(): pass", "pytest.fixture"),
        ("from . import helper\nhelper.run()", ".run"),
    ],
)  # fmt: skip
def test_call_is_resolved_through_imports_and_assignments(code, name):
    assert name in [found for found, _ in calls(code)]


def test_function_has_its_shape():
    code = 'def f(a: int) -> int:\n    """Doc."""\n    if a and a > 1:\n        return [b for b in a]\n    return 0\n'
    (function,) = python_source(tree=ast.parse(code)).functions
    assert (function.lines, function.branches, function.is_documented, function.is_annotated) == (5, 4, True, True)


def test_text_that_is_no_python_has_no_tree():
    assert parse("print 'two'") is None
    assert parse("(" * 100_000) is None


def test_python_two_is_read_word_by_word():
    source = lexical_source(
        text="import numpy as np\nfrom sklearn.svm import SVC\nprint 'x'\nSVC(1)\n", language="Python"
    )
    assert [one.name for one in source.imports] == ["numpy", "sklearn.svm.SVC"]
    assert ("sklearn.svm.SVC", 4) in [(one.name, one.line) for one in source.calls]


def test_r_loads_and_calls():
    source = lexical_source(
        text="library(dplyr)\nx <- df %>% mutate(a = 1) # mutate(b)\ndata.table::fread('f')\n", language="R"
    )
    assert [one.name for one in source.imports] == ["dplyr", "data.table.fread"]
    assert [(one.name, one.line) for one in source.calls] == [("library", 1), ("mutate", 2), ("data.table.fread", 3)]


def test_java_and_scala_imports_resolve_calls():
    text = (
        "import org.apache.spark.sql.SparkSession;\nimport java.util.List;\nSparkSession s = SparkSession.builder();\n"
    )
    java = lexical_source(text=text, language="Java")
    assert ("org.apache.spark.sql.SparkSession.builder", 3) in [(one.name, one.line) for one in java.calls]
    scala = lexical_source(text="import org.apache.spark.sql.{Row, functions}\nfunctions.col(1)\n", language="Scala")
    assert [one.name for one in scala.imports] == ["org.apache.spark.sql.Row", "org.apache.spark.sql.functions"]
    assert ("org.apache.spark.sql.functions.col", 2) in [(one.name, one.line) for one in scala.calls]


def test_sql_features_are_seen_and_words_in_comments_are_not():
    text = (
        "-- merge into x\nWITH a AS (SELECT 1)\nSELECT sum(b) OVER (PARTITION BY c)\n"
        "FROM a JOIN d ON 1 = 1 WHERE e = 'qualify'"
    )
    found = {(one.name, one.line) for one in lexical_source(text=text, language="SQL").calls}
    assert found == {
        ("sql.common_table_expression", 2), ("sql.select", 2), ("sql.subquery", 2), ("sql.select", 3),
        ("sql.window_function", 3), ("sql.join", 4),
    }  # fmt: skip


def test_shape_counts_code_and_decisions():
    assert shape_of(text="# c\nif a and b:\n    x = 1\n\n", language="Python") == (2, 100.0)


def notebook(*cells):
    made = [
        {"cell_type": "code", "source": source, "execution_count": count, "outputs": [{"text": ["import evil\n"]}]}
        for source, count in cells
    ]
    return json.dumps({"cells": [*made, {"cell_type": "markdown", "source": ["import no"]}], "nbformat": 4}, indent=1)


def unit(data, own=None):
    raw = data.encode()
    return unit_of(
        path="n.ipynb", language="Notebook", data=raw, own=own or frozenset(range(1, raw.count(b"\n") + 2))
    )  # fmt: skip


def test_notebook_is_read_in_the_order_of_running():
    read = unit(notebook((["b = a\n", "c = b"], 2), (["a = 1"], 1)))
    assert [line for line in read.lines if line] == ["a = 1", "b = a", "c = b"]
    assert read.is_out_of_order


def test_notebook_without_counts_is_read_as_it_stands():
    read = unit(notebook((["b = a"], None), (["a = 1"], None)))
    assert [line for line in read.lines if line] == ["b = a", "a = 1"]


def test_notebook_commands_become_comments():
    read = unit(notebook((["!pip install x\n", "%matplotlib inline\n", "x = 1"], 1), (["%%bash\n", "ls"], 2)))
    assert parse(read.text) is not None
    assert [line for line in read.lines if line] == [
        "pass  # !pip install x", "pass  # %matplotlib inline", "x = 1", "# %%bash", "# ls"
    ]  # fmt: skip


def test_own_lines_of_a_notebook_are_those_of_its_json():
    data = notebook((["a = 1\n", "b = 2"], 1))
    line = next(number for number, text in enumerate(data.split("\n"), 1) if "b = 2" in text)
    read = unit(data, own=frozenset({line}))
    assert [read.lines[number - 1] for number in read.own] == ["b = 2"]


@pytest.mark.parametrize("data", ["{", "[]", '{"cells": 3}', '{"cells": [1, {"cell_type": "code"}]}', "[" * 100_000])
def test_broken_notebook_is_no_unit_or_an_empty_one(data):
    read = unit(data)
    assert read is None or not any(read.lines)


def test_notebook_of_another_language_is_none():
    data = json.dumps({"cells": [], "metadata": {"kernelspec": {"language": "R"}}})
    assert unit(data) is None
