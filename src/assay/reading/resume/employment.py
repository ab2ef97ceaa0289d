"""Employment: which words of an entry's head are the title, the employer and the place."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assay.reading.model import Employment
from assay.reading.places import place_score
from assay.reading.resume.atoms import Atom, atoms_of
from assay.reading.resume.entries import Entry, split_entries
from assay.reading.resume.labels import found_in, label_entries
from assay.reading.resume.lines import ResumeLine
from assay.reading.resume.vocabulary import (
    COUNTED,
    INSTITUTION,
    LEGAL_FORM,
    ORGANISATION,
    REMOTE,
    SELF_EMPLOYED,
    TITLE_NOUN,
    TITLE_QUALIFIER,
)

_WANTED = {"title": 1.5, "employer": 1.5, "place": 0.2}
_CONTACT = re.compile(r"https?://|\bwww\.|[\w.-]+\.[a-z]{2,6}/\S|\S@\S+\.\w", re.IGNORECASE)
_PROSE = re.compile(
    r"^(?:responsible|developed|designed|worked|led|managed|built|created|technologies|tech stack|stack|tools|key|"
    r"achievements?|advis[oe]rs?|supervis\w+ by|skills|team of|reporting to|verantwortlich|aufgaben|thesis|description|"
    r"environment|projects?|topics?|focus)\b",
    re.IGNORECASE,
)
_TITLE_HEAD_OF = re.compile(
    r"^(?:vp|head|director|chief|president|manager|leiter(?:in)?|responsable|chef|directeur)\b", re.IGNORECASE
)


def read_employments(*, lines: Sequence[ResumeLine], text: str) -> list[Employment]:
    """Return the employments of a section, one row for each title held."""
    entries = split_entries(lines=lines)
    atoms = [atoms_of(lines=entry.head, text=text) for entry in entries]
    labelled = label_entries(entries=atoms, score=employment_scores, wanted=_WANTED)
    rows = [_row(entry, labels, text) for entry, labels in zip(entries, labelled, strict=True)]
    return _inherited(rows)


def employment_scores(atom: Atom) -> Mapping[str, float]:
    """Return how well an atom would do as title, as employer and as place, by its own words."""
    text = atom.text
    words = text.split()
    if _CONTACT.search(text) or _PROSE.match(text) or len(words) > 12:
        return {"title": -3.0, "employer": -3.0, "place": -3.0}
    place = 3.0 if REMOTE.match(text) else place_score(text=text)
    noun = bool(TITLE_NOUN.search(text))
    title, employer = _by_cues(text, is_title=noun)
    if SELF_EMPLOYED.match(text):
        title, employer = 1.0, 1.2
    if atom.joint == "at":
        employer, title = employer + 2.5, title - 1.5
    if COUNTED.search(text):
        title -= 3.0  # "mentored 4 engineers" names no title
    employer += 0.2 if atom.slot == 0 else 0.0  # what follows a comma is sooner a place or a department
    depth = 0.3 * max(atom.line - 2, 0)
    title, employer = title - depth, employer - depth
    if text[:1].islower() and atom.joint not in {"comma", "dash", "bar"}:
        title, employer = title - 1.0, employer - 0.6
    if place >= 2:
        title, employer = title - 2.5, employer - 1.6
    elif len(words) > 7:
        employer -= 0.5
    return {"title": title, "employer": employer, "place": place - 1.0 if place else -2.0}


class _Cues(NamedTuple):
    title: float
    employer: float


def _by_cues(text: str, *, is_title: bool) -> _Cues:
    """Score a text by the words in it that titles and employers are made of."""
    title = 3.0 if is_title else (0.8 if TITLE_QUALIFIER.search(text) else -0.8)
    employer = 0.3 - (1.8 if is_title else 0.0)
    if LEGAL_FORM.search(text):
        employer += 2.5
        title -= 0.8 if is_title else 1.5
    elif ORGANISATION.search(text) or INSTITUTION.search(text):
        employer += 0.8 if is_title else 1.6
        title -= 0.0 if _TITLE_HEAD_OF.match(text) else 0.9
    return _Cues(title=title, employer=employer)


def _row(entry: Entry, labels: Mapping[str, tuple[Atom, ...]], text: str) -> Employment:
    return Employment(
        employer=found_in(atoms=labels.get("employer"), text=text),
        title=found_in(atoms=labels.get("title"), text=text),
        place=found_in(atoms=labels.get("place"), text=text),
        period=entry.period,
        start=entry.start,
        end=entry.end,
    )


def _inherited(rows: Sequence[Employment]) -> list[Employment]:
    """Give titles without an employer the one above them, and drop a row that only names the employer of the next."""
    kept: list[Employment] = []
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        if row.title is None and row.employer is not None and _heads(following):
            kept.append(row)
            continue
        if row.title is None and row.employer is None:
            continue
        if row.employer is None and kept and kept[-1].employer is not None:
            row = Employment(  # noqa: PLW2901 -- the same row, completed
                employer=kept[-1].employer,
                title=row.title,
                place=row.place or kept[-1].place,
                period=row.period,
                start=row.start,
                end=row.end,
            )
        kept.append(row)
    return [row for i, row in enumerate(kept) if not _is_only_head(row, kept[i + 1] if i + 1 < len(kept) else None)]


def _heads(following: Employment | None) -> bool:
    """Whether the next row names a title only, so that it takes its employer from above."""
    return following is not None and following.employer is None and following.title is not None


def _is_only_head(row: Employment, following: Employment | None) -> bool:
    """Whether a row without a title only names the employer that the next row took over."""
    return row.title is None and following is not None and following.employer == row.employer
