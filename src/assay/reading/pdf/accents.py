"""Letters whose accent is a glyph of its own, as older TeX fonts draw them, put together again."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from assay.reading.pdf.placed import PlacedWord

_CharBox = Callable[[int], tuple[float, float, float, float]]

_ACCENTS = {
    "´": "\u0301", "ˊ": "\u0301", "`": "\u0300", "ˋ": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303",
    "¸": "\u0327", "ˇ": "\u030c", "˚": "\u030a", "˘": "\u0306", "¯": "\u0304", "˝": "\u030b", "˙": "\u0307",
    "˛": "\u0328",
}  # fmt: skip
_ACCENT = re.compile(f"[{''.join(_ACCENTS)}\u0300-\u036f]")
_BASE_OF = {"ı": "i", "ȷ": "j"}


def compose_accents(*, words: Sequence[PlacedWord], char_box: _CharBox) -> list[PlacedWord]:
    """Words with each accent set on the letter that it is drawn over, whichever of the two came first."""
    joined: list[PlacedWord] = []
    for word in words:
        previous = joined[-1] if joined else None
        if previous is not None and _is_cut_by_accent(previous, word):
            joined[-1] = _join(previous, word)
        else:
            joined.append(word)
    for word in joined:
        if _ACCENT.search(word.text):
            word.text = _composed(word, char_box)
    return joined


def _is_cut_by_accent(left: PlacedWord, right: PlacedWord) -> bool:
    """Whether the pen's jump to an accent was taken for a space inside a word."""
    if not left.text or not right.text or abs(left.baseline - right.baseline) > 0.5 * left.size:
        return False
    if not (_ACCENT.match(left.text[-1]) or _ACCENT.match(right.text[0])):
        return False
    if left.ends_in_break or not _is_contiguous(left) or not _is_contiguous(right):
        return False
    return -left.size < right.x0 - left.x1 < 0.15 * left.size


def _is_contiguous(word: PlacedWord) -> bool:
    return word.last_char - word.first_char == len(word.text) - 1


def _join(left: PlacedWord, right: PlacedWord) -> PlacedWord:
    # A blank for each generated space keeps text positions in step with character indexes.
    skipped = " " * (right.first_char - left.last_char - 1)
    left.text = left.text + skipped + right.text
    left.x0, left.x1 = min(left.x0, right.x0), max(left.x1, right.x1)
    left.last_char, left.ends_in_break = right.last_char, right.ends_in_break
    return left


def _composed(word: PlacedWord, char_box: _CharBox) -> str:
    if not _is_contiguous(word):
        return unicodedata.normalize("NFC", word.text.replace(" ", ""))
    boxes = [char_box(word.first_char + i) for i in range(len(word.text))]
    letters = {i: char for i, char in enumerate(word.text) if char != " "}
    for i, char in enumerate(word.text):
        mark = _ACCENTS.get(char, char if _ACCENT.match(char) else "")
        base = _letter_under(i, word.text, boxes) if mark else None
        if base is None:
            continue
        letter = unicodedata.normalize("NFC", _BASE_OF.get(letters[base], letters[base]) + mark)
        if len(letter) == 1:
            letters[base] = letter
            del letters[i]
    return unicodedata.normalize("NFC", "".join(letters[i] for i in sorted(letters)))


def _letter_under(index: int, text: str, boxes: list[tuple[float, float, float, float]]) -> int | None:
    """Index of the neighbouring letter whose width holds the accent's centre; None if it stands beside letters."""
    centre = (boxes[index][0] + boxes[index][2]) / 2
    for near in (index - 1, index + 1, index - 2, index + 2):
        if 0 <= near < len(text) and text[near].isalpha() and not _ACCENT.match(text[near]):
            margin = 0.1 * (boxes[near][2] - boxes[near][0])
            if boxes[near][0] - margin <= centre <= boxes[near][2] + margin:
                return near
    return None
