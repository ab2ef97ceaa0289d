"""Files without a history: they become one commit of an unknown author, so that everything else reads them alike."""

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.origin.archive import Archive, Readable
from assay.repositories.origin.folder import Brought, bring_folder
from assay.repositories.origin.fresh import BRANCH, fresh_repository, nothing_committed

_CHUNK_BYTES = 1 << 20
_OF_GIT = re.compile(
    r"(HEAD|config|packed-refs|shallow|objects/info/(http-)?alternates|refs/.+|objects/(pack|[0-9a-f]{2})/[^/]+)\Z"
)
_NO_HISTORY = "There is no history: whose lines these are rests on what was said."


class _File(NamedTuple):
    name: PurePosixPath
    data: bytes


def bring_archive(*, source: Path, target: Path, caps: Caps) -> Brought:
    """Read an archive into a fresh repository at ``target``: with its history where it holds one."""
    archive = Archive(path=source, caps=caps)
    names = [member.name for member in archive.members()]
    root = _git_root(names)
    if root is not None:
        inner = target.with_name(f"{target.name}-unpacked")
        _unpack_git(archive=archive, root=root, into=inner)
        brought = bring_folder(source=inner, target=target, caps=caps)
        shutil.rmtree(inner)
        return brought
    files = _files_of(archive=archive, caps=caps)
    brought = _commit_files(files=files, target=target, caps=caps)
    if archive.links:
        note = f"{archive.links} links or devices in the archive were left out."
        return brought._replace(notes=(*brought.notes, note))
    return brought


def bring_files(*, source: Path, target: Path, caps: Caps) -> Brought:
    """Read one file, or a folder that is no repository, into a fresh repository at ``target``."""
    return _commit_files(files=_files_below(source=source, caps=caps), target=target, caps=caps)


def _git_root(names: Iterable[PurePosixPath]) -> PurePosixPath | None:
    """Yield the folder in the archive that is a git folder: the one nearest to the top."""
    seen = set(names)
    heads = [name.parent for name in seen if name.name == "HEAD"]
    folders = [
        head for head in heads
        if any(name.is_relative_to(head / "objects") for name in seen) or head.name == ".git"
    ]  # fmt: skip
    return min(folders, key=lambda folder: (len(folder.parts), str(folder)), default=None)


def _unpack_git(*, archive: Archive, root: PurePosixPath, into: Path) -> None:
    (into / "objects").mkdir(parents=True)
    for member, stream in archive.files():
        if not member.name.is_relative_to(root):
            continue
        name = member.name.relative_to(root)
        if not _OF_GIT.match(str(name)):
            continue
        path = into / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                shutil.copyfileobj(stream, file, _CHUNK_BYTES)
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            message = f"This archive holds {str(name)[:80]!r} twice. Pack it again, or send a git bundle."
            raise RepositoryError(refusal=Refusal.UNSAFE_NAME, message=message) from error


def _files_of(*, archive: Archive, caps: Caps) -> Iterator[_File]:
    for member, stream in archive.files():
        if ".git" in (part.lower() for part in member.name.parts):
            continue
        data = _read(stream, caps.blob_bytes)
        if data is not None:
            yield _File(member.name, data)


def _read(stream: Readable, limit: int) -> bytes | None:
    """Yield the bytes; None where there are more than ``limit``, which is left out of the review anyway."""
    parts = []
    size = 0
    while chunk := stream.read(_CHUNK_BYTES):
        size += len(chunk)
        if size <= limit:
            parts.append(chunk)
    return b"".join(parts) if size <= limit else None


def _files_below(*, source: Path, caps: Caps) -> Iterator[_File]:
    if source.is_file():
        if source.stat().st_size > caps.blob_bytes:
            message = (
                f"This file is larger than {caps.blob_bytes // 1_000_000} MB; a notebook's outputs can be cleared."
            )
            raise RepositoryError(refusal=Refusal.TOO_LARGE, message=message)
        yield _File(PurePosixPath(source.name), source.read_bytes())
        return
    for folder, folders, names in os.walk(source):
        folders[:] = sorted(name for name in folders if name.lower() != ".git")
        for name in sorted(names):
            path = Path(folder) / name
            if path.is_symlink() or not path.is_file() or path.stat().st_size > caps.blob_bytes:
                continue
            yield _File(PurePosixPath(path.relative_to(source).as_posix()), path.read_bytes())


def _commit_files(*, files: Iterable[_File], target: Path, caps: Caps) -> Brought:
    git = fresh_repository(folder=target)
    parts = [f"commit {BRANCH}\ncommitter unknown <> 0 +0000\ndata 0\n\n".encode()]
    size = 0
    for count, file in enumerate(files):
        size += len(file.data)
        if count >= caps.paths or size > caps.read_bytes:
            break
        parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (_quoted(file.name), len(file.data), file.data))
    if len(parts) == 1:
        raise nothing_committed()
    git.run("fast-import", "--quiet", given=b"".join(parts), timeout_s=caps.fetch_s)
    return Brought(git=git, notes=(_NO_HISTORY,), has_history=False)


def _quoted(name: PurePosixPath) -> bytes:
    raw = str(name).encode("utf-8", "surrogateescape")
    return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'
