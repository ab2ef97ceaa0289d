"""The example's documents: PDF by typst in five layouts, DOCX written as the raw package that it is."""

import json
import zipfile
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import typst

from assay.core.content import content_path
from assay.example.lives import Person, resume_of

STAMP = (2026, 11, 2, 9, 0, 0)
"""The time written into every package, so that the same person gives the same bytes."""

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class File(NamedTuple):
    """A document with its name."""

    name: str
    data: bytes


def document_of(person: Person) -> File:
    """Yield the document that a person hands in."""
    resume = resume_of(person)
    stem = person.name.replace(" ", "_").replace("'", "")
    if person.layout.startswith("word"):
        suffix = "_updated" if person.special == "edited_copy_of" else ""
        return File(f"{stem}{suffix}.docx", docx_of(resume, is_table=person.layout == "word_table"))
    return File(f"{stem}.pdf", pdf_of(resume, layout=person.layout))


def pdf_of(resume: dict[str, Any], *, layout: str) -> bytes:
    """Render a résumé with one of the layouts in ``content/example/layouts``."""
    data: bytes = _compiler(layout).compile(sys_inputs={"data": json.dumps(resume)}, format="pdf")
    return data


@cache
def _compiler(layout: str) -> Any:
    return typst.Compiler(str(content_path() / "example" / "layouts" / f"{layout}.typ"))


def docx_of(resume: dict[str, Any], *, is_table: bool) -> bytes:
    """Write a résumé as DOCX: paragraphs, or a table with dates in a column of their own."""
    body = "".join([*_head(resume), *(_table(resume) if is_table else _entries(resume)), *_tail(resume)])
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
    )
    package = BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", CONTENT_TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document),
        ):  # fmt: skip
            archive.writestr(zipfile.ZipInfo(name, STAMP), text)
    return package.getvalue()


def _head(resume: dict[str, Any]) -> list[str]:
    words = resume["words"]
    contacts = " | ".join([resume["email"], resume["phone"], resume["place"], *resume["links"]])
    return [
        _paragraph(resume["name"], size=44, is_bold=True),
        _paragraph(resume["headline"], size=24),
        _paragraph(contacts),
        _heading(words["summary"]),
        _paragraph(resume["summary"]),
        *([_paragraph(resume["hidden"], size=4, colour="FFFFFF")] if resume["hidden"] else []),
    ]


def _entries(resume: dict[str, Any]) -> list[str]:
    words = resume["words"]
    parts = [_heading(words["employment"])]
    for job in resume["jobs"]:
        parts.append(
            _paragraph(f"{job['title']}, {job['employer']}, {job['place']}\t{_dates(job, words)}", is_bold=True)
        )
        parts += [_paragraph(f"• {bullet}") for bullet in job["bullets"]]
    parts.append(_heading(words["education"]))
    parts += [
        _paragraph(f"{entry['degree']} {entry['area']}, {entry['school']}\t{_dates(entry, words)}")
        for entry in resume["education"]
    ]
    return parts


def _table(resume: dict[str, Any]) -> list[str]:
    words = resume["words"]
    jobs = [
        (
            _dates(job, words),
            [_paragraph(job["title"], is_bold=True), _paragraph(f"{job['employer']}, {job['place']}")]
            + [_paragraph(f"• {bullet}") for bullet in job["bullets"]],
        )
        for job in resume["jobs"]
    ]
    studies = [
        (_dates(entry, words), [_paragraph(f"{entry['degree']} {entry['area']}"), _paragraph(entry["school"])])
        for entry in resume["education"]
    ]
    return [_heading(words["employment"]), _rows(jobs), _heading(words["education"]), _rows(studies)]


def _tail(resume: dict[str, Any]) -> list[str]:
    words = resume["words"]
    return [
        _heading(words["skills"]),
        _paragraph(", ".join(resume["skills"])),
        _heading(words["languages"]),
        _paragraph(", ".join(resume["languages"])),
    ]


def _dates(entry: dict[str, Any], words: dict[str, str]) -> str:
    return f"{entry['start']} – {entry['end'] or words['now']}"


def _heading(text: str) -> str:
    return _paragraph(text, size=28, is_bold=True)


def _rows(rows: list[tuple[str, list[str]]]) -> str:
    cells = "".join(
        f"<w:tr><w:tc>{_paragraph(left)}</w:tc><w:tc>{''.join(right)}</w:tc></w:tr>" for left, right in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def _paragraph(text: str, *, size: int = 21, is_bold: bool = False, colour: str = "") -> str:
    """Yield a paragraph; ``size`` in half points. A tab in the text becomes a tab stop."""
    properties = f"{'<w:b/>' if is_bold else ''}{f'<w:color w:val={chr(34)}{colour}{chr(34)}/>' if colour else ''}"
    runs = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t"))
    return f'<w:p><w:r><w:rPr>{properties}<w:sz w:val="{size}"/></w:rPr>{runs}</w:r></w:p>'
