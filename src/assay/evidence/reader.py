"""The one place in the site that calls the reader."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

import msgspec

from assay.accounts.models import Organisation
from assay.competencies.selectors import map_of
from assay.reading.limits import read_application_file
from assay.reading.model import Document, Resume, SkillMention

READER = "4"
"""Raised whenever the reader yields something else for the same file; documents of an older one can be re-read.

A document's ``reader_version`` also names the words that the organisation added to the map (`reader_version_for`).
"""


class Read(NamedTuple):
    """What one file yields."""

    document: Document
    resume: Resume
    skills: tuple[SkillMention, ...]
    version: str


Reader = Callable[..., Read]
"""``(*, data: bytes, file_name: str, organisation: Organisation, today: date) -> Read``; raises `UnreadableError`."""


def read_file(*, data: bytes, file_name: str, organisation: Organisation, today: date) -> Read:
    """Read one application in a limited child. Raises `UnreadableError`, whose message says what to do."""
    found = map_of(organisation=organisation)
    vocabulary = found.catalogue.vocabulary()
    reading = read_application_file(data=data, file_name=file_name, vocabulary=vocabulary, today=today)
    return Read(reading.document, reading.resume, reading.skills, _version(found.words))


def reader_version_for(*, organisation: Organisation) -> str:
    """Yield what a document that is read now has as its ``reader_version``."""
    return _version(map_of(organisation=organisation).words)


def _version(words: str) -> str:
    return f"{READER}+{words}" if words else READER


def document_of(*, text: str, reading: Any) -> Document:
    """Yield a stored reading as a value again."""
    return msgspec.convert({**reading, "text": text}, Document)


def stored(document: Document) -> Any:
    """Yield a document as JSON without its text, which has a column of its own."""
    return {key: value for key, value in msgspec.to_builtins(document).items() if key != "text"}
