"""One repository from its address to a report."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from assay.repositories.caps import Caps
from assay.repositories.code.complexity import complexity_of, growth_of
from assay.repositories.code.practices import practices_seen
from assay.repositories.code.scan import Scan, scan
from assay.repositories.code.tools import language_uses, tools_used
from assay.repositories.copies import Compared, compare, known_work
from assay.repositories.flags import flags_of
from assay.repositories.git import Git
from assay.repositories.history import History, read_history
from assay.repositories.identities import BULK_LINES, Own, lookalikes, own_part, people_of, root_of
from assay.repositories.leakage import find_leaks
from assay.repositories.model import (
    Authorship,
    LanguageLines,
    LeakFinding,
    Practice,
    Report,
    Seen,
    Source,
    Standing,
    ToolUse,
)
from assay.repositories.observations import observations, p_not_authored
from assay.repositories.origin.bring import bring
from assay.repositories.origin.folder import Brought
from assay.repositories.ownership import Whose, read_ownership
from assay.repositories.protocol import Request
from assay.repositories.questions import questions_about
from assay.repositories.timeline import first_days, timeline_of, with_checked_dates
from assay.repositories.tree import Tree, read_tree


class _Read(NamedTuple):
    """What was read of a repository before anything is made of it."""

    brought: Brought
    history: History
    tree: Tree
    own: Own
    whose: Whose
    is_whole: bool


def review(*, request: Request, folder: Path) -> Report:
    """Yield the report. ``folder`` is an empty one of our own. Raises `RepositoryError`."""
    caps = request.caps
    brought = bring(origin=request.origin, target=folder / "read.git", caps=caps)
    read = _read(brought, request, caps)
    scanned = scan(units=read.whose.units)
    tools = _tools(read, scanned, request)
    practices = practices_seen(units=read.whose.units, files=scanned.files, rules=request.rules)
    known = known_work(against=request.against, starters=request.starters, folder=folder, caps=caps)
    compared = compare(units=read.whose.units, known=known)
    seen = _observations(read, request, tools, compared, practices)
    return Report(
        version=request.rules.version,
        source=_source(request.origin, read, scanned),
        authorship=_authorship(read, request),
        tools=tuple(tools),
        practices=tuple(practices),
        complexity=complexity_of(files=scanned.files),
        growth=tuple(growth_of(git=brought.git, history=read.history, caps=caps)),
        leaks=_leaks(read),
        copies=compared.copies,
        flags=tuple(
            flags_of(
                rules=request.rules, own=read.own.commits, tools=tools, public_on=request.public_on,
                compared=compared, own_share=_own_share(read), today=request.today,
            )
        ),
        questions=tuple(questions_about(git=brought.git, own=read.own)),
        observations=tuple(seen),
    )  # fmt: skip


def _read(brought: Brought, request: Request, caps: Caps) -> _Read:
    git = brought.git
    history = read_history(git=git, caps=caps)
    tree = read_tree(git=git, commit="HEAD", caps=caps)
    is_whole = not history.is_truncated and not brought.is_shallow and history.with_lines == len(history.commits)
    mine = request.mine if brought.has_history else {"": Standing.CLAIMED}
    whose = read_ownership(
        git=git, tree=tree, history=history, mine=mine, caps=caps, is_whole=is_whole, has_history=brought.has_history
    )
    own = own_part(history=history, mine=request.mine)
    return _Read(brought, history, tree, own, whose, is_whole)


def _tools(read: _Read, scanned: Scan, request: Request) -> list[ToolUse]:
    first_on = first_days(read.own.commits)
    tools = tools_used(files=scanned.files, rules=request.rules, first_on=first_on)
    git: Git = read.brought.git
    checked = with_checked_dates(
        git=git,
        tools=tools,
        files=scanned.files,
        history=read.history,
        rules=request.rules,
        public_on=request.public_on,
    )
    return [*language_uses(files=scanned.files, rules=request.rules), *checked]


def _observations(
    read: _Read, request: Request, tools: list[ToolUse], compared: Compared, practices: list[Practice]
) -> list[Seen]:
    added = sum(commit.added for commit in read.own.commits)
    bulk = sum(commit.added for commit in read.own.commits if commit.added > BULK_LINES)
    chance = p_not_authored(
        rules=request.rules,
        standing=_standing(read, request),
        has_history=read.brought.has_history,
        bulk_share=bulk / added if added else 0.0,
        copied_share=compared.share,
    )
    return observations(
        tools=tools, practices=practices, rules=request.rules, chance=chance, on=_last_day(read, request.today)
    )


def _standing(read: _Read, request: Request) -> Standing:
    """Yield how sure it is that the lines are the candidate's: the weakest among the addresses that wrote any."""
    if not read.brought.has_history:
        return Standing.CLAIMED
    used = {request.mine[commit.email] for commit in read.own.commits}
    return Standing.CONFIRMED if used == {Standing.CONFIRMED} else Standing.CLAIMED if used else Standing.UNKNOWN


