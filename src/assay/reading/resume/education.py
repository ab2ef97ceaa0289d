"""Education: institution, degree and area, kept apart."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assay.reading.model import Education, Period
from assay.reading.places import place_score
from assay.reading.resume.atoms import Atom, atoms_of
from assay.reading.resume.entries import Entry, split_entries
from assay.reading.resume.labels import found_in, label_entries
from assay.reading.resume.lines import ResumeLine
from assay.reading.resume.vocabulary import DEGREE, INSTITUTION, SHORT_DEGREE

_WANTED = {"institution": 1.5, "degree": 1.0, "area": 0.4, "place": 0.2}
_AREA_JOINT = re.compile(
    r"^\s*(?:degree\s+)?(?:(?:in|of|im(?: fach| bereich)?|der|des|en|de|für|major(?:ing)? in)\s+"
    r"|d['’]|[,:–—(-])\s*(?:the\s+)?",
    re.IGNORECASE,
)
_BEFORE_DEGREE = re.compile(r"(?:[\s(,:–—-]|\b(?:completed|pursuing|candidate for|a|an|the))+$", re.IGNORECASE)
_LEADS_TO_DEGREE = re.compile(r"\s(?:[-–—(]|in|of)\s*$")
_FIELD = re.compile(
    r"\b(?:science|sciences|engineering|mathemati\w+|physi\w+|"
    r"statistic\w*|informati\w+|computer|computing|biology|biologie|"
    r"chemi\w+|econom\w+|business|management|finance|law|recht\w*|psycholog\w+|design|arts?|history|"
    r"philosophy|linguistic\w*|"
    r"medicine|medizin|architecture|electronics|electrical|mechanical|artificial intelligence|"
    r"machine learning|data|software|"
    r"informatique|math[eé]matiques|wirtschafts\w*|elektrotechnik|maschinenbau|literature|sociolog\w+|"
    r"political|marketing|"
    r"communication\w*|robotics|neuroscience|bioinformatics|accounting|technology|technik|studies|"
    r"ingenier[ií]a|derecho|"
    r"matem[aá]ticas|f[ií]sica|econom[ií]a|administraci[oó]n|germanistik|anglistik|p[aä]dagogik|politik\w*|systems)\b",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"^(?:gpa|cgpa|grade|note|abschlussnote|average|minor|thesis|dissertation|advis[oe]r|supervisor|"
    r"courses?|coursework|relevant|"
    r"honou?rs?|awards?|activities|focus|schwerpunkt\w*|thema|titel|mention|promedio|"
    r"specializ\w+|specialis\w+|magna|summa|cum laude|"
    r"first class|dean|graduated|rank|score|percentage|societies|overall|distinction|scholarship|exchange|"
    r"betreuer|erasmus|"
    r"vertiefung|concentration|emphasis|\d[\d.,/]*\s*%?)\b",
    re.IGNORECASE,
)


def read_education(*, lines: Sequence[ResumeLine], text: str) -> list[Education]:
    """Return the courses of study of a section in order."""
    entries = split_entries(lines=lines)
    atoms = [
        [piece for atom in atoms_of(lines=entry.head, text=text) for piece in _around_degree(atom)] for entry in entries
    ]
    labelled = label_entries(entries=atoms, score=_scores, wanted=_WANTED)
    rows = [_row(entry, labels, text) for entry, labels in zip(entries, labelled, strict=True)]
    return _inherited([row for row in rows if row.institution is not None or row.degree is not None])


def is_degree(text: str) -> bool:
    """Whether a text is the name of a degree; short abbreviations count only as capitals."""
    if text.strip().casefold() in {"degree", "degree name"}:
        return True  # a template filled in only in part
    match = DEGREE.fullmatch(text.strip())
    return match is not None and (
        bool(re.match(r"\W*[^\W\d_]{5}|Dr\.", text)) or bool(SHORT_DEGREE.match(text.strip()))
    )


def _around_degree(atom: Atom) -> list[Atom]:
    """Cut an atom into what stands before the degree that it names, the degree, and the area after it."""
    match = next((m for m in DEGREE.finditer(atom.text) if is_degree(m.group())), None)
    if match is None or _DETAIL.match(atom.text) or place_score(text=atom.text) >= 2:
        return [atom]
    is_inside_name = match.start() > 0 and INSTITUTION.search(atom.text) and match.end() < len(atom.text)
    if is_inside_name and not _LEADS_TO_DEGREE.search(atom.text[: match.start()]):
        return [atom]  # "Graduate School of MS Studies" names a school
    pieces: list[Atom] = []
    before = _BEFORE_DEGREE.sub("", atom.text[: match.start()])
    if any(char.isalnum() for char in before):
        pieces.append(replace(atom, end=atom.start + len(before), text=before))
    joint = "colon" if pieces else atom.joint
    pieces.append(
        replace(atom, start=atom.start + match.start(), end=atom.start + match.end(), text=match.group(), joint=joint)
    )
    rest = atom.text[match.end() :]
    lead = _AREA_JOINT.match(rest)
    at = match.end() + (lead.end() if lead else len(rest) - len(rest.lstrip()))
    tail = atom.text[at:].strip(" )(,.")
    if any(char.isalnum() for char in tail):
        start = atom.start + atom.text.index(tail, at)
        pieces.append(
            replace(
                atom, start=start, end=start + len(tail), text=tail, joint="at" if lead else "bold", slot=atom.slot + 1
            )
        )
    return pieces


def _scores(atom: Atom) -> Mapping[str, float]:
    text = atom.text
    if _DETAIL.match(text) or len(text.split()) > 14:
        return {"institution": -3.0, "degree": -3.0, "area": -3.0, "place": -3.0}
    place = place_score(text=text)
    institution = 2.6 if INSTITUTION.search(text) else (0.9 if text.isupper() and 2 <= len(text) <= 6 else -0.2)
    degree = 3.0 if is_degree(text) else (0.4 if DEGREE.match(text) and len(text) > 8 else -2.0)
    area = 1.4 if _FIELD.search(text) else (0.1 if text[:1].isupper() and len(text.split()) <= 6 else -0.4)
    if institution < 0 and (_FIELD.search(text) or text[:1].islower()):
        institution -= 0.9
    if atom.joint == "at" and degree < 0:
        area += 1.2
        institution -= 0.8
    if degree > 2:
        institution -= 2.5 if not INSTITUTION.search(text) else 0.5
        area -= 2.0
    if institution > 2:
        area -= 1.2
    if place >= 2:
        institution, area = institution - 1.5, area - 1.5
    return {"institution": institution, "degree": degree, "area": area, "place": place - 1.0 if place else -2.0}


def _row(entry: Entry, labels: Mapping[str, tuple[Atom, ...]], text: str) -> Education:
    return Education(
        institution=found_in(atoms=labels.get("institution"), text=text),
        degree=found_in(atoms=labels.get("degree"), text=text),
        area=found_in(atoms=labels.get("area"), text=text),
        period=_as_study(entry.period),
        start=entry.start,
        end=entry.end,
    )


def _as_study(period: Period | None) -> Period | None:
    """Return a single date beside a course of study is when it ended, not a course of one day."""
    if period is None or period.since is None or period.since != period.until:
        return period
    return Period(start=period.start, end=period.end, until=period.until)


def _inherited(rows: Sequence[Education]) -> list[Education]:
    """Give a second degree without an institution the institution above it."""
    kept: list[Education] = []
    for row in rows:
        if row.institution is None and row.degree is not None and kept and kept[-1].institution is not None:
            row = Education(  # noqa: PLW2901 -- the same row, completed
                institution=kept[-1].institution,
                degree=row.degree,
                area=row.area,
                period=row.period,
                start=row.start,
                end=row.end,
            )
        kept.append(row)
    return kept
