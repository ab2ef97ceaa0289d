"""From a résumé's words to mentions of competencies, each with its quote."""

from datetime import date

from assay.reading.model import Depth, Document, PartialDate, Resume, SkillMention
from assay.reading.sentences import Quote, Sentences
from assay.reading.skills.depth import Reading, depth_of
from assay.reading.skills.where import Barred, Place, place_of
from assay.reading.vocabulary import Hit, Vocabulary

_CUE_REACH = 240  # characters on either side of a term
_MENTIONS_MAX = 1000  # what follows in a text that names more adds nothing to what is known of a person


def read_skills(*, document: Document, resume: Resume, vocabulary: Vocabulary, today: date) -> tuple[SkillMention, ...]:
    """Yield every mention of a competency in order of its place.

    Hidden text, stuffed keywords and instructions to machines do not count, nor do words within addresses, personal
    names, employers, schools, places and section headings. ``months`` and ``last_used`` are as of ``today``; a
    denied skill ("no experience with Kubernetes") is kept as ``Depth.NEGATED``.
    """
    barred = Barred(document=document, resume=resume)
    sentences = Sentences(document.text)
    mentions = []
    for hit in vocabulary.hits(text=document.text):
        if barred.holds(start=hit.start, end=hit.end):
            continue
        quote = sentences.around(start=hit.start, end=hit.end)
        # A cue reaches no further, and a "sentence" of a whole file must not be searched again for each of its words.
        first, last = max(quote.start, hit.start - _CUE_REACH), min(quote.end, hit.end + _CUE_REACH)
        reading = depth_of(before=document.text[first : hit.start], after=document.text[hit.end : max(hit.end, last)])
        place = place_of(resume=resume, start=hit.start, today=today)
        mentions.append(_mention(hit, quote, reading, place))
        if len(mentions) == _MENTIONS_MAX:
            break
    return tuple(mentions)


def _mention(hit: Hit, quote: Quote, reading: Reading, place: Place) -> SkillMention:
    is_used = reading.depth is not Depth.NEGATED
    last_used: PartialDate | None = place.last_used if is_used else None
    return SkillMention(
        competency=hit.term.competency,
        term=hit.term.name,
        start=hit.start,
        end=hit.end,
        quote_start=quote.start,
        quote_end=quote.end,
        context=place.context,
        depth=reading.depth,
        employment=place.employment,
        months=place.months if is_used else None,
        last_used=last_used,
        years_claimed=reading.years,
    )
