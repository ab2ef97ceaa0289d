"""The fresh bare repository that everything is read from: our own configuration, one branch, no hooks."""

import re
from pathlib import Path

from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.git import Git

BRANCH = "refs/heads/read"
"""The one branch of the fresh repository, whatever the original calls it."""
_OBJECT_ID = re.compile(r"[0-9a-f]{40}\Z")


def fresh_repository(*, folder: Path) -> Git:
    """Make an empty bare repository at ``folder``, without templates, hooks or remotes."""
    folder.mkdir(parents=True)
    for part in ("objects/pack", "objects/info", "refs/heads"):
        (folder / part).mkdir(parents=True)
    (folder / "HEAD").write_text(f"ref: {BRANCH}\n", encoding="ascii")
    (folder / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n", encoding="ascii")
    return Git(folder=folder)


def point_at(*, git: Git, object_id: str) -> None:
    """Let the one branch be this commit. Raises `RepositoryError` where it is not there."""
    if not is_object_id(object_id):
        raise RepositoryError(refusal=Refusal.UNSUPPORTED, message="The default branch names no commit.")
    git.run("cat-file", "-e", f"{object_id}^{{commit}}")
    git.run("update-ref", BRANCH, object_id)


def is_object_id(text: str) -> bool:
    """Say whether the text is a SHA-1 object id."""
    return _OBJECT_ID.match(text) is not None


def nothing_committed() -> RepositoryError:
    """Yield the refusal of a repository without commits."""
    return RepositoryError(
        refusal=Refusal.EMPTY, message="This repository has no commits yet. Push a commit, or send the files as a zip."
    )
