import json
import os
import subprocess

import pytest

from assay.cli.main import main


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "train.py").write_text(
        "import torch\nfrom torch import nn\n\nnet = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))\n" * 4
    )
    env = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ann \x1b[2J<script>", "GIT_AUTHOR_EMAIL": "ann@example.org",
        "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "ann@example.org",
    }  # fmt: skip
    for words in (
        ("init", "-q"),
        ("add", "-A"),
        ("commit", "-q", "-m", "fix <script>alert(1)</script> \x1b]0;owned\x07"),
    ):
        subprocess.run(["git", *words], cwd=folder, env=env, check=True)
    return folder


def test_report_is_printed_and_written(work, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["portfolio", str(work), "--me", "Ann@example.org", "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "PyTorch  used" in printed
    assert "\x1b" not in printed
    page = (out / "portfolio.html").read_text()
    assert "<script>" not in page
    assert "\x1b" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert json.loads((out / "portfolio.json").read_text())["authorship"]["own_commits"] == 1


def test_json_and_page_go_to_standard_output(work, capsys):
    assert main(["portfolio", str(work), "--me", "ann@example.org", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["source"]["commits"] == 1
    assert main(["portfolio", str(work), "--confirmed", "ann@example.org", "--html"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "address confirmed by mail" in page


def test_wrong_address_lists_whose_commits_there_are(work, capsys):
    assert main(["portfolio", str(work), "--me", "wrong@example.org"]) == 3
    assert "ann@example.org" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nowhere"], 1, "There is nothing at nowhere"),
        (["http://example.org/a/b"], 1, "Only https addresses are read"),
        ([".", "--me", "ann"], 2, "no e-mail address"),
        ([".", "--against", "nowhere"], 2, "there is nothing at nowhere"),
    ],
)
def test_refusal_is_one_line(words, code, said, capsys):
    assert main(["portfolio", *words]) == code
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
