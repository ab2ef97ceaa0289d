"""Words of a requirement that name knowledge which the map does not have: shown, and proposed to administrators."""

import re
from collections.abc import Sequence

from assay.reading.jobads.sections import Part, Passage
from assay.reading.jobads.strength import is_denied, strength_of
from assay.reading.jobads.tagger import Tagger
from assay.reading.jobads.terms import default_strength
from assay.reading.model import Requirement, RequirementKind
from assay.reading.vocabulary import Hit

_WORD = re.compile(r"[()\[\]]|[^\s,;()\[\]]+?(?=[.!?]?(?:[\s,;()\[\]]|$))|[.!?]")
_ASKED_IN = frozenset({Part.REQUIRED, Part.PREFERRED, Part.NICE_TO_HAVE, Part.STACK, Part.INTRO})
_WORDS_MAX = 6


def read_unmapped(
    *, passage: Passage, before: str, sentence: str, hits: Sequence[Hit], taken: Sequence[Requirement], tagger: Tagger
) -> list[Requirement]:
    """Yield the knowledge words of the passage that no other requirement of it covers.

    ``before`` is the passage above, which tells the tagger whether it reads a list.
    """
    usual = default_strength(passage=passage, sentence=sentence)
    if usual is None or passage.part not in _ASKED_IN:
        return []
    offset = passage.quote.start
    words = list(_WORD.finditer(sentence))
    known = [any(hit.start - offset < word.end() and word.start() < hit.end - offset for hit in hits) for word in words]
    spans = tagger.spans(
        words=[word.group() for word in words],
        before=[word.group() for word in _WORD.finditer(before)],
        is_known=known,
    )
    found = []
    for first, stop in spans:
        start, end = words[first].start(), words[stop - 1].end()
        is_taken = any(known[first:stop]) or any(one.start - offset < end and start < one.end - offset for one in taken)
        if is_taken or stop - first > _WORDS_MAX or is_denied(before=sentence[:start], after=sentence[end:]):
            continue
        found.append(
            Requirement(
                kind=RequirementKind.OTHER,
                strength=strength_of(sentence=sentence, start=start, end=end) or usual,
                start=offset + start,
                end=offset + end,
                quote_start=passage.quote.start,
                quote_end=passage.quote.end,
                value=sentence[start:end],
            )
        )
    return found
