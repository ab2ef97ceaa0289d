"""What counts as what, as values: the content of ``content/sources/repositories.yaml``, checked."""

import re
from fnmatch import translate
from functools import cached_property
from typing import Any

import msgspec


class RulesError(ValueError):
    """The rules do not hold together; the message names the entry."""


class _Numbers(msgspec.Struct, frozen=True, kw_only=True):
    tag: str
    reference: str = ""


class Authored(_Numbers, frozen=True, kw_only=True):
    """Chances, 0 to 1, that lines are not the candidate's, by what is known of their author."""

    confirmed: float
    claimed: float
    no_history: float
    bulk: float
    copied: float


class Values(_Numbers, frozen=True, kw_only=True):
    """Values of observations on the ability scale, at least 0."""

    used: float
    fluent: float
    deep: float
    practice_seen: float
    practice_steady: float


class Depths(_Numbers, frozen=True, kw_only=True):
    """How many calls, distinct names and signs of depth make a use of a tool more than an import."""

    used_calls: int
    fluent_names: int
    fluent_calls: int
    deep_signs: int


class LanguageRule(_Numbers, frozen=True, kw_only=True):
    """How many lines and own features make a use of a language."""

    used_lines: int
    fluent_lines: int
    fluent_features: int
    deep_lines: int
    deep_features: int
    competencies: dict[str, str]


class ToolRule(msgspec.Struct, frozen=True, kw_only=True):
    """A tool: the modules that are imported for it, and the names whose use goes deep."""

    name: str
    competency: str
    imports: tuple[str, ...]
    deep: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    dates: str = ""
    """The tool's entry in ``content/sources/tool_dates.yaml``."""


class PracticeRule(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A practice: calls, keywords, or lines of files of certain paths, and how many of them are some or many."""

    id: str
    label: str
    competency: str = ""
    calls: tuple[str, ...] = ()
    without: tuple[str, ...] = msgspec.field(default=(), name="except")
    keywords: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    """Where given, a file counts only if it imports one of these: its methods' names are common ones."""
    paths: str = ""
    lines: str = ""
    least: int
    steady: int

    @cached_property
    def call_pattern(self) -> re.Pattern[str] | None:
        """What the name of a call has to match."""
        if not self.calls:
            return None
        words = "|".join(_glob(one) for one in self.calls)
        without = "".join(f"(?!{_glob(one)}\\Z)" for one in self.without)
        return re.compile(f"{without}(?:{words})\\Z")

    @cached_property
    def path_pattern(self) -> re.Pattern[str] | None:
        """What a path has to match."""
        return re.compile(self.paths) if self.paths else None

    @cached_property
    def line_pattern(self) -> re.Pattern[str]:
        """What a line of such a path has to match."""
        return re.compile(self.lines or r"\S")


class FlagRule(msgspec.Struct, frozen=True, kw_only=True):
    """From where on a question is asked."""

    base_rate: str
    share: float = 0.0
    least_lines: int = 0
    grace_days: int = 0


class Rules(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All of it under one version."""

    version: str
    authored: Authored
    values: Values
    depths: Depths
    languages: LanguageRule
    tools: tuple[ToolRule, ...]
    practices: tuple[PracticeRule, ...]
    flags: dict[str, FlagRule]

    def tool_of(self, *, name: str, language: str) -> ToolRule | None:
        """Yield the tool that a dotted name belongs to: the one with the longest import that it begins with."""
        parts = name.replace("()", "").split(".")
        for count in range(min(len(parts), 4), 0, -1):
            for tool in self._by_import.get(".".join(parts[:count]), ()):
                if not tool.languages or language in tool.languages:
                    return tool
        return None

    @cached_property
    def _by_import(self) -> dict[str, list[ToolRule]]:
        found: dict[str, list[ToolRule]] = {}
        for tool in self.tools:
            for module in tool.imports:
                found.setdefault(module, []).append(tool)
        return found


def rules_from_mapping(content: Any) -> Rules:
    """Yield the rules. Raises `RulesError`."""
    try:
        rules = msgspec.convert(content, Rules)
    except msgspec.ValidationError as error:
        raise RulesError(str(error)) from error
    for practice in rules.practices:
        if not practice.calls and not practice.keywords and not practice.paths:
            raise RulesError(f"{practice.id} names nothing to look for")
        _ = practice.call_pattern, practice.path_pattern, practice.line_pattern
    return rules


def _glob(text: str) -> str:
    # A star stands for any part of the name, also an empty one: "*.fillna" is the method of anything.
    return translate(text).removeprefix("(?s:").removesuffix(r")\Z")
