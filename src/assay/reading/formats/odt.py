"""ODT: the walk over content.xml, with the headers and footers of its page styles."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.builder import DocumentBuilder, Paragraph, Run
from assay.reading.formats.odt_styles import STYLE, TEXT, OdtLook, OdtStyles
from assay.reading.formats.tables import join_row
from assay.reading.formats.xml import parse_part
from assay.reading.formats.zipped import ZipContainer
from assay.reading.model import Document, HiddenReason, Notice

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SKIPPED = frozenset(
    (
        f"{TEXT}tracked-changes",
        f"{_OFFICE}annotation",
        f"{_OFFICE}annotation-end",
        f"{TEXT}sequence-decls",
        f"{TEXT}variable-decls",
        f"{TEXT}user-field-decls",
        f"{_OFFICE}forms",
        f"{TEXT}note-citation",
        f"{_TABLE}covered-table-cell",
    )
)
_HIDDEN = frozenset((f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"))
_LIST_TAGS = frozenset((f"{TEXT}list-item", f"{TEXT}list-header"))
MAX_REPEAT = 100


def read_odt(*, data: bytes) -> Document:
    """Yield the text of an ODT (also OTT) in reading order: headers, body, notes, footers.

    Raises
    ------
    UnreadableError
        Not a text document, encrypted, damaged, or a bomb.
    """
    container = ZipContainer(data=data)
    manifest = container.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        message = "The document is protected by a password; save it without one and send it again."
        raise UnreadableError(code=UnreadableCode.ENCRYPTED, message=message)
    content = _part(container, "content.xml")
    body = None if content is None else content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        message = "The file is not a text document; save it as ODT, DOCX or PDF and send it again."
        raise UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=message)
    styles_root = _part(container, "styles.xml")
    reader = _Reader(OdtStyles(styles_root, content))
    builder = DocumentBuilder()
    builder.add_all(reader.margins(styles_root, "header"))
    builder.add_all(reader.blocks(body, OdtLook()))
    builder.add_all(reader.take_notes())
    builder.add_all(reader.margins(styles_root, "footer"))
    has_macros = any(name.startswith("Basic/") for name in container.names())
    macros = Notice(code="macros", message="The file carries macros; they were not run.")
    return builder.build(media_type=MEDIA_TYPE, notices=[macros] if has_macros else [])


def _part(container: ZipContainer, name: str) -> Element | None:
    data = container.read(name)
    return None if data is None else parse_part(data=data)


class _Reader:
    """Walks the body; notes and text boxes met inside a paragraph wait for their turn."""

    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._notes: list[Paragraph] = []
        self._boxes: list[Paragraph] = []

    def blocks(self, parent: Element, look: OdtLook, *, is_listed: bool = False) -> Iterator[Paragraph]:
        """Yield the paragraphs under an element."""
        for element in parent:
            if element.tag in {f"{TEXT}p", f"{TEXT}h"}:
                yield from self._paragraph(element, look, is_listed=is_listed)
                is_listed = False
            elif element.tag == f"{TEXT}list":
                for item in element:
                    if item.tag in _LIST_TAGS:
                        yield from self.blocks(item, look, is_listed=item.tag == f"{TEXT}list-item")
            elif element.tag == f"{_TABLE}table":
                yield from self._table(element, look)
            elif element.tag in _HIDDEN or element.get(f"{TEXT}display") == "none":
                yield Paragraph((Run("".join(element.itertext()), hidden=HiddenReason.INVISIBLE),))
            elif element.tag not in _SKIPPED:
                yield from self.blocks(element, look, is_listed=is_listed)

    def take_notes(self) -> list[Paragraph]:
        """Yield the footnotes and endnotes met so far."""
        notes, self._notes = self._notes, []
        return notes

    def margins(self, styles_root: Element | None, kind: str) -> Iterator[Paragraph]:
        """Yield headers or footers of the page styles, each text once."""
        seen: set[str] = set()
        for tag in (kind, f"{kind}-first", f"{kind}-left"):
            for element in () if styles_root is None else styles_root.iter(f"{STYLE}{tag}"):
                for paragraph in self.blocks(element, OdtLook()):
                    if paragraph.text.strip() and paragraph.text not in seen:
                        seen.add(paragraph.text)
                        yield paragraph

    def _paragraph(self, element: Element, look: OdtLook, *, is_listed: bool) -> Iterator[Paragraph]:
        look = self._styles.look(family="paragraph", name=element.get(f"{TEXT}style-name", ""), base=look)
        runs = list(self._inline(element, look, uri=""))
        if is_listed and any(run.hidden is None and run.text.strip() for run in runs):
            runs = [Run("• "), *runs]
        boxes, self._boxes = self._boxes, []
        yield Paragraph(tuple(runs), is_heading=element.tag == f"{TEXT}h")
        yield from boxes

    def _inline(self, element: Element, look: OdtLook, *, uri: str) -> Iterator[Run]:
        if element.text:
            yield _run(element.text, look, uri)
        for child in element:
            yield from self._child(child, look, uri=uri)
            if child.tail:
                yield _run(child.tail, look, uri)

    def _child(self, child: Element, look: OdtLook, *, uri: str) -> Iterator[Run]:
        if child.tag == f"{TEXT}span":
            inner = self._styles.look(family="text", name=child.get(f"{TEXT}style-name", ""), base=look)
            yield from self._inline(child, inner, uri=uri)
        elif child.tag == f"{TEXT}a":
            yield from self._inline(child, look, uri=child.get(_LINK, ""))
        elif child.tag == f"{TEXT}s":
            yield Run(" " * _count(child), uri)
        elif child.tag == f"{TEXT}tab":
            yield Run("\t", uri)
        elif child.tag == f"{TEXT}line-break":
            yield Run("\n", uri)
        elif child.tag == f"{TEXT}note":
            # Read whole before it is added: the inner walk takes and renews these lists itself.
            notes = list(self.blocks(child, look))
            self._notes.extend(notes)
        elif child.tag.startswith(_DRAW):
            boxes = list(self.blocks(child, look._replace(ground=None)))
            self._boxes.extend(boxes)
        elif child.tag in _HIDDEN:
            yield Run("".join(child.itertext()), hidden=HiddenReason.INVISIBLE)
        elif child.tag not in _SKIPPED:
            yield from self._inline(child, look, uri=uri)

    def _table(self, table: Element, look: OdtLook) -> Iterator[Paragraph]:
        if self._styles.is_painted(family="table", name=table.get(f"{TEXT}style-name", "")):
            look = look._replace(ground=None)
        for row in table.iter(f"{_TABLE}table-row"):
            if self._is_nested(table, row):
                continue
            cells = [list(self._cell(cell, look)) for cell in row if cell.tag == f"{_TABLE}table-cell"]
            yield from join_row(cells=cells)

    def _is_nested(self, table: Element, row: Element) -> bool:
        """Say whether the row belongs to a table inside a cell: that cell's own walk reads it."""
        inner = (below for cell in table.iter(f"{_TABLE}table-cell") for below in cell.iter(f"{_TABLE}table"))
        return any(row in below.iter(f"{_TABLE}table-row") for below in inner)

    def _cell(self, cell: Element, look: OdtLook) -> Iterator[Paragraph]:
        if self._styles.is_painted(family="table-cell", name=cell.get(f"{_TABLE}style-name", "")):
            look = look._replace(ground=None)
        yield from self.blocks(cell, look)


def _run(text: str, look: OdtLook, uri: str) -> Run:
    # White space in the XML means one space, as in HTML.
    text = " ".join(text.split()) if not text.strip() else _collapsed(text)
    hidden = look.reason() if any(c.isalnum() for c in text) else None
    return Run(text or " ", uri, look.is_bold, look.size_pt, hidden)


def _collapsed(text: str) -> str:
    words = " ".join(text.split())
    return (" " if text[0].isspace() else "") + words + (" " if text[-1].isspace() else "")


def _count(element: Element) -> int:
    text = element.get(f"{TEXT}c", "1")
    return min(int(text), MAX_REPEAT) if text.isdigit() else 1
