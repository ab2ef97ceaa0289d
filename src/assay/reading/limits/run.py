"""Foreign files read in limited children: what the rest of the product calls."""

import atexit
import os
import threading
from collections.abc import Sequence
from datetime import date

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.limits.pool import ReaderPool
from assay.reading.limits.protocol import ENCODER, AdReading, Limits, Reading, Reply, Request, Task
from assay.reading.model import Box, Document
from assay.reading.vocabulary import Vocabulary

DEFAULT_LIMITS = Limits()
_pools: dict[tuple[int, Limits], ReaderPool] = {}
_lock = threading.Lock()


def read_in_child(*, data: bytes, file_name: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Yield the document, read under limits. Raises `UnreadableError`; the calling process survives any file."""
    reply = _ask(Request(task=Task.DOCUMENT, data=data, file_name=file_name, cpu_s=limits.cpu_s), limits)
    assert reply.document is not None  # noqa: S101 - the child answers what it was asked
    return reply.document


def read_application_file(
    *,
    data: bytes,
    file_name: str,
    vocabulary: Vocabulary | None = None,
    today: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Reading:
    """Yield document, résumé and, given ``vocabulary`` and ``today``, skills in one round trip.

    Raises `UnreadableError`.
    """
    request = Request(
        task=Task.APPLICATION,
        data=data,
        file_name=file_name,
        cpu_s=limits.cpu_s,
        vocabulary=b"" if vocabulary is None else ENCODER.encode(vocabulary),
        today=today,
    )
    reply = _ask(request, limits)
    assert reply.reading is not None  # noqa: S101 - the child answers what it was asked
    return reply.reading


def read_ad_in_child(
    *, data: bytes, file_name: str, vocabulary: Vocabulary, tagger: bytes = b"", limits: Limits = DEFAULT_LIMITS
) -> AdReading:
    """Yield document and job ad in one round trip.

    With ``tagger``, its weights as stored, knowledge that the vocabulary lacks is among the requirements as OTHER.
    Raises `UnreadableError`.
    """
    request = Request(
        task=Task.JOB_AD,
        data=data,
        file_name=file_name,
        cpu_s=limits.cpu_s,
        vocabulary=ENCODER.encode(vocabulary),
        tagger=tagger,
    )
    reply = _ask(request, limits)
    assert reply.ad is not None  # noqa: S101 - the child answers what it was asked
    return reply.ad


def render_page(
    *, data: bytes, page_index: int, width_px: int, redact: Sequence[Box] = (), limits: Limits = DEFAULT_LIMITS
) -> bytes | None:
    """Yield a page as PNG with the boxes blacked out; None where the file has no pages. Raises `UnreadableError`."""
    request = Request(
        task=Task.PAGE,
        data=data,
        cpu_s=limits.cpu_s,
        page_index=page_index,
        width_px=width_px,
        redact=tuple(redact),
    )
    return _ask(request, limits).png


def missing_limits_notice(*, limits: Limits = DEFAULT_LIMITS) -> str:
    """Yield one line that says which limits this platform lacks; "" where it has them all."""
    missing = _pool(limits).missing_limits()
    if not missing:
        return ""
    return f"This platform does not limit {', '.join(missing)} of the reader; time limits hold."


def close_pools() -> None:
    """End all children of this process."""
    with _lock:
        mine = [key for key in _pools if key[0] == os.getpid()]
        pools = [_pools.pop(key) for key in mine]
    for pool in pools:
        pool.close()


def _ask(request: Request, limits: Limits) -> Reply:
    if len(request.data) > limits.max_bytes:
        message = f"The file is larger than {limits.max_bytes // 1_000_000} MB; send a smaller version."
        raise UnreadableError(code=UnreadableCode.TOO_LARGE, message=message)
    return _pool(limits).ask(request=request)


def _pool(limits: Limits) -> ReaderPool:
    # The process id is part of the key: a forked server must not talk over its parent's pipes.
    key = (os.getpid(), limits)
    with _lock:
        if key not in _pools:
            _pools[key] = ReaderPool(size=max(2, os.cpu_count() or 2), limits=limits)
        return _pools[key]


atexit.register(close_pools)
