"""Zip containers opened without trust: every size is counted while it is unpacked, never believed."""

import io
import zipfile
import zlib

from assay.reading.errors import UnreadableCode, UnreadableError

MAX_TOTAL_BYTES = 60_000_000
MAX_RATIO = 200
RATIO_FROM_BYTES = 5_000_000
"""A small file of spaces packs well and harms nobody; past this size the ratio counts."""
MAX_ENTRIES = 5_000
_CHUNK = 65_536


def bomb(*, what: str) -> UnreadableError:
    """Yield the refusal of a file that unpacks to far more than it weighs."""
    message = f"{what} unpacks to far more than a document holds; export it again or send a PDF."
    return UnreadableError(code=UnreadableCode.BOMB, message=message)


class ZipContainer:
    """A zip file with a budget over everything that is read from it."""

    def __init__(self, *, data: bytes, max_entries: int = MAX_ENTRIES, max_total_bytes: int = MAX_TOTAL_BYTES) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise _broken() from error
        self.infos = self._zip.infolist()
        self._budget = max_total_bytes
        if len(self.infos) > max_entries:
            raise bomb(what="This archive")

    def names(self) -> set[str]:
        """Yield the names of all entries."""
        return {info.filename for info in self.infos}

    def read(self, name: str) -> bytes | None:
        """Yield the bytes of an entry; None where there is none of this name.

        Raises
        ------
        UnreadableError
            The entry is encrypted, broken, or larger than the budget that all entries share.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return None
        return self.read_info(info)

    def read_info(self, info: zipfile.ZipInfo) -> bytes:
        """Yield the bytes of an entry. Raises as `read`."""
        if info.flag_bits & 0x1:
            message = "The file is protected by a password; send it without one."
            raise UnreadableError(code=UnreadableCode.ENCRYPTED, message=message)
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    parts.append(chunk)
                    size += len(chunk)
                    self._charge(len(chunk), size=size, packed=info.compress_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise _broken() from error
        return b"".join(parts)

    def _charge(self, count: int, *, size: int, packed: int) -> None:
        self._budget -= count
        if self._budget < 0 or (size > RATIO_FROM_BYTES and size > MAX_RATIO * max(1, packed)):
            raise bomb(what="This file")


def _broken() -> UnreadableError:
    message = "The file is damaged and cannot be opened; save it again or send a PDF."
    return UnreadableError(code=UnreadableCode.BROKEN, message=message)
