"""Whether words name a place: by countries, states, large cities and the way places are written."""

import re
from functools import lru_cache

from assay.reading.headings import folded
from assay.reading.place_names import CITIES, COUNTRIES, STATE_CODES, STATES

_SHAPE = re.compile(r"^(?:[A-Z]{0,2}-?\d{4,6}\s+)?[A-ZÀ-ÞŠŽĐŁ][\w.’'\- ()]*$")
_REMOTE_TAIL = re.compile(r"\s*\((?:remote|hybrid|on-?site)\)$|\s*[-–,/]\s*(?:remote|hybrid)$", re.IGNORECASE)
_REMOTE = re.compile(
    r"^\(?(?:fully |100% )?(?:remote|home\s?office|télétravail|remoto|teletrabajo|worldwide|hybrid)\b.{0,12}$",
    re.IGNORECASE,
)


def country_of(*, text: str) -> str:
    """Return the ISO 3166 code of the last country that a place names; empty where it names none."""
    for part in reversed(re.split(r"[,/()–|-]|\s{2,}", text)):
        code = COUNTRIES.get(folded(part))
        if code and code != "GE":
            return code
        if part.strip() in STATE_CODES:
            return "US"
    return ""


@lru_cache(maxsize=4096)
def place_score(*, text: str) -> float:
    """Return how surely a text is nothing but a place: 0 (no sign of it) to 3 (certain)."""
    text = _REMOTE_TAIL.sub("", text.strip(" ,;.()"))
    if _REMOTE.match(text):
        return 3.0
    if not text or len(text) > 60 or len(text.split()) > 7:
        return 0.0
    parts = [part.strip() for part in re.split(r",|\s[-–/]\s", text) if part.strip()]
    if not parts or not all(_SHAPE.match(part) for part in parts):
        return 0.0
    known = [_part_score(part, is_last=i == len(parts) - 1 > 0) for i, part in enumerate(parts)]
    if len(parts) == 1:
        return known[0]
    if known[-1] >= 2:
        return 3.0 if len(parts) <= 3 else 1.5
    return max(2.2, known[0]) if known[0] >= 2 and len(parts) <= 3 else 0.3 * max(known)


def _part_score(part: str, *, is_last: bool) -> float:
    plain = folded(re.sub(r"^[A-Z]{0,2}-?\d{4,6}\s+", "", part))
    if plain in CITIES:
        return 2.5
    if plain in COUNTRIES and (len(plain) > 3 or part.isupper() or "." in part):
        return 2.5
    without_code = re.sub(r"\s+\d{5}(?:-\d{4})?$", "", part)
    if is_last and without_code in STATE_CODES:
        return 2.5
    return 2.3 if folded(without_code) in STATES else 0.0
