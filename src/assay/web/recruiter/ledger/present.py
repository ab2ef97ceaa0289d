"""Beliefs and observations in words and pictures."""

import math
from typing import NamedTuple

import msgspec
from django.utils.safestring import SafeString, mark_safe

from assay.evidence.choices import SourceKind
from assay.evidence.ledger_selectors import LiveBelief
from assay.evidence.models import Document, Observation
from assay.evidence.redaction import masked, redactions_of
from assay.reading.model import Document as Reading
from assay.reading.model import Hidden, Resume
from assay.science.belief import chance_at_least, level_of
from assay.web.dotplot import dot_plot
from assay.web.shortlist_rows import level_word

AROUND = 320
"""Characters shown before and after the words of an observation."""
STRONG_EFFECT, SOME_EFFECT = 0.15, 0.03
"""In sd of the pool: from here on an observation moves the belief a good deal, or a little."""


class BeliefLine(NamedTuple):
    """One competency of a person."""

    competency: str
    name: str
    level: str
    words: str
    dots: SafeString
    observations: int


class FamilyLines(NamedTuple):
    """A family's competencies: what something is known of, and the names of the rest."""

    name: str
    lines: list[BeliefLine]
    unmeasured: list[str]


class ObservationLine(NamedTuple):
    """One observation on a competency."""

    ref: str
    source: str
    says: str
    quote: str
    file: str
    when: str
    effect: str
    is_retracted: bool
    why_retracted: str


class Passage(NamedTuple):
    """The words of an observation in the document: before, the words themselves, after."""

    before: str
    words: str
    after: str


def families_of(live: LiveBelief) -> list[FamilyLines]:
    """Yield the families in the order of the map."""
    counts = live.belief.evidence_counts
    found = []
    for family in live.catalogue.families:
        lines, unmeasured = [], []
        for place, one in enumerate(live.catalogue.competencies):
            if one.family != family.id:
                continue
            if counts[place]:
                lines.append(belief_line(live=live, place=place))
            else:
                unmeasured.append(one.name)
        found.append(FamilyLines(family.name, lines, unmeasured))
    return found


def belief_line(*, live: LiveBelief, place: int) -> BeliefLine:
    """Yield one competency's belief in words and dots; hatched where nothing looks at it."""
    one = live.catalogue.competencies[place]
    count = int(live.belief.evidence_counts[place])
    mean = float(live.belief.mean[place])
    sd = math.sqrt(float(live.belief.covariance[place, place]))
    level = level_of(ability=mean)
    chance = min(max(round(chance_at_least(belief=live.belief, competency=place, level=3) * 20), 1), 19)
    words = f"about {chance} in 20 that {level_word(3)} or higher" if count else "not measured"
    svg = dot_plot(mean=mean, sd=sd, bar=None, label=f"{one.name}: {words}", is_measured=count > 0)
    return BeliefLine(
        competency=one.id,
        name=one.name,
        level=level_word(level) if count else "not measured",
        words=words,
        dots=mark_safe(svg),  # noqa: S308 -- built from numbers and an escaped label
        observations=count,
    )


def observation_line(*, row: Observation, effect: float | None, is_blind: bool) -> ObservationLine:
    """Yield one observation in words."""
    is_retracted = hasattr(row, "retraction")
    return ObservationLine(
        ref=row.ref,
        source=SourceKind(row.source_kind).label,
        says=says(row),
        quote=" ".join(quote_of(row=row, is_blind=is_blind).split()),
        file="" if is_blind or row.document is None else row.document.file_name,
        when=f"last used {row.observed_date:%B %Y}" if row.observed_date else "",
        effect=effect_words(effect),
        is_retracted=is_retracted,
        why_retracted=row.retraction.reason if is_retracted else "",
    )


def says(row: Observation) -> str:
    """Yield what an observation says, in words."""
    if row.source_kind == SourceKind.YEARS:
        return f"claims {row.value:g} years"
    if row.source_kind == SourceKind.CLAIM:
        words = {
            "strong": "claims depth",
            "used": "says it was used",
            "named": "names it",
            "implied": "implied by what they name",
            "basic": "says basics only",
            "negated": "says no experience",
        }
        return words.get(row.facts.get("stance", ""), "claims it")
    if row.source_kind in {SourceKind.EXERCISE, SourceKind.WORK_SAMPLE} and "share" in row.facts:
        level = level_word(int(row.facts.get("level", 3)))
        return f"{_share_words(row.facts['share'])} “{row.facts.get('task', '')}”, made for the level {level}"
    if row.source_kind == SourceKind.TEST_ITEM and "title" in row.facts:
        answered = "answered right" if row.value else "did not answer right"
        return f"{answered} “{row.facts['title']}”, made for the level {level_word(int(row.facts['level']))}"
    return _says_a_person(row) or SourceKind(row.source_kind).label.lower()


def _says_a_person(row: Observation) -> str:
    """Yield what somebody who looked at work or listened says; empty for other sources."""
    if row.source_kind == SourceKind.PORTFOLIO and "basis" in row.facts:
        return f"“{row.facts['work']}”: {row.facts['basis']}"
    if "anchor" not in row.facts:
        return ""
    is_heard = row.source_kind == SourceKind.INTERVIEW
    where = f"“{row.facts['interview']}” heard" if is_heard else f"“{row.facts['task']}”, read by a person"
    return f"{where}: {row.facts['anchor']}"


def _share_words(share: float) -> str:
    """Yield how much of a task was solved, in words."""
    steps = ((1.0, "solved all of"), (0.6, "solved most of"), (0.25, "solved part of"))
    return next((words for least, words in steps if share >= least), "solved little of")


def effect_words(effect: float | None) -> str:
    """Yield by how much an observation moves the belief, in words; never a number on a person."""
    if effect is None:
        return "does not count"
    size = abs(effect)
    if size < SOME_EFFECT:
        return "hardly moves it"
    way = "raises" if effect > 0 else "lowers"
    return f"{way} it {'clearly' if size >= STRONG_EFFECT else 'a little'}"


def quote_of(*, row: Observation, is_blind: bool) -> str:
    """Yield the words of an observation; empty where it comes from no document."""
    if row.document is None or row.start is None or row.end is None:
        return ""
    return shown_text(document=row.document, is_blind=is_blind)[row.start : row.end]


def passage_of(*, row: Observation, is_blind: bool) -> Passage | None:
    """Yield the words of an observation amid their document; None where it comes from no document."""
    if row.document is None or row.start is None or row.end is None:
        return None
    text = shown_text(document=row.document, is_blind=is_blind)
    low, high = max(row.start - AROUND, 0), row.end + AROUND
    return Passage(text[low : row.start], text[row.start : row.end], text[row.end : high])


def shown_text(*, document: Document, is_blind: bool) -> str:
    """Yield a document's text, masked in the same places and length where the member works blind."""
    if not is_blind or document.resume is None:
        return document.text
    hidden = msgspec.convert((document.reading or {}).get("hidden", []), tuple[Hidden, ...])
    reading = Reading(media_type="", text=document.text, hidden=hidden)
    found = redactions_of(document=reading, resume=msgspec.convert(document.resume, Resume))
    return masked(text=document.text, redactions=found)
