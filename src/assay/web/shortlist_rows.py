"""A sheet in words and pictures: what the page, the printable file and the comparison show alike.

Chances are said in twentieths, levels in words; no number here is a score.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from assay.matching.model import ConstraintCheck, ConstraintKind, FitValues, MustHaveState
from assay.matching.sheet import Entry, Gap, MustHaveLine, Reason, Sheet, Span, Step
from assay.web.dotplot import dot_plot

LEVEL_WORDS = ("first steps", "basic", "solid", "strong", "expert")
QUOTE_LENGTH = 220
SHOWN_GAPS = 4
SHOWN_MUST_HAVES = 6
"""Up to so many must-haves stand side by side; of more, the rest folds."""
MOST_MUST_HAVES = 1000
_CHIP_CLASS = {MustHaveState.MET: "met", MustHaveState.UNMET: "", MustHaveState.UNKNOWN: "unknown"}
_STATE_WORDS = {MustHaveState.MET: "met", MustHaveState.UNMET: "not met", MustHaveState.UNKNOWN: "not known"}
_STATE_MARK = {MustHaveState.MET: "✓", MustHaveState.UNMET: "✕", MustHaveState.UNKNOWN: "?"}
_CONSTRAINT_WORDS = {
    ConstraintKind.WORK_PERMIT: "work permit",
    ConstraintKind.PLACE: "place",
    ConstraintKind.LANGUAGE: "language",
    ConstraintKind.AVAILABILITY: "start",
    ConstraintKind.PAY: "pay",
}

Link = Callable[[str], str]
"""From the reference of an observation (or of a person) to an address; an empty string where there is none."""


class Chip(NamedTuple):
    """A must-have or a hard fact: its name, its look, a mark and a sentence that says the same without the look."""

    name: str
    css: str
    mark: str
    words: str
    url: str
    state: MustHaveState


class ReasonLine(NamedTuple):
    """Why, with the words."""

    name: str
    phrase: str
    quote: str
    url: str


class Row(NamedTuple):
    """One person."""

    place: str
    person: str
    label: str
    detail: str
    url: str
    must_haves: Sequence[Chip]
    must_have_list: SafeString
    facts: Sequence[Chip]
    dots: SafeString
    say: str
    together: str
    reasons: Sequence[ReasonLine]
    gaps: str
    settle: str
    is_ruled_out: bool


class Group(NamedTuple):
    """People one after the other; ``note`` says why they stand together, empty where one stands alone."""

    note: str
    rows: Sequence[Row]


def level_word(level: int) -> str:
    """Yield a level 1..5 in words."""
    return LEVEL_WORDS[level - 1]


def rows_of(
    *, entries: Sequence[Entry], bar: float | None, person_url: Link, words_url: Link, has_folds: bool = False
) -> list[Row]:
    """Yield the people of a sheet as rows; with folds, many must-haves open on a click, which paper cannot."""
    shown = SHOWN_MUST_HAVES if has_folds else MOST_MUST_HAVES
    return [_row(entry=entry, bar=bar, person_url=person_url, words_url=words_url, shown=shown) for entry in entries]


def groups_of(*, rows: Sequence[Row], brackets: Sequence[Span], first_place: int = 1, total: int) -> list[Group]:
    """Yield rows in groups: the longest runs inside which nobody can be separated, one after the other.

    ``rows`` begin at ``first_place`` of the whole list of ``total`` people.
    """
    groups = []
    place, last_place = first_place, first_place + len(rows) - 1
    while place <= last_place:
        if rows[place - first_place].is_ruled_out:
            groups.append(Group("set apart by what they stated", rows[place - first_place :]))
            break
        reach = max((span.last for span in brackets if span.first <= place <= span.last), default=place)
        stop = min(reach, last_place)
        while stop > place and rows[stop - first_place].is_ruled_out:
            stop -= 1
        part = rows[place - first_place : stop - first_place + 1]
        groups.append(Group(_note(count=len(part), is_everybody=reach - place + 1 >= total), part))
        place = stop + 1
    return groups


def chances(p: float) -> int:
    """Yield a probability as chances in twenty, never 0 or 20 for what is not certain."""
    return min(max(round(p * 20), 1), 19)


def fit_words(*, fit: FitValues, is_measured: bool) -> str:
    """Yield the fit in words."""
    if not is_measured:
        return "nothing known yet of what the role asks for"
    if fit.p_above_bar is None:
        return "the role names no level to compare with"
    return f"{chances(fit.p_above_bar)} in 20 at or above what the role asks"


def fit_picture(*, fit: FitValues, bar: float | None, is_measured: bool, label: str) -> SafeString:
    """Yield the dot plot of a fit; hatched where nothing is known."""
    svg = dot_plot(mean=fit.mean, sd=fit.sd, bar=bar, label=label, is_measured=is_measured)
    return mark_safe(svg)  # noqa: S308 -- built from numbers and an escaped label


def step_words(step: Step | None) -> str:
    """Yield the next best step as a sentence; empty where nothing is open."""
    if step is None:
        return ""
    minutes = f"{step.minutes}-minute " if step.minutes else ""
    whom = "the first person" if step.people == 1 else f"{step.people} of the first people"
    return (
        f"A {minutes}{step.method} on {step.name}. It weighs most among what rests on claims or on nothing, "
        f"and would settle it for {whom}."
    )


def short_quote(quote: str) -> str:
    """Yield a quote on one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    if len(line) <= QUOTE_LENGTH:
        return line
    return line[:QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"


def must_have_chip(*, line: MustHaveLine, words_url: Link) -> Chip:
    """Yield a must-have as a chip."""
    words = f"{line.name}, {level_word(line.level)}: {_STATE_WORDS[line.state]}"
    if line.phrase:
        words += f" ({line.phrase})"
    return Chip(
        name=line.name,
        css=_CHIP_CLASS[line.state],
        mark=_STATE_MARK[line.state],
        words=words,
        url=words_url(line.observation) if line.observation else "",
        state=line.state,
    )


def must_have_list(*, chips: Sequence[Chip], shown: int) -> SafeString:
    """Yield must-haves as a list; where there are more than ``shown``, the rest folds under what is known of it."""
    if len(chips) <= shown:
        return mark_safe(f'<ul class="chips" aria-label="Must-haves">{chip_items(chips)}</ul>' if chips else "")  # noqa: S308 -- escaped in chip_items
    first, rest = chips[: shown - 1], chips[shown - 1 :]
    counts = ((state, sum(chip.state is state for chip in rest)) for state in MustHaveState)
    known = ", ".join(f"{count} {_STATE_WORDS[state]}" for state, count in counts if count)
    return mark_safe(  # noqa: S308 -- numbers, fixed words and escaped chips
        f'<ul class="chips" aria-label="Must-haves">{chip_items(first)}</ul>'
        f'<details class="more-chips"><summary>{len(rest)} more must-haves: {known}</summary>'
        f'<ul class="chips" aria-label="More must-haves">{chip_items(rest)}</ul></details>'
    )


def chip_items(chips: Sequence[Chip]) -> SafeString:
    """Yield chips as list items; drawn here, since a list of fifty people holds hundreds of them."""
    parts = []
    for chip in chips:
        name, words, url = escape(chip.name), escape(chip.words), escape(chip.url)
        shown = f'{name} <span aria-hidden="true">{chip.mark}</span>'
        if chip.url:
            shown = f'<a href="{url}" hx-get="{url}" hx-target="#words" hx-swap="innerHTML">{shown}</a>'
        hidden = f'<span class="visually-hidden"> {words}</span>'
        parts.append(f'<li class="chip {chip.css}" title="{words}">{shown}{hidden}</li>')
    return mark_safe("".join(parts))  # noqa: S308 -- every part is escaped above


def fact_chip(check: ConstraintCheck) -> Chip:
    """Yield a hard fact as a chip: only what was stated is shown, silence is not held against anybody."""
    quote = f": “{short_quote(check.words.quote)}”" if check.words and check.words.quote else ""
    name = f"{_CONSTRAINT_WORDS[check.kind]} {check.asked}"
    return Chip(
        name=name,
        css=_CHIP_CLASS[check.state],
        mark=_STATE_MARK[check.state],
        words=f"{name}: {_STATE_WORDS[check.state]}{quote}",
        url="",
        state=check.state,
    )


def gap_words(gaps: Sequence[Gap]) -> str:
    """Yield what is not measured as one line."""
    names = [gap.name for gap in gaps[:SHOWN_GAPS]]
    more = len(gaps) - len(names)
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def settle_words(gaps: Sequence[Gap]) -> str:
    """Yield what would settle the weightiest gap."""
    if not gaps:
        return ""
    minutes = f", {gaps[0].minutes} minutes" if gaps[0].minutes else ""
    return f"{gaps[0].name}: {gaps[0].method}{minutes}"


def sheet_summary(sheet: Sheet) -> str:
    """Yield how many people the list holds and what it rests on."""
    count = len(sheet.entries)
    people = "1 person" if count == 1 else f"{count} people"
    return f"{people}, ordered by what is known so far. Claims count little until something backs them."


def _row(*, entry: Entry, bar: float | None, person_url: Link, words_url: Link, shown: int) -> Row:
    say = fit_words(fit=entry.fit, is_measured=entry.is_measured)
    chips = [must_have_chip(line=one, words_url=words_url) for one in entry.must_haves]
    stated = [check for check in entry.constraints if check.state is not MustHaveState.UNKNOWN]
    return Row(
        place=str(entry.place),
        person=entry.person,
        label=entry.label,
        detail=entry.file,
        url=person_url(entry.person) if entry.person else "",
        must_haves=chips,
        must_have_list=must_have_list(chips=chips, shown=shown),
        facts=[fact_chip(check) for check in stated],
        dots=fit_picture(fit=entry.fit, bar=bar, is_measured=entry.is_measured, label=f"{entry.label}: {say}"),
        say=say,
        together=""
        if entry.p_must_haves is None
        else f"{chances(entry.p_must_haves)} in 20 that all of them hold together",
        reasons=[_reason(one, words_url) for one in entry.reasons],
        gaps=gap_words(entry.not_measured),
        settle=settle_words(entry.not_measured),
        is_ruled_out=entry.is_ruled_out,
    )


def _reason(one: Reason, words_url: Link) -> ReasonLine:
    return ReasonLine(
        name=one.name,
        phrase=one.phrase,
        quote=short_quote(one.quote),
        url=words_url(one.observation) if one.observation else "",
    )


def _note(*, count: int, is_everybody: bool) -> str:
    if count < 2:
        return ""
    return "on what is known so far, nobody can be separated" if is_everybody else "cannot be separated yet"
