"""The child: `python -m assay.reading.limits.child`. Sets its limits, then answers one request after the other."""

import gc
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import BinaryIO

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.sniff import Kind, sniff
from assay.reading.hidden.characters import strip_inkless
from assay.reading.hidden.visible import mark_visible
from assay.reading.images import page_png
from assay.reading.jobads import Tagger, read_job_ad
from assay.reading.limits.protocol import (
    ENCODER,
    HEADER_BYTES,
    MAX_REPLY_BYTES,
    REQUESTS,
    VOCABULARIES,
    AdReading,
    Hello,
    Reading,
    Reply,
    Request,
    Task,
)
from assay.reading.model import Document, Resume
from assay.reading.read import read_document
from assay.reading.resume import from_json_resume, read_resume
from assay.reading.skills import read_skills
from assay.reading.vocabulary import Vocabulary

try:
    import resource
except ImportError:  # Windows has no limits of this kind; the parent's clock still holds
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Serve until the parent closes the pipe."""
    replies = os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not end up among the frames.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    memory_mib, open_files = int(sys.argv[1]), int(sys.argv[2])
    missing = _set_limits(memory_mib=memory_mib, open_files=open_files)
    _send(replies, ENCODER.encode(Hello(missing_limits=missing)))
    # What is loaded now lives as long as the child: the collector need not walk it after every few hundred words.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    requests = sys.stdin.buffer
    while (frame := _receive(requests)) is not None:
        _send(replies, _answer(frame))


def _set_limits(*, memory_mib: int, open_files: int) -> tuple[str, ...]:
    if resource is None:
        return ("memory", "cpu", "files")
    wanted = {
        "memory": (resource.RLIMIT_AS, memory_mib * 1024 * 1024),
        "files written": (resource.RLIMIT_FSIZE, 0),
        "open files": (resource.RLIMIT_NOFILE, open_files),
        "core dumps": (resource.RLIMIT_CORE, 0),
    }
    return tuple(name for name, (limit, value) in wanted.items() if not _set_limit(limit, value))


def _set_limit(limit: int, value: int) -> bool:
    try:
        resource.setrlimit(limit, (value, value))
    except (ValueError, OSError):  # macOS refuses RLIMIT_AS
        return False
    return True


def _allow_cpu(seconds: int) -> None:
    """Move the soft limit ahead of what this process has used: each file gets its own share."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, hard))


def _answer(frame: bytes) -> bytes:
    request = REQUESTS.decode(frame)
    _allow_cpu(request.cpu_s)
    try:
        reply = ENCODER.encode(_TASKS[request.task](request))
    except UnreadableError as error:
        reply = ENCODER.encode(Reply(error_code=error.code, error_message=error.message))
    except (MemoryError, RecursionError):
        message = "Reading this file takes more memory than a document does; export it again or send a PDF."
        reply = ENCODER.encode(Reply(error_code=UnreadableCode.MEMORY_LIMIT, error_message=message))
    if len(reply) > MAX_REPLY_BYTES:
        message = "The file yields more text than a document holds; send a smaller version."
        reply = ENCODER.encode(Reply(error_code=UnreadableCode.TOO_LARGE, error_message=message))
    return reply


def _document(request: Request) -> Reply:
    return Reply(document=read_document(data=request.data, file_name=request.file_name))


def _application(request: Request) -> Reply:
    document, resume = _document_and_resume(request)
    if not request.vocabulary or request.today is None:
        return Reply(reading=Reading(document=document, resume=resume))
    vocabulary = _vocabulary(request.vocabulary)
    skills = read_skills(document=document, resume=resume, vocabulary=vocabulary, today=request.today)
    return Reply(reading=Reading(document=document, resume=resume, skills=skills))


def _document_and_resume(request: Request) -> tuple[Document, Resume]:
    if sniff(data=request.data, file_name=request.file_name) is Kind.JSON:
        # Fields that are named need no guessing, as long as no invisible sign has to go, which would shift them.
        imported = from_json_resume(data=request.data)
        document = mark_visible(document=strip_inkless(document=imported.document))
        if document.text == imported.document.text:
            return document, imported.resume
    document = read_document(data=request.data, file_name=request.file_name)
    return document, read_resume(document=document)


def _job_ad(request: Request) -> Reply:
    document = read_document(data=request.data, file_name=request.file_name)
    tagger = _tagger(request.tagger) if request.tagger else None
    job_ad = read_job_ad(document=document, vocabulary=_vocabulary(request.vocabulary), tagger=tagger)
    return Reply(ad=AdReading(document=document, job_ad=job_ad))


@lru_cache(maxsize=4)
def _vocabulary(data: bytes) -> Vocabulary:
    """Build a vocabulary once: its trie takes longer than most files."""
    return VOCABULARIES.decode(data)


@lru_cache(maxsize=2)
def _tagger(data: bytes) -> Tagger:
    return Tagger.from_bytes(data)


def _page(request: Request) -> Reply:
    png = page_png(data=request.data, page_index=request.page_index, width_px=request.width_px, redact=request.redact)
    return Reply(png=png)


_TASKS: dict[Task, Callable[[Request], Reply]] = {
    Task.DOCUMENT: _document,
    Task.APPLICATION: _application,
    Task.PAGE: _page,
    Task.JOB_AD: _job_ad,
}


def _receive(stream: BinaryIO) -> bytes | None:
    header = stream.read(HEADER_BYTES)
    if len(header) < HEADER_BYTES:
        return None
    return stream.read(int.from_bytes(header, "big"))


def _send(stream: BinaryIO, frame: bytes) -> None:
    stream.write(len(frame).to_bytes(HEADER_BYTES, "big") + frame)
    stream.flush()


if __name__ == "__main__":
    main()
