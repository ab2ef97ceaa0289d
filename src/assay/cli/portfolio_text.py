"""A review for the terminal: readable at eighty columns, with colours where there are any and without where not."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assay.repositories import words
from assay.repositories.model import Depth, Place, Report

_TOOLS, _PEOPLE, _DIFF_LINES = 14, 8, 14


def print_report(*, report: Report, names: Mapping[str, str], console: Console) -> None:
    """Print the report. ``names`` are the names of competencies by id."""
    _head(report, console)
    _tools(report, console)
    _practices(report, console)
    _leaks(report, console)
    _section("Also stands elsewhere", [words.copy_words(copy) for copy in report.copies[:8]], console)
    _flags(report, console)
    _questions(report, console)
    _observations(report, names, console)


def _head(report: Report, console: Console) -> None:
    authorship = report.authorship
    console.print(Text(words.clean(report.source.name), style="bold"))
    for line in (words.part_words(report), words.when_words(authorship), words.label_words(authorship)):
        if line:
            console.print(Text(line))
    if authorship.languages:
        console.print(Text(", ".join(f"{one.language} {one.lines:,}" for one in authorship.languages[:6]), style="dim"))
    for note in report.source.notes:
        console.print(Text(note, style="yellow"))
    if report.source.has_history and not authorship.own_commits:
        people = [words.person_words(person) for person in authorship.people[:_PEOPLE]]
        _section("Whose commits there are. Is one of these addresses theirs?", people, console)
    elif authorship.lookalikes:
        shown = ", ".join(words.clean(address) for address in authorship.lookalikes[:5])
        console.print(Text(f"The same name also wrote as {shown}. Theirs as well?", style="yellow"))
    console.print()


def _tools(report: Report, console: Console) -> None:
    used = [tool for tool in report.tools if tool.depth is not Depth.IMPORTED]
    imported = [tool.tool for tool in report.tools if tool.depth is Depth.IMPORTED]
    if not used and not imported:
        return
    console.print(Text("In their own lines", style="bold"))
    for tool in used[:_TOOLS]:
        line = Text(f"{tool.tool}  ").append(words.tool_words(tool), style="dim")
        console.print(Padding(line, (0, 0, 0, 2)))
        if tool.names:
            console.print(Padding(Text(words.clean(", ".join(tool.names[:8])), style="dim"), (0, 0, 0, 4)))
    rest = [*(tool.tool for tool in used[_TOOLS:]), *(f"{name} (imported only)" for name in imported)]
    if rest:
        console.print(Padding(Text("Also: " + ", ".join(rest), style="dim"), (0, 0, 0, 2)))
    if report.complexity is not None:
        console.print(Padding(Text(words.complexity_words(report.complexity)), (0, 0, 0, 2)))
    console.print()


def _practices(report: Report, console: Console) -> None:
    if not report.practices:
        return
    console.print(Text("Practices", style="bold"))
    for practice in report.practices:
        line = Text(f"{practice.label}  ").append(words.count_words(practice.count, "place"), style="dim")
        console.print(Padding(line, (0, 0, 0, 2)))
        if practice.places:
            console.print(Padding(_place(practice.places[0]), (0, 0, 0, 4)))
    console.print()


def _leaks(report: Report, console: Console) -> None:
    if not report.leaks:
        return
    console.print(Text("Look here: test rows may have reached the training", style="bold"))
    for leak in report.leaks[:10]:
        console.print(Padding(Text(f"{leak.kind.value}: {leak.why}"), (0, 0, 0, 2)))
        for place in (leak.place, *leak.steps):
            console.print(Padding(_place(place), (0, 0, 0, 4)))
    console.print()


def _flags(report: Report, console: Console) -> None:
    if not report.flags:
        return
    console.print(Text("To ask about", style="bold"))
    for flag in report.flags:
        console.print(Padding(Text(words.clean(f"{flag.what} {flag.question}")), (0, 0, 0, 2)))
        console.print(Padding(Text(flag.base_rate, style="dim"), (0, 0, 0, 4)))
    console.print()


def _questions(report: Report, console: Console) -> None:
    if not report.questions:
        return
    console.print(Text("To talk about, from their own commits", style="bold"))
    for number, question in enumerate(report.questions, 1):
        console.print(Padding(Text(words.clean(f"{number}. {question.text}")), (0, 0, 0, 2)))
        console.print(Padding(Text(f"{question.commit[:8]}, {question.on}", style="dim"), (0, 0, 0, 5)))
        console.print(Padding(Text(f"Listen for: {question.listen_for}", style="dim"), (0, 0, 0, 5)))
        changed = [
            line for line in question.diff.split("\n") if line[:1] in "+-" and line[:3] not in {"+++", "---"} and line
        ]
        shown = "\n".join(words.clean(line)[:110] for line in changed[:_DIFF_LINES])
        console.print(Padding(Text(shown, style="dim"), (0, 0, 0, 5)))
    console.print()


def _observations(report: Report, names: Mapping[str, str], console: Console) -> None:
    if report.observations:
        console.print(Text("What it says of competencies", style="bold"))
        for seen in report.observations:
            line = Text(f"{names.get(seen.competency, seen.competency)}  ").append(words.clean(seen.basis), style="dim")
            console.print(Padding(line, (0, 0, 0, 2)))
    console.print(Text(words.WEAK, style="dim"))


def _section(title: str, lines: Sequence[str], console: Console) -> None:
    if not lines:
        return
    console.print(Text(title, style="bold"))
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print()


def _place(place: Place) -> Text:
    return Text(f"{words.clean(place.path)}:{place.line}  {words.clean(place.text)[:100]}", style="dim")
