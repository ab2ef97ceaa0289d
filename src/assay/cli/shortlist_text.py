"""A sheet for the terminal: readable at eighty columns, with colours where there are any and without where not."""

from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assay.matching.model import MustHaveState
from assay.matching.sheet import Entry, Sheet
from assay.web.shortlist_rows import chances, fit_words, gap_words, level_word, settle_words, short_quote, step_words

MARKS = {MustHaveState.MET: ("✓", "cyan"), MustHaveState.UNMET: ("✕", "default"), MustHaveState.UNKNOWN: ("?", "dim")}
FILES = ("shortlist.html", "shortlist.json", "shortlist.csv")


def print_sheet(*, sheet: Sheet, console: Console, top: int, out: Path) -> None:
    """Print the role, the first ``top`` people, what could not be read and where the files are."""
    _print_role(sheet, console)
    if step := step_words(sheet.next_step):
        console.print(Text("Next best step  ", style="bold").append(step, style="not bold"))
        console.print()
    starts = {span.first: span for span in sheet.brackets}
    for entry in sheet.entries[: max(top, 0)]:
        span = starts.get(entry.place)
        if span is not None:
            console.print(
                Text(f"┌ {span.first} to {span.last} cannot be separated on what is known so far", style="dim")
            )
        _print_entry(entry, sheet.role.bar, console)
    _print_rest(sheet, console, top)
    console.print(Text(f"Written to {out}: ", style="dim").append(", ".join(FILES)))


def _print_role(sheet: Sheet, console: Console) -> None:
    console.print(Text(sheet.role.title, style="bold"))
    must = [f"{one.name} ({level_word(one.level)})" for one in sheet.role.requirements if one.is_must_have]
    other = [one.name for one in sheet.role.requirements if not one.is_must_have]
    for label, words in (
        ("Must have", must),
        ("Weighed", other),
        ("Stated facts", list(sheet.role.constraints)),
        ("Not in the map, not weighed", list(sheet.role.not_in_map)),
    ):
        if words:
            console.print(_hanging(label, ", ".join(words), indent=0))
    count = len(sheet.entries)
    console.print(
        Text(
            f"{count} {'person' if count == 1 else 'people'}. Claims count little until something backs them.",
            style="dim",
        )
    )
    console.print()


def _print_entry(entry: Entry, bar: float | None, console: Console) -> None:
    head = Text(f"{entry.place:>3}  ", style="dim").append(entry.label, style="bold not dim")
    if entry.file:
        head.append(f"  {entry.file}", style="dim")
    console.print(head)
    console.print(Padding(_dots(entry, bar), (0, 0, 0, 5)))
    if entry.must_haves:
        line = Text("")
        for one in entry.must_haves:
            mark, style = MARKS[one.state]
            line.append(f"{mark} {one.name}".replace(" ", "\u00a0"), style=style).append("   ")
        if entry.p_must_haves is not None:
            line.append(f"together {chances(entry.p_must_haves)} in 20", style="dim")
        console.print(Padding(line, (0, 0, 0, 5)))
    for check in entry.constraints:
        if check.state is MustHaveState.UNMET and check.words is not None:
            console.print(_hanging("Stated", f"“{short_quote(check.words.quote)}” against {check.asked}"))
    for reason in entry.reasons:
        console.print(_hanging(reason.name, f"“{short_quote(reason.quote)}” {reason.phrase}"))
    if entry.not_measured:
        console.print(
            _hanging(
                "Not measured", f"{gap_words(entry.not_measured)}. Would settle it: {settle_words(entry.not_measured)}"
            )
        )
    console.print()


def _dots(entry: Entry, bar: float | None) -> Text:
    """Yield the chances as twenty dots; hatched where nothing is known."""
    say = fit_words(fit=entry.fit, is_measured=entry.is_measured)
    if not entry.is_measured or bar is None or entry.fit.p_above_bar is None:
        return Text("░" * 20, style="dim").append(f"  {say}", style="default")
    above = chances(entry.fit.p_above_bar)
    return Text("●" * above, style="cyan").append("○" * (20 - above), style="dim").append(f"  {say}", style="default")


def _hanging(label: str, words: str, *, indent: int = 5) -> Padding:
    text = Text(f"{label}: ", style="dim").append(words, style="default")
    return Padding(text, (0, 0, 0, indent))


def _print_rest(sheet: Sheet, console: Console, top: int) -> None:
    rest = len(sheet.entries) - max(top, 0)
    if rest > 0:
        console.print(Text(f"… and {rest} more in the files below; --top {len(sheet.entries)} prints all", style="dim"))
    for one in sheet.unreadable:
        console.print(Text("Could not be read: ", style="yellow").append(f"{one.file}: {one.reason}", style="default"))
