"""Task folders and hidden parts as they lie in the database: compressed, and read back as values."""

import zlib
from functools import lru_cache

import msgspec

from assay.core.errors import InvalidError
from assay.grading.errors import TaskError
from assay.grading.folder import task_from
from assay.grading.model import Files, Hidden, Task
from assay.items.models import TaskVersion, Variant


def packed_files(files: Files) -> bytes:
    """Yield files as compressed bytes, the same for the same files."""
    return zlib.compress(msgspec.msgpack.encode(files, order="deterministic"), 6)


def unpacked_files(data: "bytes | memoryview[int]") -> Files:
    """Yield the files of `packed_files`."""
    return msgspec.msgpack.decode(zlib.decompress(bytes(data)), type=dict[str, bytes])


def packed_hidden(hidden: Hidden) -> bytes:
    """Yield a hidden part as compressed bytes."""
    return zlib.compress(msgspec.json.encode(hidden), 1)


def hidden_of(variant: Variant) -> Hidden:
    """Yield the hidden part of a variant that is ready."""
    return msgspec.json.decode(zlib.decompress(bytes(variant.hidden or b"")), type=Hidden)


def task_of(version: TaskVersion) -> Task:
    """Yield a version as a value."""
    return _task(version.pk, version.task.slug)


@lru_cache(maxsize=64)
def _task(version_id: int, slug: str) -> Task:
    """Yield a version; versions never change, so it is read once in a process."""
    data = TaskVersion.objects.values_list("files", flat=True).get(pk=version_id)
    return task_from(slug=slug, files=unpacked_files(data))


def read_files(*, slug: str, files: Files) -> Task:
    """Yield the task of files that somebody gave. Raises `InvalidError` with file and line."""
    try:
        return task_from(slug=slug, files=files)
    except TaskError as error:
        raise InvalidError(str(error)) from error
