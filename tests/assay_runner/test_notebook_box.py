"""A notebook is run from top to bottom, once; its names and what its cells show can be asked for."""

import json
import shutil

import pytest

from tests.assay_runner.boxes import step_of_calls, values_of

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


def asked(entry, text, *calls):
    step = step_of_calls("notebook", {entry: text}, entry, *calls)
    return values_of(step) if step.status == "OK" else [step.detail.split(": ", 1)]


def notebook(*cells):
    made = [{"cell_type": kind, "source": source.splitlines(keepends=True), **more} for kind, source, more in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


def test_jupyter_notebook_is_run_and_its_stored_outputs_are_told():
    shown = {"execution_count": 4, "outputs": [{"output_type": "execute_result", "data": {"text/plain": ["3"]}}]}
    text = notebook(
        ("markdown", "# Title", {}),
        ("code", "import numpy as np\nx = int(np.arange(3).sum())\nx", shown),
        (
            "code",
            "def double(n):\n    return 2 * n\nprint('said'); display(x)",
            {"execution_count": None, "outputs": []},
        ),
    )
    calls = (("double", 21), ("assay:value", "x"), ("assay:cells",), ("assay:order",))
    assert asked("a.ipynb", text, *calls) == [42, 3, [["3", "3"], ["said\n3", None]], [4, None]]


def test_script_with_cell_marks_is_a_notebook():
    text = "a = 1\n# %% [markdown]\n# this = no code\n# %% named\nb = a + 1\n#%%\nb;\n# %%\nb"
    assert asked("a.py", text, ("assay:cells",)) == [[["", None], ["", None], ["", None], ["2", None]]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# %%\nprint(late)\n# %%\nlate = 1", "cell 1: NameError: name 'late' is not defined"),
        ("# %%\n1\n# %%\n%matplotlib inline", "cell 2, line 1: invalid syntax: %matplotlib inline"),
    ],
)
def test_cell_that_fails_is_named(text, said):
    assert asked("a.py", text, ("assay:value", "late")) == [["CellError", said]]


@pytest.mark.parametrize("text", ["{}", "no json", '{"cells": [{"cell_type": "code"}]}', '{"cells": 3}'])
def test_broken_notebook_is_an_error(text):
    [[name, said]] = asked("a.ipynb", text, ("assay:cells",))
    assert (name, said[:26]) == ("CellError", "not a notebook of format 4")
