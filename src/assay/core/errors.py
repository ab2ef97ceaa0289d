"""Expected refusals. Each is raised by a service and turned into a status once, at the edge."""

from enum import StrEnum
from typing import ClassVar


class ErrorKind(StrEnum):
    """What kind of refusal it is; the web edge maps each to one HTTP status."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"
    CONFLICT = "conflict"
    INVALID = "invalid"


class DomainError(Exception):
    """Base of all refusals: a kind, a sentence for people, and the facts as keyword fields."""

    kind: ClassVar[ErrorKind] = ErrorKind.INVALID

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class NotFoundError(DomainError):
    """There is no such thing, or not for you: the two are never told apart."""

    kind = ErrorKind.MISSING


class ForbiddenError(DomainError):
    """You may see it, but not do this to it."""

    kind = ErrorKind.FORBIDDEN


class ConflictError(DomainError):
    """Somebody or something was faster; the message says what stands now."""

    kind = ErrorKind.CONFLICT


class InvalidError(DomainError):
    """What was given cannot be used; the message says why and what to do."""

    kind = ErrorKind.INVALID
