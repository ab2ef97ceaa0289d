"""From a job ad's words to its requirements."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from assay.reading.jobads.conditions import read_conditions
from assay.reading.jobads.facts import read_employer, read_places, read_remote, read_title
from assay.reading.jobads.pay import read_pay
from assay.reading.jobads.sections import Part, Passage, passages_of
from assay.reading.jobads.tagger import Tagger
from assay.reading.jobads.terms import read_terms, read_years
from assay.reading.jobads.unmapped import read_unmapped
from assay.reading.model import Document, Found, JobAd, Requirement, RequirementKind, Strength
from assay.reading.resume.language import language_of
from assay.reading.vocabulary import Hit, Vocabulary

_ORDER = (Strength.NICE_TO_HAVE, Strength.PREFERRED, Strength.REQUIRED)
_HITS_MAX = 300  # terms of one sentence; more is no sentence that a person wrote
_OUTCOME_WORDS_MIN = 3


def read_job_ad(*, document: Document, vocabulary: Vocabulary, tagger: Tagger | None = None) -> JobAd:
    """Yield the ad as requirements, each with its words.

    A term that the ad names several times is one requirement, at its firmest. With a ``tagger`` the ad's knowledge
    words that the vocabulary lacks follow as ``RequirementKind.OTHER``. Praise of the company, benefits and notices on
    equal opportunity ask for nothing.
    """
    passages = passages_of(document=document)
    title = read_title(document=document)
    employer = read_employer(document=document, title=title)
    return JobAd(
        title=title,
        employer=employer,
        places=read_places(document=document),
        remote=read_remote(document=document),
        pay=read_pay(text=document.text),
        outcomes=_outcomes(document.text, passages),
        requirements=_requirements(document.text, passages, vocabulary, tagger, _names(title, employer)),
        language=language_of(text=document.text),
    )


def _names(title: Found | None, employer: Found | None) -> list[Found]:
    return [found for found in (title, employer) if found is not None]


def _outcomes(text: str, passages: Sequence[Passage]) -> tuple[Found, ...]:
    return tuple(
        Found(value=" ".join(text[quote.start : quote.end].split()), start=quote.start, end=quote.end)
        for quote, part, _ in passages
        if part is Part.OUTCOMES and len(text[quote.start : quote.end].split()) >= _OUTCOME_WORDS_MIN
    )


def _requirements(
    text: str, passages: Sequence[Passage], vocabulary: Vocabulary, tagger: Tagger | None, names: Sequence[Found]
) -> tuple[Requirement, ...]:
    hits = [hit for hit in vocabulary.hits(text=text) if not _is_within(hit, names)]
    starts = [hit.start for hit in hits]
    found: list[Requirement] = []
    before = ""
    for passage in passages:
        sentence = text[passage.quote.start : passage.quote.end]
        first = bisect_left(starts, passage.quote.start)
        inside = [hit for hit in hits[first : first + _HITS_MAX] if hit.end <= passage.quote.end]
        asked = read_conditions(passage=passage, sentence=sentence)
        asked += read_terms(passage=passage, sentence=sentence, hits=_beside_portfolios(inside, asked))
        asked += read_years(passage=passage, sentence=sentence, hits=inside)
        if tagger is not None:
            asked += read_unmapped(
                passage=passage, before=before, sentence=sentence, hits=inside, taken=asked, tagger=tagger
            )
        found += asked
        before = sentence
    return _firmest(found)


def _beside_portfolios(hits: Sequence[Hit], conditions: Sequence[Requirement]) -> list[Hit]:
    """Leave out the words of a demand for work to show: "a link to your GitHub" asks for no skill in GitHub."""
    shown = [one for one in conditions if one.kind is RequirementKind.PORTFOLIO]
    return [hit for hit in hits if not any(one.start < hit.end and hit.start < one.end for one in shown)]


def _is_within(hit: Hit, names: Iterable[Found]) -> bool:
    return any(name.start <= hit.start and hit.end <= name.end for name in names)


def _firmest(requirements: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Keep one requirement for each thing asked: the firmest, of equals the first; then in order of the text."""
    kept: dict[tuple[object, ...], Requirement] = {}
    for one in requirements:
        key = (one.kind, one.competency, one.term, one.value.casefold(), one.years)
        known = kept.get(key)
        if known is None or _ORDER.index(one.strength) > _ORDER.index(known.strength):
            kept[key] = one
    return tuple(sorted(kept.values(), key=lambda one: (one.start, one.end, one.kind)))
