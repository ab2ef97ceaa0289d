"""Zip and tar archives: plain files with harmless names are taken, and links are left out."""

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, Protocol

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError

_CHUNK_BYTES = 1 << 20
_PIECE_BYTES = 255
_FORMATS = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, LZMAError, EOFError, OSError, NotImplementedError, ValueError
)  # fmt: skip


class Member(NamedTuple):
    """One plain file of an archive."""

    name: PurePosixPath
    size: int


class Readable(Protocol):
    """What can be read to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Yield at most ``size`` bytes; nothing at the end."""
        ...


class Archive:
    """The plain files of a zip or tar. Raises `RepositoryError` for anything that has no place in one."""

    def __init__(self, *, path: Path, caps: Caps) -> None:
        self._path = path
        self._caps = caps
        self._is_zip = zipfile.is_zipfile(path)
        if not self._is_zip and not tarfile.is_tarfile(path):
            message = "This file is neither a git bundle nor a zip or tar archive."
            raise RepositoryError(refusal=Refusal.NOT_AN_ARCHIVE, message=message)
        self.links = 0
        """Links and devices that were left out."""

    def members(self) -> list[Member]:
        """Yield the plain files, their names checked."""
        return [member for member, _ in self._walk(is_reading=False)]

    def files(self) -> Iterator[tuple[Member, Readable]]:
        """Yield each plain file with a stream of its bytes, good until the next one is asked for."""
        left = self._caps.total_bytes
        for member, stream in self._walk(is_reading=True):
            assert stream is not None  # noqa: S101 -- asked for by is_reading
            capped = _Capped(stream=stream, left=left)
            yield member, capped
            left = capped.left

    def _walk(self, *, is_reading: bool) -> Iterator[tuple[Member, IO[bytes] | None]]:
        self.links = 0
        try:
            yield from self._zip(is_reading) if self._is_zip else self._tar(is_reading)
        except RuntimeError as error:  # how zipfile says that a password is wanted
            message = "This archive is encrypted. Send one without a password."
            raise RepositoryError(refusal=Refusal.ENCRYPTED, message=message) from error
        except _FORMATS as error:
            raise _damaged() from error

    def _zip(self, is_reading: bool) -> Iterator[tuple[Member, IO[bytes] | None]]:  # noqa: FBT001 -- private
        with zipfile.ZipFile(self._path) as archive:
            for count, entry in enumerate(archive.infolist()):
                self._count(count)
                # Zip files made on Windows carry no type at all, which means a plain file.
                kind = stat.S_IFMT(entry.external_attr >> 16)
                if entry.is_dir():
                    continue
                if kind not in {0, stat.S_IFREG}:
                    self.links += 1
                    continue
                member = Member(_checked_name(entry.orig_filename), entry.file_size)
                if not is_reading:
                    yield member, None
                    continue
                with archive.open(entry) as stream:
                    yield member, stream

    def _tar(self, is_reading: bool) -> Iterator[tuple[Member, IO[bytes] | None]]:  # noqa: FBT001 -- private
        with tarfile.open(self._path) as archive:
            for count, entry in enumerate(archive):
                self._count(count)
                if entry.isdir():
                    continue
                if not entry.isreg():
                    self.links += 1
                    continue
                yield Member(_checked_name(entry.name), entry.size), archive.extractfile(entry) if is_reading else None

    def _count(self, count: int) -> None:
        if count >= self._caps.members:
            raise _too_large(f"more than {self._caps.members:,} files")


class _Capped:
    """A stream that refuses to yield more than is left, whatever size the archive's list of contents states."""

    def __init__(self, *, stream: IO[bytes], left: int) -> None:
        self._stream = stream
        self.left = left

    def read(self, size: int = -1, /) -> bytes:
        """Yield at most ``size`` bytes."""
        wanted = _CHUNK_BYTES if size < 0 else min(size, _CHUNK_BYTES)
        try:
            data = self._stream.read(wanted)
        except _FORMATS as error:
            raise _damaged() from error
        self.left -= len(data)
        if self.left < 0:
            raise _too_large("far more than its size when unpacked")
        return data


def _checked_name(text: str) -> PurePosixPath:
    name = PurePosixPath(text)
    is_bad = (
        not text
        or text.startswith("/")
        or "\\" in text
        or "\0" in text
        or ".." in name.parts
        or (len(text) > 1 and text[1] == ":")
        or any(len(part.encode("utf-8", "surrogateescape")) > _PIECE_BYTES for part in name.parts)
        or not name.parts
    )
    if is_bad:
        shown = text[:80].encode("unicode_escape").decode("ascii")
        message = (
            f"This archive holds a name that would leave its folder or cannot be a file: {shown!r}. "
            "Pack it again from within the project's folder."
        )
        raise RepositoryError(refusal=Refusal.UNSAFE_NAME, message=message)
    return name


def _damaged() -> RepositoryError:
    message = "This archive is damaged or cut short. Pack it again, or send a git bundle."
    return RepositoryError(refusal=Refusal.BROKEN, message=message)


def _too_large(what: str) -> RepositoryError:
    return RepositoryError(
        refusal=Refusal.TOO_LARGE,
        message=f"This archive holds {what}. Leave out data and environments, and send the code.",
    )
