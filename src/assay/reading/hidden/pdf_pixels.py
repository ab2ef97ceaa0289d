"""What pictures of a page tell of a word: its ground, its ink, and how much of the ink can be seen."""

from collections.abc import Mapping
from statistics import median

import numpy as np
from numpy.typing import NDArray

from assay.reading.hidden.pdf_objects import Rgb

MIN_COLOUR_STEP = 26
"""Fill and ground nearer than this in every channel are one colour to a reader (contrast ratio under 1.26 on white)."""
READABLE_SHARE = 0.55
"""Share of a word's own ink that must differ from what lies under it. White words over black ones show 0.25 to 0.6 of
theirs, words that half leave their ground 0.6 and more."""
DROWNING_RUN_SHARE = 0.65
"""A run of at least `MIN_RUN_WORDS` words whose median shows less than this drowns as a whole: chance moves the share
of one word about, and hardly that of a sentence."""
MIN_RUN_WORDS = 3
WELL_READABLE_SHARE = 0.8
"""What a word of such a run must show to be read all the same."""
LOUD = (255, 0, 255)
"""A colour for ink that hardly a page has."""
LOUD_STEP = 60

Signed = NDArray[np.int16]


def contrast_of(*, pixels: Signed) -> int:
    """Yield the widest range of a channel, 0 to 255."""
    if pixels.size == 0:
        return 0
    return int((pixels.max(axis=(0, 1)) - pixels.min(axis=(0, 1))).max())


def share_of_colour(*, pixels: Signed, colour: Rgb) -> float:
    """Yield the share of pixels that a reader cannot tell from ``colour``; pictures are stored blue first."""
    target = np.array([colour.blue, colour.green, colour.red], dtype=np.int16)
    return float((np.abs(pixels - target).max(axis=2) < MIN_COLOUR_STEP).mean())


def share_of_ink_shown(*, above: Signed, below: Signed, loud: Signed) -> float:
    """Yield the share of a word's ink that differs from what lies under it; 0 where it has none.

    The three are the word's part of the page as it is, without the word, and with the word in a loud colour.
    """
    ink = np.abs(loud - below).max(axis=2) >= LOUD_STEP
    shown = np.abs(above - below).max(axis=2) >= MIN_COLOUR_STEP
    return int(np.count_nonzero(ink & shown)) / max(1, int(np.count_nonzero(ink)))


def drowned(*, shares: Mapping[int, float], run_of: Mapping[int, int]) -> set[int]:
    """Yield the words of which too little ink shows for their letters to be read, as of white words over black ones.

    ``shares`` is by word, ``run_of`` names the run that a word was painted with.
    """
    by_run: dict[int, list[float]] = {}
    for word, share in shares.items():
        by_run.setdefault(run_of[word], []).append(share)
    drowning = {
        run for run, found in by_run.items() if len(found) >= MIN_RUN_WORDS and median(found) < DROWNING_RUN_SHARE
    }
    return {
        word
        for word, share in shares.items()
        if share < (WELL_READABLE_SHARE if run_of[word] in drowning else READABLE_SHARE)
    }
