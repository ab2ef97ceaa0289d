"""DOCX: our own walk over the XML of body, headers, footers and notes. Macros are never looked at."""

from collections.abc import Iterator
from posixpath import normpath
from typing import NamedTuple
from xml.etree.ElementTree import Element

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.builder import DocumentBuilder, Paragraph
from assay.reading.formats.docx_body import Ground, PartReader
from assay.reading.formats.docx_styles import Styles, W
from assay.reading.formats.xml import parse_part
from assay.reading.formats.zipped import ZipContainer
from assay.reading.model import Document, Notice

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAMES = (
    (_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (_STRICT + b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        _STRICT + b"drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        _STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_NOTES = ("footnotes", "endnotes")
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


class _Relation(NamedTuple):
    kind: str
    target: str
    is_external: bool


def read_docx(*, data: bytes) -> Document:
    """Yield the text of a DOCX (also DOTX, DOCM) in reading order: headers, body, notes, footers.

    Raises
    ------
    UnreadableError
        Not a Word file, damaged, or a bomb.
    """
    return _Package(ZipContainer(data=data)).document()


class _Package:
    """The zip with its main part found."""

    def __init__(self, container: ZipContainer) -> None:
        self._container = container
        self._main = self._main_name()
        root = self._part(self._main)
        if root is None or root.tag != f"{W}document":
            raise _not_word()
        self._root = root
        self._relations = self._relations_of(self._main)
        self._styles = Styles(self._related_part("styles"))
        self._ground = Ground(None) if self._has_ground() else Ground()

    def document(self) -> Document:
        builder = DocumentBuilder()
        builder.add_all(self._margins("header"))
        body = self._root.find(f"{W}body")
        if body is not None:
            builder.add_all(self._reader(self._main).paragraphs(body))
        for kind in _NOTES:
            builder.add_all(self._notes(kind))
        builder.add_all(self._margins("footer"))
        return builder.build(media_type=MEDIA_TYPE, notices=self._notices())

    def _main_name(self) -> str:
        for relation in self._relations_of("").values():
            if relation.kind == "officeDocument" and not relation.is_external:
                return relation.target
        return "word/document.xml"

    def _part(self, name: str) -> Element | None:
        data = self._container.read(name)
        return None if data is None else parse_part(data=_transitional(data))

    def _relations_of(self, name: str) -> dict[str, _Relation]:
        folder, _, leaf = name.rpartition("/")
        root = self._part(f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels")
        found = {}
        for element in () if root is None else root.iter(_RELATIONSHIP):
            target = element.get("Target", "")
            is_external = element.get("TargetMode") == "External"
            if not is_external:
                target = target[1:] if target.startswith("/") else normpath(f"{folder}/{target}").lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = _Relation(kind, target, is_external)
        return found

    def _related(self, kind: str) -> list[str]:
        return [r.target for r in self._relations.values() if r.kind == kind and not r.is_external]

    def _related_part(self, kind: str) -> Element | None:
        names = self._related(kind)
        return self._part(names[0]) if names else None

    def _reader(self, name: str) -> PartReader:
        relations = self._relations if name == self._main else self._relations_of(name)
        links = {identity: r.target for identity, r in relations.items() if r.kind == "hyperlink" and r.is_external}
        return PartReader(styles=self._styles, links=links, ground=self._ground)

    def _has_ground(self) -> bool:
        """Say whether anything may lie behind the body's words: a page colour, a shape or picture behind the text."""
        if self._root.find(f"{W}background") is not None:
            return True
        parts = [self._root, *(self._part(name) for name in self._related("header"))]
        return any(
            anchor.get("behindDoc") in {"1", "true"}
            for part in parts
            if part is not None
            for anchor in part.iter(f"{_WP}anchor")
        )

    def _margins(self, kind: str) -> Iterator[Paragraph]:
        """Yield headers or footers; first-page, odd and even ones repeat each other, so each text comes once."""
        seen: set[str] = set()
        for name in self._related(kind):
            root = self._part(name)
            if root is None:
                continue
            for paragraph in self._reader(name).paragraphs(root):
                if paragraph.text.strip() and paragraph.text not in seen:
                    seen.add(paragraph.text)
                    yield paragraph

    def _notes(self, kind: str) -> Iterator[Paragraph]:
        for name in self._related(kind):
            root = self._part(name)
            for note in () if root is None else root:
                if f"{W}type" not in note.attrib:
                    yield from self._reader(name).paragraphs(note)

    def _notices(self) -> list[Notice]:
        notices = []
        if any(name.lower().endswith("vbaproject.bin") for name in self._container.names()):
            notices.append(Notice(code="macros", message="The file carries macros; they were not run."))
        if next(self._root.iter(f"{W}altChunk"), None) is not None:
            notices.append(Notice(code="embedded", message="The file embeds another document, which was not read."))
        return notices


def _transitional(data: bytes) -> bytes:
    """Yield the part with the names of the transitional form: the strict form differs in nothing else we read."""
    if _STRICT not in data:
        return data
    for strict, transitional in _STRICT_NAMES:
        data = data.replace(strict, transitional)
    return data


def _not_word() -> UnreadableError:
    message = "The file is not a Word document; save it as DOCX or PDF and send it again."
    return UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=message)
