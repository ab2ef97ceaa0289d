"""A repository on this machine: its objects are copied, its configuration, hooks and alternates never."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.git import Git
from assay.repositories.origin.fresh import fresh_repository, is_object_id, nothing_committed, point_at

_CONFIG_BYTES = 1_000_000
_LOOSE_FOLDER = re.compile(r"[0-9a-f]{2}\Z")
_LOOSE_FILE = re.compile(r"[0-9a-f]{38}\Z")
_PACK = re.compile(r"pack-[0-9a-f]{40}\.pack\Z")
_BRANCH_NAME = re.compile(r"refs/[^\x00-\x20\x7f~^:?*\\\[]{1,200}\Z")
_USUAL = ("refs/heads/main", "refs/heads/master", "refs/heads/trunk", "refs/heads/develop")


class Brought(NamedTuple):
    """A repository brought in: ready to be read, and what has to be said about it."""

    git: Git
    notes: tuple[str, ...] = ()
    is_shallow: bool = False
    has_history: bool = True


def git_folder_of(path: Path) -> Path | None:
    """Yield the folder that holds the objects: ``path/.git``, or ``path`` itself where it is bare; else None."""
    inner = path / ".git"
    if inner.is_symlink() or inner.is_file():
        message = (
            "This folder's `.git` points elsewhere (a linked worktree or a submodule). Give the main repository, "
            "or a bundle (`git bundle create work.bundle --all`)."
        )
        raise RepositoryError(refusal=Refusal.BORROWED_OBJECTS, message=message)
    if inner.is_dir():
        return inner
    return path if (path / "HEAD").is_file() and (path / "objects").is_dir() else None


def bring_folder(*, source: Path, target: Path, caps: Caps) -> Brought:
    """Copy the objects of a git folder into a fresh repository at ``target``. Raises `RepositoryError`."""
    _refuse_borrowed(source)
    _refuse_formats(source)
    head = _head(source, caps)
    git = fresh_repository(folder=target)
    packs = _copy_objects(source=source / "objects", target=target / "objects", caps=caps)
    for pack in packs:
        # A foreign index is not believed: one made from the pack itself also shows whether the pack is whole.
        git.run("index-pack", str(pack), timeout_s=caps.fetch_s)
    is_shallow = _copy_shallow(source=source, target=target)
    point_at(git=git, object_id=head)
    return Brought(git=git, is_shallow=is_shallow)


def _refuse_borrowed(source: Path) -> None:
    for name in ("HEAD", "objects", "objects/pack", "refs", "packed-refs", "shallow"):
        if (source / name).is_symlink():
            message = f"`{name}` of this repository is a symbolic link, which is not followed. Send a bundle of it."
            raise RepositoryError(refusal=Refusal.BORROWED_OBJECTS, message=message)
    if any((source / "objects/info" / name).exists() for name in ("alternates", "http-alternates")):
        message = "This repository borrows objects of another one. Run `git repack -a -d` first, or send a bundle."
        raise RepositoryError(refusal=Refusal.BORROWED_OBJECTS, message=message)


def _refuse_formats(source: Path) -> None:
    """Look for formats that change how objects are stored. The file is searched as text, and never given to git."""
    config = _small_text(source / "config", limit=_CONFIG_BYTES).lower()
    if re.search(r"objectformat\s*=\s*\"?sha256", config):
        message = "This repository uses SHA-256 object ids, which are not read yet. Send the files as a zip."
        raise RepositoryError(refusal=Refusal.UNSUPPORTED, message=message)
    if re.search(r"refstorage\s*=\s*\"?reftable", config):
        message = "This repository stores its references as a reftable. Send a bundle (`git bundle create`)."
        raise RepositoryError(refusal=Refusal.UNSUPPORTED, message=message)


def _head(source: Path, caps: Caps) -> str:
    """Yield the commit that the default branch names, however many other references there are."""
    text = _small_text(source / "HEAD", limit=4_000).strip()
    if is_object_id(text):
        return text
    packed = _packed_refs(source, caps)
    wanted = text.removeprefix("ref:").strip()
    for name in (wanted, *_USUAL, *sorted(_branches(source)), *(name for name in packed if "/heads/" in name)):
        found = _ref(source, name) or packed.get(name, "")
        if is_object_id(found):
            return found
    raise nothing_committed()


def _ref(source: Path, name: str) -> str:
    if not _BRANCH_NAME.match(name) or ".." in name:
        return ""
    return _small_text(source / name, limit=200).strip()


def _branches(source: Path) -> Iterator[str]:
    heads = source / "refs/heads"
    if heads.is_dir():
        with os.scandir(heads) as entries:
            yield from (f"refs/heads/{entry.name}" for entry, _ in zip(entries, range(1000), strict=False))


def _packed_refs(source: Path, caps: Caps) -> dict[str, str]:
    refs: dict[str, str] = {}
    for line in _small_text(source / "packed-refs", limit=caps.refs_bytes).splitlines():
        object_id, _, name = line.partition(" ")
        if name.startswith("refs/heads/"):
            refs[name] = object_id
    return refs


def _small_text(path: Path, *, limit: int) -> str:
    """Yield the first bytes of a plain file as text; "" where there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return ""
        return file.read(limit).decode("utf-8", "replace")


class _Budget:
    """Counts what is copied, and refuses beyond the caps."""

    def __init__(self, caps: Caps) -> None:
        self._bytes_left = caps.total_bytes
        self._members_left = caps.members
        self._limit_mb = caps.total_bytes // 1_000_000

    def take(self, size: int) -> None:
        self._bytes_left -= size
        self._members_left -= 1
        if self._bytes_left < 0 or self._members_left < 0:
            message = (
                f"This repository is larger than {self._limit_mb} MB or has too many parts. "
                "Send a bundle of the branch that matters (`git bundle create work.bundle HEAD`)."
            )
            raise RepositoryError(refusal=Refusal.TOO_LARGE, message=message)


def _copy_objects(*, source: Path, target: Path, caps: Caps) -> list[Path]:
    budget = _Budget(caps)
    packs = []
    for folder in _folders(source):
        pattern = _PACK if folder.name == "pack" else _LOOSE_FILE
        (target / folder.name).mkdir(exist_ok=True)
        with os.scandir(folder) as entries:
            for entry in entries:
                if not pattern.match(entry.name) or not entry.is_file(follow_symlinks=False):
                    continue
                budget.take(entry.stat(follow_symlinks=False).st_size)
                copy = target / folder.name / entry.name
                _copy(Path(entry.path), copy)
                if folder.name == "pack":
                    packs.append(copy)
    return packs


def _folders(objects: Path) -> Iterator[Path]:
    with os.scandir(objects) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            is_ours = entry.name == "pack" or _LOOSE_FOLDER.match(entry.name)
            if is_ours and entry.is_dir(follow_symlinks=False):
                yield Path(entry.path)


def _copy(source: Path, target: Path) -> None:
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as reader, target.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)


def _copy_shallow(*, source: Path, target: Path) -> bool:
    lines = [line for line in _small_text(source / "shallow", limit=_CONFIG_BYTES).split() if is_object_id(line)]
    if lines:
        (target / "shallow").write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
    return bool(lines)
