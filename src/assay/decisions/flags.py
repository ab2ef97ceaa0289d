"""What does not fit together about one person, as questions with base rates. Nothing here rejects anybody."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec
import numpy as np
from scipy.special import ndtr

from assay.evidence.beliefs import OWN_WORDS, weighty
from assay.evidence.choices import DocumentState, SourceKind
from assay.evidence.ledger_selectors import LiveBelief
from assay.evidence.models import Document
from assay.people.models import Person
from assay.reading.model import PartialDate, Resume, SkillMention
from assay.science.belief import Belief, posterior, residuals
from assay.science.flags import (
    GapLevel,
    Span,
    UnsupportedClaim,
    benjamini_hochberg,
    claim_gap,
    early_uses,
    overlaps,
    unsupported_claims,
)

MOST_CLAIMS = 4
LEVELS = ("first steps", "basic", "solid", "strong", "expert")


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """One reason to ask. ``key`` stays the same while the reason does, so that a reply keeps its place."""

    key: str
    what: str
    question: str
    base_rate: str
    observations: tuple[str, ...] = ()


def flags_of(*, person: Person, live: LiveBelief) -> tuple[Flag, ...]:
    """Yield what to ask about a person, from the ledger and from the dates of their newest document."""
    return (*_of_ledger(live), *_of_document(person, live))


def _of_ledger(live: LiveBelief) -> list[Flag]:
    claimed = _claimed(live)
    shown = [row for row in live.rows if row.source_kind not in OWN_WORDS]
    if not shown:
        return []
    used = weighty(rows=shown, numbers=live.numbers)
    belief = posterior(
        prior=live.numbers.prior, observations=[one for _, one in used], parameters=live.numbers.parameters
    )
    found = []
    if claimed:
        found += _gap(belief, claimed, live)
        found += [_claim(one, live) for one in _unsupported(belief, claimed)]
    return found + _conflicts(belief, [row.ref for row, _ in used], [row.competency for row, _ in used], live)


def _claimed(live: LiveBelief) -> dict[int, int]:
    """Yield the strongest claim's level by place in the map."""
    place = {name: index for index, name in enumerate(live.numbers.ids)}
    levels: dict[int, int] = {}
    for row in live.rows:
        if row.source_kind == SourceKind.CLAIM and row.competency in place:
            index = place[row.competency]
            levels[index] = max(levels.get(index, 1), min(max(round(row.value), 1), 5))
    return levels


def _gap(belief: Belief, claimed: Mapping[int, int], live: LiveBelief) -> list[Flag]:
    gap = claim_gap(belief=belief, claimed_levels=claimed)
    if gap.level is GapLevel.NONE:
        return []
    rare = "about 1 in 100" if gap.level is GapLevel.RED else "about 1 in 25"
    return [
        Flag(
            key="claims",
            what="Taken together, the claims go further than what has been seen so far.",
            question="Which two pieces of work show best what you can do, and what was your own part in them?",
            base_rate=f"Among people whose claims are as usual, {rare} would be asked this too. "
            "About 1 in 5 of those who are asked did not claim too much.",
            observations=tuple(row.ref for row in live.rows if row.source_kind == SourceKind.CLAIM),
        )
    ]


def _unsupported(belief: Belief, claimed: Mapping[int, int]) -> list[UnsupportedClaim]:
    """Yield the single claims to ask about; only where something was seen of the competency itself."""
    found = unsupported_claims(belief=belief, claimed_levels=claimed)
    return [one for one in found if belief.evidence_counts[one.competency]][:MOST_CLAIMS]


def _claim(one: UnsupportedClaim, live: LiveBelief) -> Flag:
    entry = live.catalogue.competencies[one.competency]
    return Flag(
        key=f"claim:{entry.id}",
        what=f"The level claimed for {entry.name}, {LEVELS[one.claimed_level - 1]}, is not supported by what was seen.",
        question=f"Which piece of work in {entry.name} went furthest, and what happened with it?",
        base_rate="About 1 in 4 claims that are asked about in this way turn out to be right.",
        observations=tuple(row.ref for row in live.rows if row.competency == entry.id),
    )


