"""What parent and child say to each other: length-prefixed msgpack frames over two pipes."""

from datetime import date
from enum import StrEnum

import msgspec

from assay.reading.errors import UnreadableCode
from assay.reading.model import Box, Document, JobAd, Resume, SkillMention, Struct
from assay.reading.vocabulary import Vocabulary

HEADER_BYTES = 4
MAX_REPLY_BYTES = 32_000_000


class Limits(Struct, frozen=True, kw_only=True):
    """What one file may cost. Wall time holds also where the platform lacks the other limits."""

    memory_mib: int = 768
    cpu_s: int = 10
    wall_s: float = 90.0
    """Above ``cpu_s`` on purpose: text recognition runs in a process of its own, and the machine may be busy."""
    open_files: int = 64
    files_per_child: int = 500
    max_bytes: int = 25_000_000


class Task(StrEnum):
    """What the child is asked for."""

    DOCUMENT = "document"
    APPLICATION = "application"
    PAGE = "page"
    JOB_AD = "job_ad"


class Reading(Struct, frozen=True, kw_only=True):
    """A document and what it says of a person."""

    document: Document
    resume: Resume
    skills: tuple[SkillMention, ...] = ()
    """Empty where no vocabulary was given."""


class AdReading(Struct, frozen=True, kw_only=True):
    """A document and what it says of a role."""

    document: Document
    job_ad: JobAd


class Request(Struct, frozen=True, kw_only=True):
    """One file for the child."""

    task: Task
    data: bytes
    file_name: str = ""
    cpu_s: int
    page_index: int = 0
    width_px: int = 0
    redact: tuple[Box, ...] = ()
    vocabulary: bytes = b""
    """A vocabulary as msgpack, so that a child which knows these very bytes need not build it again."""
    tagger: bytes = b""
    """Weights of the tagger of knowledge words, for ads; empty for words of the vocabulary only."""
    today: date | None = None


class Reply(Struct, frozen=True, kw_only=True):
    """What became of it: one of the yields, or an error."""

    document: Document | None = None
    reading: Reading | None = None
    ad: AdReading | None = None
    png: bytes | None = None
    error_code: UnreadableCode | None = None
    error_message: str = ""


class Hello(Struct, frozen=True, kw_only=True):
    """The child's first words: it is ready, and which limits this platform did not let it set."""

    missing_limits: tuple[str, ...] = ()


ENCODER = msgspec.msgpack.Encoder()
REQUESTS = msgspec.msgpack.Decoder(Request)
REPLIES = msgspec.msgpack.Decoder(Reply)
VOCABULARIES = msgspec.msgpack.Decoder(Vocabulary)
HELLOS = msgspec.msgpack.Decoder(Hello)
