"""Tools in the candidate's own lines: which calls, how many different ones, and how deep they go."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from assay.repositories.code.python_source import Call
from assay.repositories.code.scan import Scanned
from assay.repositories.code.units import Unit
from assay.repositories.model import Depth, Place, ToolUse
from assay.repositories.rules import Rules, ToolRule

_NAMES_SHOWN = 24
_PLACES_SHOWN = 4


class ImportLine(NamedTuple):
    """A line of a file, from 1, that imports a tool."""

    path: str
    line: int


def import_lines(*, files: Sequence[Scanned], rules: Rules, tool: str) -> list[ImportLine]:
    """Yield the candidate's lines that import a tool. Notebooks are left out: their cells have no blame."""
    found = []
    for file in files:
        for one in file.own.imports:
            known = rules.tool_of(name=one.name, language=file.unit.language)
            if known is not None and known.name == tool and not file.unit.is_notebook:
                found.append(ImportLine(file.unit.path, one.line))
    return found


class _Seen:
    """One tool as it piles up."""

    def __init__(self) -> None:
        self.names: Counter[str] = Counter()
        self.deep: set[str] = set()
        self.files: set[str] = set()
        self.imports: list[tuple[Unit, int]] = []
        self.calls: list[tuple[Unit, int, str]] = []
        self.deep_places: list[tuple[Unit, int, str]] = []


def tools_used(*, files: Sequence[Scanned], rules: Rules, first_on: Mapping[str, date]) -> list[ToolUse]:
    """Yield the tools, the deepest and most used first.

    Parameters
    ----------
    first_on
        Path to the day on which the candidate first changed it: the earliest that a use can be from.
    """
    seen: dict[str, _Seen] = defaultdict(_Seen)
    by_name = {tool.name: tool for tool in rules.tools}
    for file in files:
        _imports(file, rules, seen)
        _calls(file, rules, seen)
    found = [_use(by_name[name], one, rules, first_on) for name, one in seen.items()]
    order = list(Depth)
    return sorted(found, key=lambda use: (-order.index(use.depth), -use.calls, use.tool))


def language_uses(*, files: Sequence[Scanned], rules: Rules) -> list[ToolUse]:
    """Yield the languages themselves, where the candidate wrote enough of them to say anything."""
    found = []
    for language, competency in rules.languages.competencies.items():
        ours = [file for file in files if file.unit.language == language]
        lines = sum(bool(file.unit.lines[number - 1].strip()) for file in ours for number in file.unit.own if number)
        features: Counter[str] = sum((file.own.features for file in ours), Counter())
        if language == "SQL":
            features.update(call.name.removeprefix("sql.") for file in ours for call in file.own.calls)
        kinds = sum(count >= 2 for count in features.values())
        depth = _language_depth(lines, kinds, rules)
        if depth is None:
            continue
        largest = sorted(ours, key=lambda file: (-len(file.unit.own), file.unit.path))[:_PLACES_SHOWN]
        found.append(
            ToolUse(
                tool=language, competency=competency, depth=depth, calls=lines,
                names=tuple(name for name, _ in features.most_common(_NAMES_SHOWN)), name_count=kinds,
                files=len(ours), first_on=None,
                places=tuple(file.unit.place(min(file.unit.own)) for file in largest if file.unit.own),
            )
        )  # fmt: skip
    return found


def _language_depth(lines: int, kinds: int, rules: Rules) -> Depth | None:
    rule = rules.languages
    if lines >= rule.deep_lines and kinds >= rule.deep_features:
        return Depth.DEEP
    if lines >= rule.fluent_lines and kinds >= rule.fluent_features:
        return Depth.FLUENT
    return Depth.USED if lines >= rule.used_lines else None


def _imports(file: Scanned, rules: Rules, seen: dict[str, _Seen]) -> None:
    for one in file.own.imports:
        tool = rules.tool_of(name=one.name, language=file.unit.language)
        if tool is not None:
            seen[tool.name].imports.append((file.unit, one.line))
            seen[tool.name].files.add(file.unit.path)


def _calls(file: Scanned, rules: Rules, seen: dict[str, _Seen]) -> None:
    loaded = _loaded(file, rules)
    for call in file.own.calls:
        tool = rules.tool_of(name=call.name, language=file.unit.language) if "." in call.name.strip(".") else None
        if tool is None and file.unit.language == "R" and "." not in call.name and len(loaded) == 1:
            tool = loaded[0]
        if tool is None:
            continue
        one = seen[tool.name]
        one.names[_short(call)] += 1
        one.files.add(file.unit.path)
        one.calls.append((file.unit, call.line, call.name))
        sign = _deep_sign(tool, call)
        if sign:
            one.deep.add(sign)
            one.deep_places.append((file.unit, call.line, call.name))


def _loaded(file: Scanned, rules: Rules) -> list[ToolRule]:
    """Yield the tools that an R file loads: there a call does not say whose it is."""
    found = {}
    for name in file.imports:
        tool = rules.tool_of(name=name, language=file.unit.language)
        if tool is not None:
            found[tool.name] = tool
    return list(found.values())


def _short(call: Call) -> str:
    """Yield the name under which a call is counted: a method of something that a tool made goes by tool and method."""
    if "()" not in call.name:
        return call.name
    return f"{call.name.partition('.')[0]}.{call.name.rpartition('.')[2]}".replace("()", "")


def _deep_sign(tool: ToolRule, call: Call) -> str:
    name = call.name.replace("()", "")
    for sign in tool.deep:
        if name == sign or name.startswith(f"{sign}."):
            # A class of a framework is deep where somebody derives from it, and ordinary where it is called.
            is_base = sign.rpartition(".")[2] in _BASES
            return sign if not is_base or "base" in call.keywords else ""
    return ""


_BASES = frozenset(
    {"Module", "Layer", "Model", "Env", "Wrapper", "LightningModule", "BaseEstimator", "TransformerMixin", "Callback",
     "ClassifierMixin", "RegressorMixin", "PreTrainedModel", "IterableDataset", "Sampler", "BaseOperator", "FlowSpec"}
)  # fmt: skip


def _use(tool: ToolRule, seen: _Seen, rules: Rules, first_on: Mapping[str, date]) -> ToolUse:
    days = [first_on[path] for path in seen.files if path in first_on]
    return ToolUse(
        tool=tool.name,
        competency=tool.competency,
        depth=_depth(seen, rules),
        calls=sum(seen.names.values()),
        names=tuple(name for name, _ in seen.names.most_common(_NAMES_SHOWN)),
        name_count=len(seen.names),
        files=len(seen.files),
        first_on=min(days, default=None),
        places=_places(seen),
    )


def _depth(seen: _Seen, rules: Rules) -> Depth:
    calls = sum(seen.names.values())
    is_fluent = len(seen.names) >= rules.depths.fluent_names and calls >= rules.depths.fluent_calls
    if is_fluent and len(seen.deep) >= rules.depths.deep_signs:
        return Depth.DEEP
    if is_fluent:
        return Depth.FLUENT
    return Depth.USED if calls >= rules.depths.used_calls else Depth.IMPORTED


def _places(seen: _Seen) -> tuple[Place, ...]:
    """Yield the deepest uses first, each name once; an import where there is nothing else."""
    places: dict[str, Place] = {}
    for unit, line, name in (*seen.deep_places, *seen.calls):
        if len(places) >= _PLACES_SHOWN:
            break
        place = unit.place(line)
        if place not in places.values():
            places.setdefault(name, place)
    if not places and seen.imports:
        unit, line = seen.imports[0]
        return (unit.place(line),)
    return tuple(places.values())
