"""How far a word such as "basic" or "strong" reaches forward."""

import re

REACH_BEFORE, REACH_AFTER = (
    400,
    200,
)  # characters of a sentence that can bear on a term; also bounds the work on bad input
_ITEM_WORDS_MAX = 4
_FIRST_ITEM_WORDS_MAX = 9
_ITEM_BREAK = re.compile(r"[,/]|\b(?:and|und|or|oder|et|ou|y|o)\b")


def reaches_over(between: str) -> bool:
    """Say whether the words between a cue and a term are one list: its first item longer, the others short."""
    first, *rest = _ITEM_BREAK.split(between)
    return len(first.split()) <= _FIRST_ITEM_WORDS_MAX and all(len(item.split()) <= _ITEM_WORDS_MAX for item in rest)
