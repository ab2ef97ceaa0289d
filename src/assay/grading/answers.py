"""What came back from a run, as the judge reads it."""

from enum import StrEnum
from typing import Any

import msgspec


class Status(StrEnum):
    """How a case or a whole hand-in ended. IE is ours: it is retried and never counted."""

    OK = "OK"
    WA = "WA"
    RE = "RE"
    CPU = "CPU"
    WALL = "WALL"
    OOM = "OOM"
    OUTPUT = "OUTPUT"
    PROTOCOL = "PROTOCOL"
    IE = "IE"


STATUS_WORDS = {
    Status.OK: "passed",
    Status.WA: "another answer than expected",
    Status.RE: "ended with an error",
    Status.CPU: "used up its computing time",
    Status.WALL: "took too long",
    Status.OOM: "used up its memory",
    Status.OUTPUT: "printed too much",
    Status.PROTOCOL: "gave back something that cannot be read as an answer",
    Status.IE: "could not be run: our fault, it will be tried again",
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one case gave: a value, or how it failed."""

    case: str
    status: Status = Status.OK
    """Never WA: that is for the judge to say."""
    value: Any = None
    error: str = ""
    """The name of the error that was raised."""
    detail: str = ""
    """Its message or the end of stderr; text from the candidate's program, to be escaped where it is shown."""
    cpu_ms: float = 0.0
    wall_ms: float = 0.0
    peak_mib: float = 0.0


class Predictions(msgspec.Struct, frozen=True, kw_only=True):
    """Predictions on the hidden rows, asked for in several ways."""

    status: Status = Status.OK
    detail: str = ""
    first: list[Any] | None = None
    """One a row, in the rows' order."""
    shuffled: list[Any] | None = None
    """Of the rows in another order and in other chunks, put back in the rows' order."""
    again: list[Any] | None = None
    """Of a second run, trained anew with the same seed."""
    cpu_ms: float = 0.0
    wall_ms: float = 0.0
    peak_mib: float = 0.0


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a run of one hand-in gave."""

    cases: tuple[Answer, ...] = ()
    predictions: Predictions | None = None
    written: dict[str, str] = {}
    controls: tuple[str, ...] = ()
    backend: str = ""
    flags: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether anything failed through our fault, so that nothing of this run may be counted."""
        return any(answer.status is Status.IE for answer in self.cases) or (
            self.predictions is not None and self.predictions.status is Status.IE
        )
