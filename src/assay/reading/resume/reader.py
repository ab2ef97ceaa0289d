"""Document to résumé."""

from collections.abc import Sequence

from assay.reading.model import Document, Employment, Found, Period, Resume, Section, SectionKind
from assay.reading.resume.contacts import home_region, read_emails, read_links, read_phones, read_places
from assay.reading.resume.education import read_education
from assay.reading.resume.employment import read_employments
from assay.reading.resume.items import read_items
from assay.reading.resume.language import language_of
from assay.reading.resume.lines import ResumeLine, read_lines
from assay.reading.resume.lists import read_languages, read_projects
from assay.reading.resume.names import read_headline, read_name
from assay.reading.resume.sections import Block, split_sections
from assay.reading.resume.skill_list import read_skill_groups


def read_resume(*, document: Document) -> Resume:
    """Return the résumé that a document holds, each field with the span of the words it was read from."""
    text = document.text
    lines = read_lines(document=document)
    if not lines:
        return Resume()
    blocks = split_sections(lines=lines)
    emails = read_emails(document=document)
    head = _contact_lines(blocks)
    places = read_places(lines=head, text=text)
    language = language_of(text=text)
    region = home_region(places=places, emails=emails, language=language)
    name = read_name(document=document, lines=lines, emails=emails)
    employments = _employments(blocks, text)
    return Resume(
        name=name,
        headline=read_headline(lines=_around(name, blocks), name=name, text=text),
        emails=tuple(emails),
        phones=tuple(read_phones(document=document, blocks=blocks, periods=_periods(lines), region=region)),
        links=tuple(_own_links(read_links(document=document, emails=emails), employments)),
        places=tuple(places),
        employments=tuple(employments),
        education=tuple(
            row for b in _of(blocks, SectionKind.EDUCATION) for row in read_education(lines=b.lines, text=text)
        ),
        projects=tuple(row for b in _of(blocks, SectionKind.PROJECTS) for row in read_projects(block=b, text=text)),
        skills=tuple(read_skill_groups(blocks=blocks, document=document)),
        certificates=_items(blocks, SectionKind.CERTIFICATES, text, name),
        publications=_items(blocks, SectionKind.PUBLICATIONS, text, name),
        languages=tuple(read_languages(blocks=blocks, text=text)),
        sections=tuple(Section(kind=b.kind, start=b.start, end=b.end) for b in blocks),
        language=language,
    )


def _periods(lines: Sequence[ResumeLine]) -> list[Period]:
    return [period for line in lines for period in line.periods]


def _of(blocks: Sequence[Block], kind: SectionKind) -> list[Block]:
    return [block for block in blocks if block.kind is kind and block.lines]


def _around(name: Found | None, blocks: Sequence[Block]) -> list[ResumeLine]:
    """Return the lines of the part in which the name stands."""
    return next((b.lines for b in blocks if name is not None and b.start <= name.start < b.end), [])


def _contact_lines(blocks: Sequence[Block]) -> list[ResumeLine]:
    return [line for block in blocks if block.kind is SectionKind.CONTACT for line in block.lines]


def _employments(blocks: Sequence[Block], text: str) -> list[Employment]:
    return [row for b in _of(blocks, SectionKind.EMPLOYMENT) for row in read_employments(lines=b.lines, text=text)]


def _own_links(links: Sequence[Found], employments: Sequence[Employment]) -> list[Found]:
    """Leave out the names of employers that are written like addresses ("acme.io")."""
    names = {row.employer.value.casefold() for row in employments if row.employer is not None}
    return [link for link in links if link.value.casefold() not in names]


def _items(blocks: Sequence[Block], kind: SectionKind, text: str, name: Found | None) -> tuple[Found, ...]:
    own = name.value if name is not None else ""
    return tuple(item for block in _of(blocks, kind) for item in read_items(block=block, text=text, name=own))
