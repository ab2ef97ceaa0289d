"""The fixtures of deciding, and a clock that stands at the moment after the interviews."""

import pytest

from tests.decisions.conftest import *  # noqa: F403 -- fixtures
from tests.decisions.conftest import LATER


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Let the pages' clock stand."""
    for module in ("packet", "views"):
        monkeypatch.setattr(f"assay.web.recruiter.decisions.{module}.now", lambda: LATER)
