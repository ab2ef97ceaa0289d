"""What is asked of the reviewing process, and what it answers."""

from datetime import date

import msgspec

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal
from assay.repositories.model import Report, Standing
from assay.repositories.rules import Rules


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One work to review."""

    origin: str
    """An https address, or the path of a folder, bundle, archive, notebook or file."""
    mine: dict[str, Standing]
    """The candidate's addresses in lower case."""
    rules: Rules
    public_on: dict[str, date]
    """Entry of ``content/sources/tool_dates.yaml`` to its day."""
    today: date
    against: tuple[str, ...] = ()
    """Other works, by path, in which copies are looked for."""
    starters: tuple[str, ...] = ()
    """Code, by path, that everybody was given."""
    caps: Caps = Caps()


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A report or a refusal."""

    report: Report | None = None
    refusal: Refusal | None = None
    message: str = ""
    said: str = ""
    """What git said, for who looks after the installation."""


MAX_REPLY_BYTES = 64_000_000
REQUESTS = msgspec.json.Decoder(Request)
REPLIES = msgspec.json.Decoder(Reply)
