"""Puts lines together to a `Document`: the one place where text formats count offsets."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assay.reading.model import Document, Hidden, HiddenReason, Line, Link, Notice

MAX_CHARS = 1_000_000
"""Text past this is left out and said so: a thousand pages of résumé help nobody."""


class Run(NamedTuple):
    """Words set in one way. ``hidden`` says why nobody can read them; ``size_pt`` 0 means not stated."""

    text: str
    uri: str = ""
    is_bold: bool = False
    size_pt: float = 0.0
    hidden: HiddenReason | None = None


class Paragraph(NamedTuple):
    """Runs that stand on one line, and whether the format calls it a heading."""

    runs: tuple[Run, ...]
    is_heading: bool = False

    @property
    def text(self) -> str:
        """The visible text."""
        return "".join(run.text for run in self.runs if run.hidden is None)


class DocumentBuilder:
    """Collects paragraphs in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._links: list[Link] = []
        self._hidden: list[Hidden] = []
        self._is_full = False

    def add(self, paragraph: Paragraph) -> None:
        """Add a paragraph; a line feed inside a run begins a new line, an empty paragraph leaves a blank one."""
        for runs in _split_lines(paragraph.runs):
            self._add_line(runs, is_heading=paragraph.is_heading)

    def add_all(self, paragraphs: Iterable[Paragraph]) -> None:
        """Add several paragraphs."""
        for paragraph in paragraphs:
            self.add(paragraph)

    def add_hidden(self, *, text: str, reason: HiddenReason) -> None:
        """Note words that are not part of the text; words next to each other with one reason become one entry."""
        words = " ".join(text.split())
        if not words:
            return
        last = self._hidden[-1] if self._hidden else None
        if last is not None and last.reason is reason and len(last.text) + len(words) < 2_000:
            self._hidden[-1] = Hidden(text=f"{last.text} {words}", reason=reason)
        elif len(self._hidden) < 1_000:
            self._hidden.append(Hidden(text=words[:2_000], reason=reason))

    def build(self, *, media_type: str, notices: Sequence[Notice] = ()) -> Document:
        """Yield the document."""
        full = (Notice(code="truncated", message=f"Only the first {MAX_CHARS:,} characters were read."),)
        return Document(
            media_type=media_type,
            text="".join(self._parts).rstrip("\n"),
            lines=tuple(self._lines),
            links=tuple(self._links),
            hidden=tuple(self._hidden),
            notices=(*notices, *(full if self._is_full else ())),
        )

    def _add_line(self, runs: Sequence[Run], *, is_heading: bool) -> None:
        for run in runs:
            if run.hidden is not None:
                self.add_hidden(text=run.text, reason=run.hidden)
        shown = _trimmed([run for run in runs if run.hidden is None and run.text])
        if self._length + sum(len(run.text) for run in shown) > MAX_CHARS:
            self._is_full = True
            return
        if not shown:
            self._blank()
            return
        if self._parts:
            self._append("\n")
        start = self._length
        for run in shown:
            self._add_run(run)
        self._lines.append(_line(shown, start=start, end=self._length, is_heading=is_heading))

    def _blank(self) -> None:
        # One blank line at most: it tells paragraphs apart, more tell nothing.
        if self._parts and self._parts[-1] != "\n":
            self._append("\n")

    def _add_run(self, run: Run) -> None:
        start = self._length
        self._append(run.text)
        if run.uri:
            last = self._links[-1] if self._links else None
            if last is not None and last.uri == run.uri and last.end == start:
                self._links[-1] = Link(uri=run.uri, start=last.start, end=self._length)
            else:
                self._links.append(Link(uri=run.uri, start=start, end=self._length))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _split_lines(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(run._replace(text=first))
        lines.extend([run._replace(text=piece)] for piece in rest)
    return lines


def _trimmed(runs: list[Run]) -> list[Run]:
    """Yield the runs without white space around the line."""
    while runs and not runs[0].text.strip():
        runs = runs[1:]
    while runs and not runs[-1].text.strip():
        runs = runs[:-1]
    if runs:
        runs = [runs[0]._replace(text=runs[0].text.lstrip()), *runs[1:]]
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
    return runs


def _line(runs: Sequence[Run], *, start: int, end: int, is_heading: bool) -> Line:
    inked = [run for run in runs if run.text.strip()]
    return Line(
        start=start,
        end=end,
        size_pt=max((run.size_pt for run in inked), default=0.0),
        is_bold=all(run.is_bold for run in inked),
        is_heading=is_heading,
    )
