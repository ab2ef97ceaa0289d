from datetime import date

import pytest
import yaml

from assay.core.content import content_path
from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.git import Git, GitError, clean_environment
from assay.repositories.model import Standing
from assay.repositories.origin.fresh import fresh_repository
from assay.repositories.protocol import Request
from assay.repositories.rules import rules_from_mapping
from assay.repositories.run import review_in_child


@pytest.fixture
def request_for(made):
    content = yaml.safe_load((content_path() / "sources/repositories.yaml").read_text(encoding="utf-8"))

    def do(**caps):
        return Request(
            origin=str(made.path), mine={"ann@example.org": Standing.CLAIMED}, rules=rules_from_mapping(content),
            public_on={}, today=date(2026, 11, 24), caps=Caps(**caps),
        )  # fmt: skip

    return do


def test_review_in_a_process_of_its_own_leaves_nothing_behind(made, request_for, tmp_path, monkeypatch):
    made.commit({"a.py": "x = 1\n"})
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert review_in_child(request=request_for()).source.commits == 1
    assert list(place.iterdir()) == []


def test_review_that_takes_too_long_is_ended(made, request_for):
    made.commit({"a.py": "x = 1\n"})
    with pytest.raises(RepositoryError) as caught:
        review_in_child(request=request_for(wall_s=0.01))
    assert caught.value.refusal is Refusal.TIME_LIMIT


def test_refusal_of_the_child_comes_back_as_itself(made, request_for):
    made.commit({"a.py": "x = 1\n"})
    with pytest.raises(RepositoryError) as caught:
        review_in_child(request=request_for(total_bytes=10))
    assert caught.value.refusal is Refusal.TOO_LARGE


def test_git_that_fails_after_it_has_printed_is_an_error(made):
    made.commit({"a.py": "x = 1\n"})
    first = made.git("rev-parse", "HEAD:a.py")
    made.commit({"a.py": "x = 2\n"})
    (made.path / ".git/objects" / first[:2] / first[2:]).unlink()
    git = Git(folder=made.path / ".git")
    with pytest.raises(GitError) as caught, git.stream("log", "-p", timeout_s=10, max_bytes=10_000) as stream:
        assert b"".join(stream)
    assert caught.value.refusal is Refusal.BROKEN


def test_output_beyond_the_cap_is_cut_and_said_so(made):
    made.commit({"a.py": "x = 1\n" * 100_000})
    git = Git(folder=made.path / ".git")
    with git.stream("cat-file", "-p", "HEAD:a.py", timeout_s=10, max_bytes=1000) as stream:
        data = b"".join(stream)
    assert stream.is_cut
    assert len(data) < 600_000


def test_environment_of_git_is_made_anew(tmp_path, monkeypatch):
    for name in (
        "GIT_DIR",
        "GIT_SSH_COMMAND",
        "GIT_EXTERNAL_DIFF",
        "HTTPS_PROXY",
        "AWS_SECRET_ACCESS_KEY",
        "LD_PRELOAD",
    ):
        monkeypatch.setenv(name, "evil")
    found = clean_environment(home=tmp_path)
    assert "evil" not in found.values()
    assert found["GIT_ALLOW_PROTOCOL"] == "none"


def test_fresh_repository_has_no_hooks_and_no_remotes(tmp_path):
    git = fresh_repository(folder=tmp_path / "fresh")
    assert sorted(path.name for path in git.folder.iterdir()) == ["HEAD", "config", "objects", "refs"]
    assert git.run("config", "--local", "--list").decode().split() == [
        "core.repositoryformatversion=0", "core.bare=true",
    ]  # fmt: skip
