"""The words in which a report is told, the same in the terminal and on the page."""

import unicodedata

from assay.repositories.model import Authorship, Complexity, Copy, Depth, Person, Report, Standing, ToolUse

WEAK = (
    "What a repository shows is weak evidence: how much of it was helped, copied, paired or written at work cannot be "
    "seen, and most good work is not public. Having none counts for nothing; what is here is a reason to ask."
)
_DEPTHS = {
    Depth.IMPORTED: "imported only",
    Depth.USED: "used",
    Depth.FLUENT: "used widely",
    Depth.DEEP: "used in depth",
}
_STANDINGS = {
    Standing.CONFIRMED: "address confirmed by mail",
    Standing.CLAIMED: "address claimed, not confirmed",
    Standing.UNKNOWN: "not the candidate's, as far as we know",
}
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str) -> str:
    """Yield a foreign text without signs that steer a terminal or turn the direction of writing."""
    return "".join(sign if sign in "\n\t" or unicodedata.category(sign) not in _UNSHOWN else "\ufffd" for sign in text)


def depth_words(tool: ToolUse) -> str:
    """Yield how far a tool's use goes."""
    return _DEPTHS[tool.depth]


def extent_words(tool: ToolUse) -> str:
    """Yield how much of a tool is used."""
    if tool.first_on is None and not tool.names:
        return f"{tool.calls:,} lines"
    if tool.depth is Depth.IMPORTED:
        return f"in {count_words(tool.files, 'file')}"
    names, files = count_words(tool.name_count, "name"), count_words(tool.files, "file")
    return f"{count_words(tool.calls, 'call')} of {names} in {files}"


def is_language(tool: ToolUse) -> bool:
    """Say whether the entry is a language, which is counted in lines."""
    return tool.tool in {"Python", "R", "Java", "Scala", "SQL"}


def tool_words(tool: ToolUse) -> str:
    """Yield a tool's depth and extent in one phrase."""
    if is_language(tool):
        return f"{depth_words(tool)}: {tool.calls:,} lines, {count_words(tool.name_count, 'kind')} of its own features"
    return f"{depth_words(tool)}: {extent_words(tool)}"


def standing_words(standing: Standing) -> str:
    """Yield how sure it is whose an address is."""
    return _STANDINGS[standing]


def part_words(report: Report) -> str:
    """Yield how much of the work is the candidate's, and how sure that is."""
    authorship = report.authorship
    if not report.source.has_history:
        return f"{authorship.own_lines:,} lines without a history: whose they are was only said."
    if not authorship.own_commits:
        return "None of the addresses given wrote a commit here."
    return (
        f"{share_words(authorship.own_lines, authorship.blamed_lines)} of the lines still there are theirs "
        f"({authorship.own_lines:,} of {authorship.blamed_lines:,}), from {authorship.own_commits:,} of "
        f"{report.source.commits:,} commits; {standing_words(authorship.standing)}."
    )


def share_words(part: int, whole: int) -> str:
    """Yield a share as people say it."""
    share = part / whole if whole else 0.0
    for least, words in (
        (0.995, "All"), (0.9, "Nearly all"), (0.7, "Most"), (0.55, "More than half"), (0.45, "About half"),
        (0.28, "About a third"), (0.2, "About a quarter"), (0.08, "A small part"), (0.005, "Hardly any"),
    ):  # fmt: skip
        if share >= least:
            return words
    return "None"


def when_words(authorship: Authorship) -> str:
    """Yield when and how steadily the candidate worked on it; "" where nothing says so."""
    if authorship.first_at is None or authorship.last_at is None:
        return ""
    first, last = authorship.first_at.date().isoformat(), authorship.last_at.date().isoformat()
    gap = (
        f", the longest pause {count_words(authorship.longest_gap_weeks, 'week')}"
        if authorship.longest_gap_weeks
        else ""
    )
    span = first if first == last else f"{first} to {last}"
    return f"{span}, active in {count_words(authorship.active_weeks, 'week')}{gap} (dates as the commits state them)."


def label_words(authorship: Authorship) -> str:
    """Yield what kinds of commits there are; "" for none that need a word."""
    parts = [f"{count_words(count, label)}" for label, count in sorted(authorship.labels.items())]
    if authorship.shared_commits:
        parts.append(f"{count_words(authorship.shared_commits, 'commit')} of others that name them as co-author")
    return ", ".join(parts)


def person_words(person: Person) -> str:
    """Yield one line about somebody who wrote commits."""
    kind = ", a program" if person.is_bot else ""
    return f"{clean(person.name) or 'no name'} <{clean(person.email)}>{kind}: {count_words(person.commits, 'commit')}"


def complexity_words(complexity: Complexity) -> str:
    """Yield the shape of the candidate's functions."""
    documented, annotated = round(1000 * complexity.documented_share), round(1000 * complexity.annotated_share)
    return (
        f"{count_words(complexity.functions, 'function')}: {complexity.median_lines:.0f} lines in the middle, "
        f"{complexity.p90_lines:.0f} at the long end; {complexity.median_branches:.0f} and "
        f"{complexity.p90_branches:.0f} paths. {share_words(documented, 1000)} documented, "
        f"{share_words(annotated, 1000).lower()} with types."
    )


def copy_words(copy: Copy) -> str:
    """Yield what stands elsewhere."""
    share = share_words(round(1000 * copy.containment), 1000)
    return f"{share} of {clean(copy.path)} also stands in {clean(copy.source)}."


def count_words(number: int, what: str) -> str:
    """Yield a number of things."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