def _last_day(read: _Read, today: date) -> date:
    last = max((commit.authored_s for commit in read.own.commits), default=None)
    # A date in the future would count as fresher than anything can be.
    return today if last is None else min(today, datetime.fromtimestamp(last, tz=UTC).date())


def _own_share(read: _Read) -> float | None:
    is_found = bool(read.own.commits or read.own.shared)
    # Where none of the addresses is there at all, the first question is whether they are the right ones.
    if not read.brought.has_history or not read.whose.total or not is_found:
        return None
    return read.whose.own_total / read.whose.total


def _source(origin: str, read: _Read, scanned: Scan) -> Source:
    root = root_of(read.history)
    notes = [*read.brought.notes, *_cuts(read)]
    if read.brought.is_shallow:
        notes.append("This is a shallow clone: what came before its oldest commit is not there to be read.")
    if read.whose.left_out:
        notes.append(f"{read.whose.left_out:,} vendored, generated, binary or very large files were left out.")
    if scanned.unparsed:
        notes.append(f"{len(scanned.unparsed):,} Python files do not parse and were read word by word.")
    return Source(
        name=origin.rstrip("/").rpartition("/")[2].removesuffix(".git"),
        has_history=read.brought.has_history,
        is_shallow=read.brought.is_shallow,
        commits=len(read.history.commits) if read.brought.has_history else 0,
        is_truncated=read.history.is_truncated or read.tree.is_truncated or bool(read.whose.not_blamed),
        notes=tuple(notes),
        root=root.id if root is not None and read.brought.has_history else "",
    )


def _cuts(read: _Read) -> list[str]:
    history = read.history
    notes = []
    if history.is_truncated:
        notes.append(f"Only the newest {len(history.commits):,} commits were read.")
    if history.with_lines < len(history.commits):
        notes.append(f"Changed lines were counted for the newest {history.with_lines:,} commits.")
    if read.tree.is_truncated:
        notes.append(f"Only the first {len(read.tree.entries):,} files were looked at.")
    if read.whose.not_blamed:
        files, lines = ("file", "its lines") if read.whose.not_blamed == 1 else ("files", "their lines")
        notes.append(
            f"{read.whose.not_blamed:,} {files} could not be looked at in the time there was; {lines} count as others'."
        )
    return notes


def _authorship(read: _Read, request: Request) -> Authorship:
    people = people_of(history=read.history, mine=request.mine, lines_by_email=read.whose.lines_by_email)
    labels: dict[str, int] = {}
    for kinds in read.own.kinds.values():
        for kind in sorted(kinds):
            labels[kind.value] = labels.get(kind.value, 0) + 1
    when = timeline_of(read.own.commits)
    languages = [LanguageLines(language=name, lines=count) for name, count in read.whose.own_by_language.most_common()]
    return Authorship(
        people=tuple(people) if read.brought.has_history else (),
        lookalikes=tuple(person.email for person in lookalikes(people=people)),
        standing=_standing(read, request),
        own_commits=len(read.own.commits),
        shared_commits=len(read.own.shared),
        own_lines=read.whose.own_total,
        blamed_lines=read.whose.total,
        labels=labels,
        first_at=when.first_at,
        last_at=when.last_at,
        active_weeks=when.active_weeks,
        longest_gap_weeks=when.longest_gap_weeks,
        languages=tuple(one for one in languages if one.lines),
    )


def _leaks(read: _Read) -> tuple[LeakFinding, ...]:
    return tuple(leak for unit in read.whose.units for leak in find_leaks(unit=unit))
