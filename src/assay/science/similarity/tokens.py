"""Tokens of program text by regular expressions: quick, linear, and never at a loss over text that does not parse.

A parser would refuse half a notebook, Python 2, or a template; for fingerprints and for finding calls in languages that
have no parser in Python's standard library, words are enough.
"""

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

_PYTHON = (
    "False None True and as assert async await break class continue def del elif else except finally for from global "
    "if import in is lambda nonlocal not or pass raise return try while with yield match case"
)
_JAVA = (
    "abstract assert boolean break byte case catch char class continue default do double else enum extends final "
    "finally float for if implements import instanceof int interface long new package private protected public "
    "return short static super switch synchronized this throw throws transient try void volatile "
    "while var record null true false"
)
_SCALA = (
    "abstract case catch class def do else extends final finally for forSome if implicit import lazy match new null "
    "object override package private protected return sealed super this throw trait try true type val var while with "
    "yield given then using enum false"
)
_R = "if else repeat while function for next break TRUE FALSE NULL NA Inf NaN in"
_SQL = (
    "select from where group by having order limit offset join inner left right full outer cross on using union all "
    "except intersect with recursive as case when then else end and or not in exists between like is null distinct "
    "over partition rows range insert into values update set delete create table view index materialized merge matched "
    "alter drop primary key foreign references lateral filter within grouping sets rollup cube qualify window"
)
_WORDS = {"Python": _PYTHON, "Java": _JAVA, "Scala": _SCALA, "R": _R, "SQL": _SQL}

_TRIPLE = r"(?:[rbfuRBFU]{0,3}(?:\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*(?:\"\"\"|\Z)|'''(?:[^'\\]|\\.|'(?!''))*(?:'''|\Z)))"
_QUOTED = r"(?:[rbfuRBFUs]{0,3}(?:\"(?:[^\"\\\n]|\\.)*(?:\"|(?=\n)|\Z)|'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\Z)))"
_C_COMMENT = r"//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)"
_NUMBER = r"(?:0[xXbBoO][0-9a-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)[jJlLfFdD]*"
_COMMENTS = {
    "Python": r"\#[^\n]*",
    "R": r"\#[^\n]*",
    "Java": _C_COMMENT,
    "Scala": _C_COMMENT,
    "SQL": r"--[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)",
}
_NAMES = {"R": r"(?:[^\W\d]|\.(?=[^\W\d]))[\w.]*|`[^`\n]*`"}
_OPERATORS = {
    "R": r"<<?-|->>?|%[^%\s]*%|:::?|\|>|[=!<>]=|&&|\|\||[^\w\s]",
    "SQL": r"<>|[=!<>]=|\|\||::|[^\w\s]",
}
_OPERATOR = r"\*\*=?|//=?|->|=>|<-|:=|[=!<>]=|[-+*/%&|^@]=|<<|>>|&&|\|\||::|[^\w\s]"


class Kind(Enum):
    """What a token is."""

    NAME = "name"
    KEYWORD = "keyword"
    NUMBER = "number"
    STRING = "string"
    OPERATOR = "operator"


class Token(NamedTuple):
    """One token, and the line on which it begins, from 1."""

    kind: Kind
    text: str
    line: int


def known_languages() -> frozenset[str]:
    """Yield the languages whose tokens are told apart."""
    return frozenset(_WORDS)


def code_tokens(*, text: str, language: str) -> list[Token]:
    """Yield the tokens of a program without its comments, blank space and (in Python) docstrings.

    Parameters
    ----------
    language
        One of `known_languages`; any other is read as Java is.
    """
    language = language if language in _WORDS else "Java"
    keywords = _keywords(language)
    tokens: list[Token] = []
    line, place = 1, 0
    for match in _pattern(language).finditer(text):
        kind = match.lastgroup
        start = match.start()
        line += text.count("\n", place, start)
        place = start
        if kind == "comment" or kind is None:
            continue
        found = match.group()
        if kind == "name":
            folded = found.lower() if language == "SQL" else found
            is_word = folded in keywords
            tokens.append(Token(Kind.KEYWORD if is_word else Kind.NAME, folded if is_word else found, line))
        else:
            tokens.append(Token(Kind(kind), found, line))
    return _without_docstrings(tokens, text) if language == "Python" else tokens


@cache
def _keywords(language: str) -> frozenset[str]:
    return frozenset(_WORDS[language].split())


@cache
def _pattern(language: str) -> re.Pattern[str]:
    strings = _QUOTED if language in {"R", "SQL"} else f"{_TRIPLE}|{_QUOTED}"
    name = _NAMES.get(language, r"[^\W\d]\w*")
    parts = (
        f"(?P<comment>{_COMMENTS[language]})",
        f"(?P<string>{strings})",
        f"(?P<number>{_NUMBER})",
        f"(?P<name>{name})",
        f"(?P<operator>{_OPERATORS.get(language, _OPERATOR)})",
    )
    return re.compile("|".join(parts), re.DOTALL)


def _without_docstrings(tokens: list[Token], text: str) -> list[Token]:
    """Leave out strings that stand alone on their line: they are prose, and a copy changes or drops them first."""
    lines = text.split("\n")
    kept = []
    for token in tokens:
        is_alone = token.kind is Kind.STRING and _stands_alone(token, lines)
        if not is_alone:
            kept.append(token)
    return kept


def _stands_alone(token: Token, lines: list[str]) -> bool:
    first = token.text.split("\n", 1)[0]
    before = lines[token.line - 1]
    return token.text.lstrip("rbfuRBFU")[:3] in {'"""', "'''"} and before.strip().startswith(first.strip())
