"""Habits of good work in the candidate's own lines, by the rules' calls, keywords, paths and lines."""

from collections import Counter
from collections.abc import Sequence

from assay.repositories.code.scan import Scanned
from assay.repositories.code.units import Unit
from assay.repositories.model import Place, Practice
from assay.repositories.rules import PracticeRule, Rules

_PLACES_SHOWN = 4


def practices_seen(*, units: Sequence[Unit], files: Sequence[Scanned], rules: Rules) -> list[Practice]:
    """Yield the practices that are there at all, in the rules' order."""
    found = []
    for rule in rules.practices:
        places, details = _found(rule, units, files)
        if places:
            found.append(
                Practice(
                    id=rule.id, label=rule.label, competency=rule.competency, count=len(places),
                    detail=", ".join(name for name, _ in details.most_common(6)),
                    places=_spread(places),
                )
            )  # fmt: skip
    return found


def _found(
    rule: PracticeRule, units: Sequence[Unit], files: Sequence[Scanned]
) -> tuple[list[tuple[Unit, int]], Counter[str]]:
    places: list[tuple[Unit, int]] = []
    details: Counter[str] = Counter()
    for file in files:
        if rule.modules and not file.imports & set(rule.modules):
            continue
        for line, name in _calls(rule, file):
            places.append((file.unit, line))
            details[name] += 1
    if rule.path_pattern is not None:
        for unit in units:
            if rule.path_pattern.search(unit.path):
                lines = [line for line in sorted(unit.own) if _matches(rule, unit, line)]
                places += [(unit, line) for line in lines]
                details[unit.path] += len(lines)
    return places, +details


def _calls(rule: PracticeRule, file: Scanned) -> list[tuple[int, str]]:
    pattern, keywords = rule.call_pattern, set(rule.keywords)
    found = []
    for call in file.own.calls:
        name = call.name.replace("()", "")
        if pattern is not None and (pattern.match(call.name) or pattern.match(name)):
            found.append((call.line, name.strip(".")))
        elif keywords and (given := keywords.intersection(call.keywords)):
            found.append((call.line, f"{min(given)}="))
    return found


def _matches(rule: PracticeRule, unit: Unit, line: int) -> bool:
    return line <= len(unit.lines) and rule.line_pattern.search(unit.lines[line - 1]) is not None


def _spread(places: Sequence[tuple[Unit, int]]) -> tuple[Place, ...]:
    """Yield a few places from as many files as there are."""
    shown: dict[str, Place] = {}
    for unit, line in places:
        shown.setdefault(unit.path, unit.place(line))
    rest = (
        [unit.place(line) for unit, line in places if unit.place(line) not in shown.values()] if len(shown) < 2 else []
    )
    return (*shown.values(), *rest)[:_PLACES_SHOWN]
