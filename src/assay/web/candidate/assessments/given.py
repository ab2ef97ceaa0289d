"""What the editor's form sent, as files and events of an attempt."""

from collections.abc import Mapping
from typing import Any

import msgspec

from assay.grading.model import Files

PREFIX = "file:"
MOST_EVENTS_BYTES = 200_000


def files_of_form(form: Mapping[str, str], *, kept: Files) -> Files:
    """Yield the files of a form, laid over those that it does not show (`kept`): line ends as the editor has them."""
    shown = {
        name.removeprefix(PREFIX): text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
        for name, text in form.items()
        if name.startswith(PREFIX)
    }
    return kept | shown


def events_of_form(text: str) -> list[dict[str, Any]]:
    """Yield what the editor told; nothing where it is no list of objects, since no save may fail for it."""
    try:
        found = msgspec.json.decode(text[:MOST_EVENTS_BYTES], type=list[dict[str, Any]])
    except msgspec.DecodeError:
        return []
    known = ("kind", "path", "characters", "at_ms")
    return [{name: event[name] for name in known if isinstance(event.get(name), str | int)} for event in found]
