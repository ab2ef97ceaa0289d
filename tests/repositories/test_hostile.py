import os
import subprocess
import time
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from assay.core.content import content_path
from assay.repositories.caps import Caps
from assay.repositories.errors import RepositoryError
from assay.repositories.model import Report, Standing
from assay.repositories.protocol import Request
from assay.repositories.rules import rules_from_mapping
from assay.repositories.run import review_in_child

CASES = yaml.safe_load((Path(__file__).parent / "data/hostile.yaml").read_text(encoding="utf-8"))
ENVIRONMENT = {
    "PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Ann", "GIT_AUTHOR_EMAIL": "ann@example.org",
    "GIT_COMMITTER_NAME": "Ann", "GIT_COMMITTER_EMAIL": "ann@example.org",
}  # fmt: skip


@pytest.fixture(scope="module")
def rules():
    return rules_from_mapping(yaml.safe_load((content_path() / "sources/repositories.yaml").read_text("utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_hostile_repository_is_read_or_refused_and_nothing_of_it_runs(case, tmp_path, rules):
    mark = tmp_path / "executed"
    folder = tmp_path / "made"
    folder.mkdir()
    environment = {**ENVIRONMENT, "HOME": str(tmp_path), "MARK": str(mark)}
    subprocess.run(["bash", "-ec", case["make"]], cwd=folder, env=environment, check=True, capture_output=True)
    mark.unlink(missing_ok=True)
    request = Request(
        origin=str(folder / "work"), mine={"ann@example.org": Standing.CLAIMED}, rules=rules, public_on={},
        today=date(2026, 11, 23), caps=Caps(history_s=4.0, blame_s=4.0),
    )  # fmt: skip
    begin_s = time.monotonic()
    try:
        outcome: Report | RepositoryError = review_in_child(request=request)
    except RepositoryError as error:
        outcome = error
    assert time.monotonic() - begin_s < case.get("within_s", 30)
    assert not mark.exists()
    if isinstance(outcome, RepositoryError):
        assert outcome.refusal == case["expect"], (outcome.message, getattr(outcome, "said", ""))
        return
    assert case["expect"] == "ok"
    assert outcome.source.commits == case.get("commits", outcome.source.commits)
    assert outcome.authorship.own_commits == case.get("own", outcome.authorship.own_commits)
    assert b"root:" not in msgspec.json.encode(outcome)
