"""The one refusal of `repositories`: work that cannot be read, and what to do about it."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why work could not be read; stable, so that callers may branch and count."""

    ADDRESS = "address"
    UNREACHABLE = "unreachable"
    PRIVATE = "private"
    NOT_A_REPOSITORY = "not_a_repository"
    NOT_AN_ARCHIVE = "not_an_archive"
    EMPTY = "empty"
    UNSAFE_NAME = "unsafe_name"
    BORROWED_OBJECTS = "borrowed_objects"
    UNSUPPORTED = "unsupported"
    INCOMPLETE = "incomplete"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    ENCRYPTED = "encrypted"


class RepositoryError(Exception):
    """Work that cannot be read. ``message`` is one or two sentences for people that say what to do next."""

    def __init__(self, *, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal
        self.message = message