def _conflicts(belief: Belief, refs: Sequence[str], names: Sequence[str], live: LiveBelief) -> list[Flag]:
    """Yield the observations that disagree with all others together, a tenth of them by chance at most."""
    if len(refs) < 3:
        return []
    z = residuals(belief=belief)
    p_values = 2.0 * ndtr(-np.abs(z))
    kept = benjamini_hochberg(p_values=p_values).is_kept
    found = []
    for index in np.flatnonzero(kept).tolist():
        name = live.catalogue.competency(names[index]).name
        way = "more" if z[index] > 0 else "less"
        found.append(
            Flag(
                key=f"conflict:{refs[index]}",
                what=f"One observation on {name} says clearly {way} than everything else together.",
                question=f"What was different about that occasion in {name}?",
                base_rate="About 1 in 10 such questions is asked by chance alone.",
                observations=(refs[index],),
            )
        )
    return found


def _of_document(person: Person, live: LiveBelief) -> list[Flag]:
    document = (
        Document.objects.filter(person=person, state=DocumentState.READ)
        .only("created_at", "resume", "skills")
        .order_by("-created_at", "-pk")
        .first()
    )
    if document is None:
        return []
    skills = msgspec.convert(document.skills or [], list[SkillMention])
    found = _early(skills, document.created_at.date(), live)
    if document.resume:
        found += _overlaps(msgspec.convert(document.resume, Resume), document.created_at.date())
    return found


def _early(skills: Sequence[SkillMention], as_of: date, live: LiveBelief) -> list[Flag]:
    years: dict[str, float] = {}
    for one in skills:
        if one.years_claimed is not None and one.years_claimed >= 0.0:
            years[one.term] = max(years.get(one.term, 0.0), one.years_claimed)
    public_on = {
        term.name: _first_day(term.released)
        for term in live.catalogue.vocabulary().terms
        if term.released is not None and term.name in years
    }
    return [
        Flag(
            key=f"early:{use.tool}",
            what=f"{_years(years[use.tool])} with {use.tool} are stated; its first public trace is of "
            f"{use.public_on:%B %Y}.",
            question=f"When did you first use {use.tool}, and where? Was it made where you worked?",
            base_rate="Usually a rounded number, or years with the tool before it counted in. Dates are to a month.",
        )
        for use in early_uses(years=years, as_of=as_of, public_on=public_on)
    ]


def _overlaps(resume: Resume, as_of: date) -> list[Flag]:
    named: list[tuple[str, Span]] = []
    for one in resume.employments:
        period = one.period
        if period is None or period.since is None or (period.until is None and not period.is_current):
            continue
        end = as_of if period.until is None else _last_day(period.until)
        start = _first_day(period.since)
        if start <= end:
            named.append((one.employer.value if one.employer else f"an entry of {start.year}", Span(start, end)))
    pairs = overlaps(spans=[span for _, span in named])
    return [
        Flag(
            key=f"overlap:{named[one.first][1].start}:{named[one.second][1].start}",
            what=f"{named[one.first][0]} and {named[one.second][0]} run at the same time for {_months(one.days)}.",
            question="Were these side by side, part time, or is a date not right?",
            base_rate="Common, and mostly harmless: part-time work, own companies, teaching, a date misread by us.",
        )
        for one in pairs
    ]


def _first_day(given: PartialDate) -> date:
    return date(given.year, given.month or 1, 1)


def _last_day(given: PartialDate) -> date:
    """Yield a day of the last month, not its end: months are rounded in résumés."""
    return date(given.year, given.month or 12, 1)


def _years(years: float) -> str:
    return "1 year" if years == 1 else f"{years:g} years"


def _months(days: int) -> str:
    return f"{max(round(days / 30.4), 3)} months"
