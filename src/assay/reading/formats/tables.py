"""Table rows as lines: cells next to each other where they are short, one after the other where they are columns."""

from collections.abc import Iterator, Sequence

from assay.reading.formats.builder import Paragraph, Run

COLUMN_PARAGRAPHS = 6
"""Two cells with more paragraphs than this beside each other are columns of a page, not a row of facts."""


def join_row(*, cells: Sequence[Sequence[Paragraph]]) -> Iterator[Paragraph]:
    """Yield the lines of a row.

    The first lines of the cells stand on one line, separated by tabs ("2019–2021", tab, "ML Engineer"); what else
    a cell holds follows. A row whose cells are columns (several long cells, or headings inside) yields cell after cell.
    """
    filled = [_without_edges(cell) for cell in cells]
    filled = [cell for cell in filled if cell]
    if len(filled) < 2 or _is_layout(filled):
        for cell in filled:
            yield from cell
        return
    yield Paragraph(tuple(_joined([cell[0] for cell in filled])), is_heading=all(cell[0].is_heading for cell in filled))
    for cell in filled:
        yield from cell[1:]


def _without_edges(cell: Sequence[Paragraph]) -> list[Paragraph]:
    found = list(cell)
    while found and not _is_filled(found[0]):
        found.pop(0)
    while found and not _is_filled(found[-1]):
        found.pop()
    return found


def _is_filled(paragraph: Paragraph) -> bool:
    return any(run.text.strip() for run in paragraph.runs)


def _is_layout(cells: Sequence[Sequence[Paragraph]]) -> bool:
    long = sum(1 for cell in cells if len(cell) > COLUMN_PARAGRAPHS)
    headed = sum(1 for cell in cells if any(paragraph.is_heading for paragraph in cell))
    several = sum(1 for cell in cells if len(cell) > 1)
    return long >= 2 or (headed >= 1 and several >= 1)


def _joined(firsts: Sequence[Paragraph]) -> Iterator[Run]:
    for number, paragraph in enumerate(firsts):
        if number:
            yield Run("\t")
        yield from paragraph.runs
