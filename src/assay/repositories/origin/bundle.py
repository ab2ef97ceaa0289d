"""A git bundle: its heading is read by us, its pack by git, and only the default branch is kept."""

from pathlib import Path

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.git import GitError
from assay.repositories.origin.folder import Brought
from assay.repositories.origin.fresh import fresh_repository, is_object_id, nothing_committed, point_at

SIGNATURES = (b"# v2 git bundle\n", b"# v3 git bundle\n")
_USUAL = ("HEAD", "refs/heads/main", "refs/heads/master")


def is_bundle(path: Path) -> bool:
    """Say whether a file begins as a bundle does."""
    with path.open("rb") as file:
        return file.read(len(SIGNATURES[0])) in SIGNATURES


def bring_bundle(*, source: Path, target: Path, caps: Caps) -> Brought:
    """Unpack a bundle into a fresh repository at ``target``. Raises `RepositoryError`."""
    if source.stat().st_size > caps.total_bytes:
        message = f"This bundle is larger than {caps.total_bytes // 1_000_000} MB; send one of a single branch."
        raise RepositoryError(refusal=Refusal.TOO_LARGE, message=message)
    head = _head(source, caps)
    git = fresh_repository(folder=target)
    try:
        git.run("bundle", "unbundle", str(source.resolve()), timeout_s=caps.fetch_s, max_bytes=caps.refs_bytes * 2)
    except GitError as error:
        if error.refusal is not Refusal.BROKEN:
            raise
        message = "This bundle is damaged or cut short. Make it again: `git bundle create work.bundle --all`."
        raise GitError(refusal=Refusal.BROKEN, message=message, said=error.said) from error
    point_at(git=git, object_id=head)
    return Brought(git=git)


def _head(source: Path, caps: Caps) -> str:
    refs: dict[str, str] = {}
    with source.open("rb") as file:
        file.readline()
        read = 0
        while (line := file.readline(4_096)) not in {b"\n", b""}:
            read += len(line)
            if line.startswith(b"-"):
                message = "This bundle holds only a part of the history. Make it with `git bundle create FILE --all`."
                raise RepositoryError(refusal=Refusal.INCOMPLETE, message=message)
            if read > caps.refs_bytes:
                break
            object_id, _, name = line.decode("utf-8", "replace").strip().partition(" ")
            if is_object_id(object_id):
                refs[name] = object_id
    for name in (*_USUAL, *sorted(name for name in refs if name.startswith("refs/heads/"))):
        if name in refs:
            return refs[name]
    raise nothing_committed()
