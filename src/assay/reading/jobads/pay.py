"""The pay range that a job ad states: "$150,000–200,000", "70.000 bis 90.000 € im Jahr", "45-55 k€", "CHF 120'000"."""

import re
from itertools import islice

from assay.reading.model import Pay

_CURRENCIES = {
    "$": "USD",
    "us$": "USD",
    "usd": "USD",
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "chf": "CHF",
    "fr.": "CHF",
    "c$": "CAD",
    "ca$": "CAD",
    "cad": "CAD",
    "a$": "AUD",
    "aud": "AUD",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "pln": "PLN",
    "zł": "PLN",
    "¥": "JPY",
    "jpy": "JPY",
    "₹": "INR",
    "inr": "INR",
    "mxn": "MXN",
    "sgd": "SGD",
}
_SIGN = r"(?:" + "|".join(re.escape(sign) for sign in sorted(_CURRENCIES, key=len, reverse=True)) + r")"
_NUMBER = r"\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d{2})?|\d+(?:[.,]\d{1,2})?"


def _amount(index: int) -> str:
    """Yield the pattern of the first or the second amount of a range."""
    return (
        rf"(?P<pre{index}>{_SIGN})?\s?(?P<n{index}>{_NUMBER})\s?(?P<k{index}>[kK](?![a-z]))?"
        rf"\s?(?P<post{index}>{_SIGN}(?![a-z]))?(?: (?:brutto|gross|brut))?"
    )


_RANGE = re.compile(
    rf"(?<![\w.,]){_amount(1)}(?:\s*(?:-|–|—|to|bis|und|and|à|a|et|y|/)\s*{_amount(2)})?(?![\w%])", re.IGNORECASE
)
_PERIODS = (
    (
        "hour",
        r"(?:/|\b(?:per|an|a|pro|par|por|je|de l'|la)\s?)\s?(?:hour|hr|h|stunde|heure|hora)\b|\bhourly|stundenlohn",
    ),
    ("day", r"(?:/|\b(?:per|a|pro|par|por|je)\s?)\s?(?:day|tag|jour|día)\b|\bdaily rate|tagessatz|\bTJM\b"),
    (
        "month",
        r"(?:/|\b(?:per|a|pro|par|por|je|im|al)\s?)\s?(?:month|monat|mois|mes)\b|\bmonthly|monatlich|mensuel|mensual",
    ),
    (
        "year",
        (
            r"(?:/|\b(?:per|a|pro|par|por|je|im|al)\s?)\s?(?:year|yr|annum|jahr|an|année|año|pa)\b|\bp\.\s?a\.|\bannual"
            r"|jährlich|jahresgehalt"
            r"|annuel|anual"
        ),
    ),
)
_PERIOD_WORDS = tuple((period, re.compile(words, re.IGNORECASE)) for period, words in _PERIODS)
_PAY_WORDS = re.compile(
    r"\b(?:salar\w*|compensation|pay(?!ment|roll)\w*|remuneration|wage|base|OTE|gehalt\w*|jahresgehalt\w*"
    r"|vergütung\w*|rémunération"
    r"|salaire|fourchette|salario|retribución|sueldo|banda salarial|package)\b",
    re.IGNORECASE,
)
_OTHER_MONEY = re.compile(
    r"\b(?:budget|bonus|funding|raised|revenue|ARR|series [A-F]|allowance|stipend|fund|valuation|invest\w*|umsatz"
    r"|prime|referral"
    r"|zuschuss|weiterbildung\w*|learning|sign-on|customers?|users?|equipment|turnover|under management"
    r"|transactions?)\b",
    re.IGNORECASE,
)
_MONTH_MIN, _YEAR_MIN = 900.0, 10_000.0  # below: by the hour; between: by the month; above: by the year
_SPAN_BEFORE, _SPAN_AFTER = 60, 40
_AMOUNTS_MAX = 300  # sums of money looked at; an ad that names more is a price list or an attack


def read_pay(*, text: str) -> Pay | None:
    """Yield the first sum that is pay by its words or its period; money for training, funding or bonuses is not."""
    sums = ((match, sign) for match in _RANGE.finditer(text) if (sign := _sign(match)))
    for match, sign in islice(sums, _AMOUNTS_MAX):
        pay = _pay(match, _CURRENCIES[sign.lower()])
        line_start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _SPAN_BEFORE)
        before = text[line_start : match.start()]
        after = text[match.end() : match.end() + _SPAN_AFTER].split("\n", maxsplit=1)[0]
        if _is_pay(pay, before, after, text[max(0, line_start - 2 * _SPAN_BEFORE) : line_start]):
            return pay
    return None


def _sign(match: re.Match[str]) -> str | None:
    return next((match[name] for name in ("pre1", "post1", "pre2", "post2") if match[name]), None)


def _is_pay(pay: Pay, before: str, after: str, above: str) -> bool:
    heading = above.rstrip("\n").rpartition("\n")[2]
    has_words = any(
        _PAY_WORDS.search(words) for words in (before, after, heading if len(heading) < _SPAN_BEFORE else "")
    )
    near = before[-30:] + " " + after[:25]
    if re.match(r"\s?(?:m|mio|mn|bn|million|milliard|billion|millones)\b", after, re.IGNORECASE):
        return False
    if _OTHER_MONEY.search(near) and not _PAY_WORDS.search(near):
        return False
    is_range = pay.low is not None and pay.high is not None and pay.low < pay.high
    return has_words or _stated_period(after) is not None or (is_range and (pay.high or 0) >= _YEAR_MIN)


def _pay(match: re.Match[str], currency: str) -> Pay:
    first = _value(match["n1"], is_thousands=bool(match["k1"] or (match["n2"] and match["k2"])))
    second = _value(match["n2"], is_thousands=bool(match["k2"])) if match["n2"] else None
    low, high = _ends(match, first, second)
    text = match.string
    after = text[match.end() : match.end() + _SPAN_AFTER].split("\n", maxsplit=1)[0]
    before = text[max(0, match.start() - _SPAN_BEFORE) : match.start()].rpartition("\n")[2]
    period = _stated_period(after) or _stated_period(before) or _usual_period(max(first, second or 0.0))
    words = match.group()
    start = match.start() + len(words) - len(words.lstrip())
    return Pay(
        low=low, high=high, currency=currency, period=period, start=start, end=match.start() + len(words.rstrip())
    )


def _ends(match: re.Match[str], first: float, second: float | None) -> tuple[float | None, float | None]:
    if second is not None:
        return min(first, second), max(first, second)
    before = match.string[max(0, match.start() - 20) : match.start()]
    if re.search(r"(?:up to|bis zu|jusqu['’]à|hasta|max\.?)\s*$", before, re.IGNORECASE):
        return None, first
    if re.search(r"(?:from|ab|starting at|at least|mindestens|à partir de|desde|min\.?)\s*$", before, re.IGNORECASE):
        return first, None
    return first, first


def _value(words: str, *, is_thousands: bool) -> float:
    """Yield the number; a point or comma before exactly three digits parts thousands."""
    plain = re.sub(r"[.,'’\u00a0\u202f ](?=\d{3}(?!\d))", "", words).replace(",", ".")
    return float(plain) * (1000 if is_thousands else 1)


def _stated_period(words: str) -> str | None:
    found = [(match.start(), period) for period, pattern in _PERIOD_WORDS if (match := pattern.search(words))]
    return min(found)[1] if found else None


def _usual_period(amount: float) -> str:
    if amount >= _YEAR_MIN:
        return "year"
    return "month" if amount >= _MONTH_MIN else "hour"
