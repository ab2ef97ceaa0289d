"""Tokens for runners on other machines."""

import pytest

from assay.cli import machine as command
from assay.sandbox.services import UnknownMachineError, machine_of_token


def test_machine_is_added_listed_and_revoked(db, capsys):
    assert command.add("grader-1") == 0
    token = capsys.readouterr().out.strip()
    assert machine_of_token(token=token).name == "grader-1"
    assert command.show() == 0
    assert capsys.readouterr().out == "grader-1: nothing said yet; last seen never\n"
    assert command.revoke("grader-1") == 0
    with pytest.raises(UnknownMachineError):
        machine_of_token(token=token)


@pytest.mark.parametrize("call", [lambda: command.add("  "), lambda: command.revoke("nobody")])
def test_machine_that_is_not_there_is_one_line(db, capsys, call):
    assert call() == 2
    assert capsys.readouterr().err.count("\n") == 1
