"""The walk through a DOCX part: paragraphs, tables, text boxes, in the order in which they are read."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from assay.reading.formats.builder import Paragraph, Run
from assay.reading.formats.docx_runs import RunReader
from assay.reading.formats.docx_styles import (
    Styles,
    W,
    ground_of,
    is_numbered,
    is_painted,
    outline_level_of,
    value_of,
)
from assay.reading.formats.tables import join_row
from assay.reading.hidden.colours import WHITE, Colour

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TRANSPARENT = frozenset(
    f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "hdr", "ftr")
)


class Ground(NamedTuple):
    """What lies behind the words: a colour, or None where a picture, shape or table style decides."""

    colour: Colour | None = WHITE


class PartReader:
    """Reads one part (body, header, footer, notes) of a document."""

    def __init__(self, *, styles: Styles, links: Mapping[str, str], ground: Ground) -> None:
        self._styles = styles
        self._links = links
        self._ground = ground

    def paragraphs(self, root: Element) -> Iterator[Paragraph]:
        """Yield the paragraphs under an element."""
        return self._blocks(root, self._ground)

    def _blocks(self, parent: Element, ground: Ground) -> Iterator[Paragraph]:
        for element in parent:
            if element.tag == f"{W}p":
                yield from self._paragraph(element, ground)
            elif element.tag == f"{W}tbl":
                yield from self._table(element, ground)
            elif element.tag in _TRANSPARENT and not _is_placeholder(element):
                yield from self._blocks(element, ground)
            elif element.tag == f"{_MC}AlternateContent":
                yield from self._blocks(_chosen(element), ground)

    def _paragraph(self, element: Element, ground: Ground) -> Iterator[Paragraph]:
        properties = element.find(f"{W}pPr")
        style = self._styles.paragraph(None if properties is None else value_of(parent=properties, tag="pStyle"))
        level = outline_level_of(properties=properties)
        level = style.outline_level if level is None else level
        is_heading = level is not None and level < 9
        look = style.look
        shading = None if properties is None else ground_of(parent=properties)
        if shading is not None:
            look = look._replace(ground=shading)
        reader = RunReader(styles=self._styles, links=self._links, look=look, ground=ground.colour)
        runs = reader.read(element)
        if (
            _is_listed(properties, is_listed_by_style=style.is_list)
            and not is_heading
            and any(run.hidden is None and run.text.strip() for run in runs)
        ):
            runs = [Run("• "), *runs]
        boxes = sorted(reader.boxes, key=_box_position)
        above = [box for box in boxes if _is_above(box)]
        for box in above:
            yield from self._box(box)
        yield Paragraph(tuple(runs), is_heading=is_heading)
        for box in boxes:
            if box not in above:
                yield from self._box(box)

    def _box(self, box: Element) -> Iterator[Paragraph]:
        for content in _contents(box):
            # A shape has its own fill, and may lie over another: its ground is not known.
            yield from self._blocks(content, Ground(None))

    def _table(self, table: Element, ground: Ground) -> Iterator[Paragraph]:
        style_id = None
        properties = table.find(f"{W}tblPr")
        if properties is not None:
            style_id = value_of(parent=properties, tag="tblStyle")
            shading = properties.find(f"{W}shd")
            if shading is not None and is_painted(shading):
                ground = Ground(ground_of(parent=properties))
        if self._styles.has_shading(style_id):
            ground = Ground(None)
        for row in _under(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = [list(self._cell(cell, ground)) for cell in _under(row, f"{W}tc")]
            yield from join_row(cells=cells)

    def _cell(self, cell: Element, ground: Ground) -> Iterator[Paragraph]:
        properties = cell.find(f"{W}tcPr")
        if properties is not None:
            merge = properties.find(f"{W}vMerge")
            if merge is not None and merge.get(f"{W}val", "continue") == "continue":
                return
            shading = properties.find(f"{W}shd")
            if shading is not None and is_painted(shading):
                ground = Ground(ground_of(parent=properties))
        yield from self._blocks(cell, ground)


def _under(parent: Element, tag: str) -> Iterator[Element]:
    """Yield children of a tag, also through content controls and tracked insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _under(child, tag)


def _is_listed(properties: Element | None, *, is_listed_by_style: bool) -> bool:
    number = None if properties is None else properties.find(f"{W}numPr")
    return is_listed_by_style if number is None else is_numbered(number=number)


def _is_placeholder(element: Element) -> bool:
    """Say whether a content control shows only its prompt ("Click here to enter text")."""
    return element.tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _chosen(alternate: Element) -> Element:
    """Yield the one branch to read: both say the same."""
    choice = alternate.find(f"{_MC}Choice")
    fallback = alternate.find(f"{_MC}Fallback")
    if choice is not None and (fallback is None or next(choice.iter(f"{W}p"), None) is not None):
        return choice
    return fallback if fallback is not None else alternate


def _contents(box: Element) -> list[Element]:
    """Yield the text of a drawing, without the boxes inside its boxes."""
    found: list[Element] = []
    level = [box]
    while level:
        below: list[Element] = []
        for element in level:
            if element.tag == f"{W}txbxContent":
                found.append(element)
            elif element.tag == f"{_MC}AlternateContent":
                below.append(_chosen(element))
            else:
                below.extend(element)
        level = below
    return found


def _offset(box: Element, axis: str) -> int:
    offset = next(box.iter(f"{_WP}position{axis}"), None)
    text = None if offset is None else offset.findtext(f"{_WP}posOffset")
    try:
        return int(text or 0)
    except ValueError:
        return 0


def _box_position(box: Element) -> tuple[int, int]:
    return _offset(box, "V"), _offset(box, "H")


def _is_above(box: Element) -> bool:
    """Say whether the box stands above its paragraph's own words."""
    return _offset(box, "V") < 0
