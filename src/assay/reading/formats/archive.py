"""ZIP archives of documents: every member checked before it is unpacked, a bad one named and left out."""

import stat
import zipfile
from posixpath import basename
from typing import NamedTuple

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.zipped import ZipContainer

MAX_MEMBERS = 2_000
MAX_MEMBER_BYTES = 25_000_000
MAX_TOTAL_BYTES = 300_000_000
MAX_RATIO = 100
RATIO_FROM_BYTES = 1_000_000
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Member(NamedTuple):
    """One file of an archive: its name (with the archives it lies in), and its bytes or why it was left out."""

    name: str
    data: bytes = b""
    error: UnreadableError | None = None


def expand_archive(*, data: bytes) -> list[Member]:
    """Yield the members of a ZIP in its order; an archive inside the archive is opened once, not twice.

    Folders and what macOS and Windows leave behind are skipped without a word.

    Raises
    ------
    UnreadableError
        The archive itself is damaged or has too many members.
    """
    budget = _Budget()
    return _expand(data, prefix="", depth=0, budget=budget)


class _Budget:
    """What all members together may weigh and number, nested archives included."""

    def __init__(self) -> None:
        self.bytes_left = MAX_TOTAL_BYTES
        self.members_left = MAX_MEMBERS


def _expand(data: bytes, *, prefix: str, depth: int, budget: _Budget) -> list[Member]:
    container = ZipContainer(data=data, max_entries=2 * MAX_MEMBERS, max_total_bytes=budget.bytes_left)
    members: list[Member] = []
    for info in container.infos:
        if info.is_dir() or _is_litter(info.filename):
            continue
        budget.members_left -= 1
        if budget.members_left < 0:
            message = f"The archive holds more than {MAX_MEMBERS:,} files; send it in parts."
            raise UnreadableError(code=UnreadableCode.TOO_LARGE, message=message)
        members.extend(_member(container, info, prefix=prefix, depth=depth, budget=budget))
    return members


def _member(
    container: ZipContainer, info: zipfile.ZipInfo, *, prefix: str, depth: int, budget: _Budget
) -> list[Member]:
    name = prefix + info.filename
    try:
        _check(info)
        data = container.read_info(info)
        budget.bytes_left -= len(data)
        if not _is_archive(data, info.filename):
            return [Member(name, data)]
        _refuse_deeper(depth)
        return _expand(data, prefix=f"{name}/", depth=depth + 1, budget=budget)
    except UnreadableError as error:
        return [Member(name, error=error)]


def _refuse_deeper(depth: int) -> None:
    if depth:
        message = "An archive inside an archive inside an archive is not opened; send its files directly."
        raise UnreadableError(code=UnreadableCode.UNSUPPORTED, message=message)


def _check(info: zipfile.ZipInfo) -> None:
    # zipfile cuts names at NUL and mends separators on some systems: the name as stored is what counts.
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or "\0" in name or "\\" in name or name[1:2] == ":":
        message = "The name of this file leads outside the archive; it was left out."
        raise UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=message)
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        message = "This entry is a link or a device, not a file; it was left out."
        raise UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=message)
    if info.file_size > MAX_MEMBER_BYTES:
        message = f"This file is larger than {MAX_MEMBER_BYTES // 1_000_000} MB; send a smaller version."
        raise UnreadableError(code=UnreadableCode.TOO_LARGE, message=message)
    if info.file_size > RATIO_FROM_BYTES and info.file_size > MAX_RATIO * max(1, info.compress_size):
        message = "This file unpacks to far more than a document holds; it was left out."
        raise UnreadableError(code=UnreadableCode.BOMB, message=message)


def _is_litter(name: str) -> bool:
    leaf = basename(name)
    return name.startswith(_LITTER[0]) or "/__MACOSX/" in name or leaf in _LITTER or leaf.startswith("._")


def _is_archive(data: bytes, name: str) -> bool:
    """Say whether the member is an archive to open: office files are zips as well, and are documents."""
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        names = ZipContainer(data=data, max_entries=1_000_000).names()
    except UnreadableError:
        return name.lower().endswith(".zip")
    return "[Content_Types].xml" not in names and "mimetype" not in names
