"""Dates and stretches of time as people write them in English, German, French and Spanish."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from assay.reading.model import PartialDate, Period

_MONTHS = (
    "january januar jänner janvier enero jan jan. janv. janv ene. ene gennaio",
    "february februar février fevrier febrero feb feb. febr febr. févr. févr fev. fév.",
    "march märz maerz mars marzo mar mar. mär. mär mrz mrz.",
    "april avril abril apr apr. avr. avr abr. abr",
    "may mai mayo",
    "june juni juin junio jun jun. juin.",
    "july juli juillet julio jul jul. juil. juil",
    "august août aout agosto aug aug. ago ago.",
    "september septembre septiembre setiembre sep sep. sept sept.",
    "october oktober octobre octubre oct oct. okt okt.",
    "november novembre noviembre nov nov.",
    "december dezember décembre decembre diciembre dec dec. dez dez. déc. déc dic. dic",
)
_SEASONS = {
    3: "spring frühling frühjahr printemps primavera",
    4: "sose ss sommersemester",
    6: "summer sommer été verano",
    9: "fall autumn herbst automne otoño",
    10: "wise ws wintersemester",
    12: "winter hiver invierno",
}
_SEASON_LENGTH = {3: 3, 4: 6, 6: 3, 9: 3, 10: 6, 12: 3}
_CURRENT = (
    "present|now|today|current|currently|ongoing|in progress|to date|till date|date|heute|jetzt|aktuell|laufend|dato|"
    "andauernd|gegenwart|aujourd['’]hui|présent|present|actuel|actuellement|en cours|ce jour|maintenant|"
    "actualidad|la actualidad|actual|presente|hoy|la fecha|en curso|actualmente"
)
_SINCE = "since|seit|depuis|dès|desde|from|ab|starting|as of|à partir de|a partir de|seit dem"
_UNTIL = "until|till|bis|jusqu['’](?:en|à|au)|hasta|expected|graduating|voraussichtlich|exp\\.|anticipated"


def _name_table(groups: dict[int, str]) -> dict[str, int]:
    return {name.casefold(): number for number, names in groups.items() for name in names.split()}


_MONTH_OF = _name_table(dict(enumerate(_MONTHS, start=1)))
_SEASON_OF = _name_table(_SEASONS)


def _alternatives(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_MONTH = rf"(?:{_alternatives(_MONTH_OF)})"
_LEFT, _RIGHT = r"(?<![\w$€£+@#])", r"(?!\w|[.,]\d|%)"
_TOKEN = re.compile(
    rf"""{_LEFT}(?:
      (?P<iso>(?P<iso_y>{_YEAR})[-/.](?P<iso_m>0[1-9]|1[0-2])(?:[-/.][0-3]\d)?(?![\d/]))
    | (?P<years>(?P<years_a>{_YEAR})\s?(?:/|[-–—‐])\s?['’]?(?P<years_b>\d\d))(?![\d/.])
    | (?P<dmy>[0-3]?\d(?P<dmy_s>[./-])(?P<dmy_m>[01]?\d)(?P=dmy_s)(?P<dmy_y>{_YEAR}))
    | (?P<my>(?P<my_m>0?[1-9]|1[0-2])\s?[/.\-]\s?(?P<my_y>{_YEAR}))
    | (?P<quarter>(?P<q_l>[QH][1-4])[ /.-]?'?(?P<q_y>{_YEAR})|(?P<q_y2>{_YEAR})[ /-]?(?P<q_l2>Q[1-4]))
    | (?P<season>(?P<s_n>{_alternatives(_SEASON_OF)})(?:\s+(?:of|de|von))?\s+(?P<s_y>{_YEAR})
        (?P<s_e>\s?[/-]\s?(?:20)?\d\d)?)
    | (?P<named>(?:[0-3]?\d(?:\.|er|st|nd|rd|th)?\s+(?:de\s+)?)?(?P<n_m>{_MONTH})
        (?:\s+[0-3]?\d(?:st|nd|rd|th)?,)?[,.]?\s*(?:of\s+|del?\s+|-\s?|/\s?)?(?:['’](?P<n_yy>\d\d)|(?P<n_y>{_YEAR})))
    | (?P<yn>(?P<yn_y>{_YEAR})[,\s]\s*(?P<yn_m>{_MONTH}))
    | (?P<weak>(?P<w_m>{_MONTH})\s+(?P<w_y>\d\d)|(?P<w_m2>0?[1-9]|1[0-2])[/.'’](?P<w_y2>\d\d))(?![\d/.:])
    | (?P<year>{_YEAR})(?![/.]\d)
    | (?P<month>{_MONTH}|(?:0?[1-9]|1[0-2])(?=\s?[-–—]\s?(?:0?[1-9]|1[0-2])[./]{_YEAR}))
    | (?P<current>{_CURRENT})
    ){_RIGHT}""",
    re.IGNORECASE | re.VERBOSE,
)
_BETWEEN = re.compile(
    r"\s*\)?(?:[,.]?\s*(?:[-–—‐‒−~→>]{1,3}|"
    r"\b(?:to|until|till|through|thru|bis|bis zum|à|au|a|al|hasta|jusqu['’](?:en|à|au))\b"
    r")(?:\s+(?:the|la|l['’]|le|el))?)\s*\(?",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"[^\S\n]*(?:[-–—‐−]{1,2}|\bto\b)[^\S\n]*(?=$|[\n\t)|])")
_BEFORE = re.compile(
    rf"(?:^|[\s(\[])(?:(?P<since>{_SINCE})|(?P<until>{_UNTIL}))[\s:]+(?:the\s+|dem\s+|le\s+|el\s+)?$", re.IGNORECASE
)
_NUMBER_BEFORE = re.compile(r"\d(?:[()./-]|[^\S\n]){0,2}\Z")
_NUMBER_AFTER = re.compile(r"(?:[()./-]|[^\S\n]){0,2}\d{3}")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    kind: str
    since: PartialDate | None = None
    until: PartialDate | None = None


def find_periods(*, text: str) -> list[Period]:
    """Return the stretches of time that a text names, in order, each with its span.

    A single date gives a period that begins and ends with it; a season covers its months. ``until`` is None and
    ``is_current`` true for "since 2019", "2019 – now" and "2019 –". Two-digit years up to 39 are of this century.
    """
    tokens = _tokens(text)
    periods: list[Period] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        joined = _joined(text, token, following) if following is not None else None
        if joined is not None:
            periods.append(joined)
            index += 2
            continue
        alone = _alone(text, token)
        if alone is not None:
            periods.append(alone)
        index += 1
    return periods


def is_month(*, text: str) -> bool:
    """Whether a text is the name of a month or its short form, and nothing else."""
    return text.strip().casefold() in _MONTH_OF


def months_of(*, period: Period, today: PartialDate) -> int | None:
    """Return the length of a period in months, both ends included; None where its beginning is not stated.

    A year without a month counts as its middle (June) at either end, so "2019–2021" is 24 months.
    """
    if period.since is None:
        return None
    until = today if period.is_current else period.until
    if until is None:
        return None
    first = period.since.year * 12 + (period.since.month or 6)
    last = until.year * 12 + (until.month or 6)
    is_exact = bool(period.since.month and until.month)
    return max(last - first + (1 if is_exact else 0), 1 if last >= first else 0)


def _tokens(text: str) -> list[_Token]:
    # NFC so that "März" matches however its letters were encoded; same-length only, to keep the offsets.
    composed = unicodedata.normalize("NFC", text)
    source = composed if len(composed) == len(text) else text
    return [token for match in _TOKEN.finditer(source) if (token := _token(match)) is not None]


def _token(match: re.Match[str]) -> _Token | None:
    kind = next(k for k in _READERS if match[k] is not None)
    read = _READERS[kind](match)
    if read is None:
        return None
    since, until = read
    strength = kind if kind in {"weak", "month", "current", "years", "season", "year"} else "date"
    return _Token(match.start(), match.end(), strength, since, until)


_Ends = tuple[PartialDate | None, PartialDate | None]


def _once(year: int, month: int = 0) -> _Ends | None:
    if not 0 <= month <= 12:
        return None
    date = PartialDate(year=year, month=month)
    return date, date


def _full_year(two_digits: str) -> int:
    number = int(two_digits)
    return 2000 + number if number < 40 else 1900 + number


def _read_years(match: re.Match[str]) -> _Ends | None:
    first = int(match["years_a"])
    last = first // 100 * 100 + int(match["years_b"])
    last += 100 if last < first - 50 else 0
    if not first < last <= first + 15:
        return None
    return PartialDate(year=first), PartialDate(year=last)


def _read_season(match: re.Match[str]) -> _Ends | None:
    first = _SEASON_OF[match["s_n"].casefold()]
    year = int(match["s_y"])
    last = year * 12 + first - 1 + _SEASON_LENGTH[first] - 1
    return PartialDate(year=year, month=first), PartialDate(year=last // 12, month=last % 12 + 1)


def _read_quarter(match: re.Match[str]) -> _Ends | None:
    label, year = (match["q_l"] or match["q_l2"]).upper(), int(match["q_y"] or match["q_y2"])
    length = 3 if label[0] == "Q" else 6
    first = (int(label[1]) - 1) * length + 1
    if first > 12:
        return None
    return PartialDate(year=year, month=first), PartialDate(year=year, month=first + length - 1)


def _read_named(match: re.Match[str]) -> _Ends | None:
    year = int(match["n_y"]) if match["n_y"] else _full_year(match["n_yy"])
    return _once(year, _MONTH_OF[match["n_m"].casefold()])


def _read_weak(match: re.Match[str]) -> _Ends | None:
    year = _full_year(match["w_y"] or match["w_y2"])
    month = _MONTH_OF[match["w_m"].casefold()] if match["w_m"] else int(match["w_m2"])
    return _once(year, month)


def _read_month(match: re.Match[str]) -> _Ends | None:
    name = match["month"].casefold()
    return _once(0, _MONTH_OF[name] if name in _MONTH_OF else int(name))


_READERS: dict[str, Callable[[re.Match[str]], _Ends | None]] = {
    "iso": lambda m: _once(int(m["iso_y"]), int(m["iso_m"])),
    "years": _read_years,
    "dmy": lambda m: _once(int(m["dmy_y"]), int(m["dmy_m"])),
    "my": lambda m: _once(int(m["my_y"]), int(m["my_m"])),
    "quarter": _read_quarter,
    "season": _read_season,
    "named": _read_named,
    "yn": lambda m: _once(int(m["yn_y"]), _MONTH_OF[m["yn_m"].casefold()]),
    "weak": _read_weak,
    "year": lambda m: _once(int(m["year"])),
    "month": _read_month,
    "current": lambda _: (None, None),
}


def _joined(text: str, first: _Token, second: _Token) -> Period | None:
    """Return the range that two neighbouring dates make, if a dash or a word such as "to" stands between them."""
    between = text[first.end : second.start]
    if first.kind in {"current", "years"} or len(between) > 25 or not _BETWEEN.fullmatch(between):
        return None
    if second.kind == "current":
        is_start = first.kind != "month"
        return Period(start=first.start, end=second.end, since=first.since, is_current=True) if is_start else None
    since, until = first.since, second.until
    if second.kind == "month" or since is None or until is None:
        return None
    if first.kind == "month":
        year = until.year - (1 if until.month and since.month > until.month else 0)
        since = PartialDate(year=year, month=since.month)
    if since.year > until.year or until.year - since.year > 60:
        return None
    return Period(start=first.start, end=second.end, since=since, until=until)


def _alone(text: str, token: _Token) -> Period | None:
    """Return what a date says that is not part of a range; None where it cannot be told from another number."""
    if token.kind in {"month", "current"}:
        return None
    before = _BEFORE.search(text[max(0, token.start - 20) : token.start])
    if before and before["since"]:
        start = token.start - len(before.group().lstrip(" ([\t\n"))
        return Period(start=start, end=token.end, since=token.since, is_current=True)
    if (opened := _OPEN_END.match(text, token.end)) and token.kind not in {"years", "season"}:
        return Period(start=token.start, end=opened.end(), since=token.since, is_current=True)
    if token.kind == "weak" or (token.kind in {"year", "years"} and _is_in_number(text, token)):
        return None
    if before and before["until"]:
        return Period(start=token.start, end=token.end, until=token.until)
    return Period(start=token.start, end=token.end, since=token.since, until=token.until)


def _is_in_number(text: str, token: _Token) -> bool:
    """Whether digits beside a year make it part of a telephone or other number."""
    return bool(_NUMBER_BEFORE.search(text[: token.start][-4:]) or _NUMBER_AFTER.match(text, token.end))
