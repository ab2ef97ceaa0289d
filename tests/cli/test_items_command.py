"""``assay items`` without a database."""

import pytest

from assay.cli.main import main


def test_families_are_listed_by_domain(capsys):
    assert main(["items", "list"]) == 0
    told = capsys.readouterr().out
    assert "statistics/what-p-says" in told
    assert told.rstrip().endswith("families")


def test_check_of_a_good_family_ends_well(capsys):
    assert main(["items", "check", "--seeds", "5", "--family", "statistics/what-p"]) == 0
    assert capsys.readouterr().out == "1 families, 5 variants each, 0 faults\n"


def test_variant_is_shown_with_its_key(capsys):
    assert main(["items", "show", "python/late-binding", "--seed", "3"]) == 0
    told = capsys.readouterr().out
    assert "Key: ChoiceKey" in told
    assert "lambda" in told


@pytest.mark.parametrize("family", ["no/such", ""])
def test_family_that_is_not_there_is_said(capsys, family):
    assert main(["items", "show", family]) == 2
    assert "there is no family" in capsys.readouterr().err


def test_qti_is_printed_and_read_again(capsys, tmp_path):
    assert main(["items", "qti", "statistics/what-p-says", "--seed", "3"]) == 0
    file = tmp_path / "item.xml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["items", "read-qti", str(file)]) == 0
    read = capsys.readouterr().out
    main(["items", "show", "statistics/what-p-says", "--seed", "3"])
    assert read == capsys.readouterr().out


@pytest.mark.parametrize(
    "action", [["qti", "no/such"], ["qti", "python/slice-backwards"], ["read-qti", "no-such-file"]]
)
def test_what_qti_cannot_do_is_said(capsys, action):
    assert main(["items", *action]) == 2
    assert "assay items" in capsys.readouterr().err
