import json
import xml.etree.ElementTree as ET

import pytest

from assay.cli.main import main


def test_simlab_prints_and_writes_the_same_twice(tmp_path, capsys):
    outs = [tmp_path / "one", tmp_path / "two"]
    for out in outs:
        assert main(["simlab", "--pools", "2", "--people", "60", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "Pessimistic" in printed
    assert "seeds 1000 to 1001" in printed
    assert outs[0].joinpath("simlab.json").read_bytes() == outs[1].joinpath("simlab.json").read_bytes()
    found = json.loads((outs[0] / "simlab.json").read_text())
    assert [len(case["loops"]) for case in found["cases"]] == [5, 5]
    for case in found["cases"]:
        for loop in case["loops"]:
            assert loop["gain_low"] <= loop["gain"] <= loop["gain_high"]
    assert ET.parse(outs[0] / "simlab.svg").getroot().tag.endswith("svg")  # noqa: S314 -- our own file


@pytest.mark.parametrize("given", [["--pools", "1"], ["--people", "10"], ["--pools", "2", "--out", "/dev/null/x"]])
def test_simlab_says_what_cannot_be_used_in_one_line(given, capsys):
    assert main(["simlab", *given]) == 2
    assert capsys.readouterr().err.count("\n") == 1
