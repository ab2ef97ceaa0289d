"""Uploaded files and archives as files of a task or an attempt."""

import io
import zipfile
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from assay.assessments.working import MOST_FILES, MOST_UPLOAD_BYTES
from assay.core.errors import InvalidError
from assay.grading.model import Files


def files_of_upload(given: Sequence["UploadedFile[bytes]"]) -> Files:
    """Yield the files of an upload: single files, or one ZIP archive.

    Raises
    ------
    InvalidError
        Nothing was chosen, it is too large, or an archive that is broken, encrypted or grows too large.
    """
    if not given:
        message = "Choose a file first."
        raise InvalidError(message)
    if sum(one.size or 0 for one in given) > MOST_UPLOAD_BYTES:
        raise _too_large()
    if len(given) == 1 and (given[0].name or "").lower().endswith(".zip"):
        return _unzipped(given[0].read())
    return {(one.name or "file").rsplit("/", 1)[-1]: one.read() for one in given}


def _unzipped(data: bytes) -> Files:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        message = "The archive cannot be opened: it is damaged or encrypted. Nothing was taken."
        raise InvalidError(message) from error


def _members(archive: zipfile.ZipFile) -> Files:
    """Yield regular files; what the archive says of their size is checked against what comes out."""
    members = [info for info in archive.infolist() if not info.is_dir() and not _is_litter(info.filename)]
    if len(members) > MOST_FILES:
        message = f"The archive holds more than {MOST_FILES} files. Nothing was taken."
        raise InvalidError(message)
    found: Files = {}
    left = MOST_UPLOAD_BYTES
    for info in members:
        if (info.external_attr >> 16) & 0o170000 not in {0, 0o100000}:
            message = f"“{info.filename[:60]}” is a link or a device. Nothing was taken."
            raise InvalidError(message)
        with archive.open(info) as member:
            content = member.read(left + 1)
        left -= len(content)
        if left < 0:
            raise _too_large()
        found[info.filename.removeprefix("./")] = content
    return _without_common_folder(found)


def _is_litter(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or "__pycache__" in parts or ".git" in parts or parts[-1] == ".DS_Store"


def _without_common_folder(files: Files) -> Files:
    """Take away the one folder in which archives of a folder keep everything."""
    tops = {name.split("/", 1)[0] for name in files}
    if len(tops) == 1 and all("/" in name for name in files):
        return {name.split("/", 1)[1]: content for name, content in files.items()}
    return files


def _too_large() -> InvalidError:
    return InvalidError(f"That is larger than {MOST_UPLOAD_BYTES // 2**20} MiB. Nothing was taken.")
