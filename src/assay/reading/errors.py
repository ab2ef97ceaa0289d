"""The one refusal of `reading`: a file that cannot be read, and why."""

from enum import StrEnum


class UnreadableCode(StrEnum):
    """Why a file could not be read; stable, so that callers may branch and count."""

    UNSUPPORTED = "unsupported"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    BOMB = "bomb"
    NO_TEXT = "no_text"
    NOT_A_DOCUMENT = "not_a_document"


class UnreadableError(Exception):
    """A file that yields no document. ``message`` is one sentence for people that says what to do next."""

    def __init__(self, *, code: UnreadableCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
