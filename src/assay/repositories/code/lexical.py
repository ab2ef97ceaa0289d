"""What code in R, Java, Scala and SQL calls, by its tokens; also Python that its own parser refuses."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assay.repositories.code.python_source import Call, Import, Source
from assay.science.similarity import Kind, Token, code_tokens

_R_LOADERS = frozenset({"library", "require", "requireNamespace", "loadNamespace"})
_SQL_FEATURES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("sql.join", r"\bjoin\b"),
        ("sql.group_by", r"\bgroup by\b"),
        ("sql.having", r"\bhaving\b"),
        ("sql.subquery", r"\( select\b"),
        (
            "sql.common_table_expression",
            r"\bwith (?:recursive )?\S+ (?:\( [^()]* \) )?as (?:not )?(?:materialized )?\(",
        ),
        ("sql.window_function", r"\) (?:filter \( [^()]* \) )?over\b"),
        ("sql.case", r"\bcase\b"),
        ("sql.set_operation", r"\b(?:union|except|intersect)\b"),
        ("sql.recursive", r"\bwith recursive\b"),
        ("sql.lateral", r"\blateral\b"),
        ("sql.grouping_sets", r"\b(?:grouping sets|rollup|cube)\b"),
        ("sql.qualify", r"\bqualify\b"),
        ("sql.merge", r"\bmerge into\b"),
        ("sql.index", r"\bcreate (?:unique )?index\b"),
        ("sql.create_table", r"\bcreate (?:or replace )?(?:temporary |temp )?table\b"),
        ("sql.foreign_key", r"\breferences\b"),
        ("sql.window_frame", r"\b(?:rows|range) between\b"),
        ("sql.select", r"\bselect\b"),
    )
)


def lexical_source(*, text: str, language: str) -> Source:
    """Yield imports and calls of a program text. Functions are not told apart."""
    tokens = code_tokens(text=text, language=language)
    if language == "SQL":
        return Source((), tuple(_sql(tokens)), (), Counter())
    imports = {"R": _r_imports, "Python": _python_imports}.get(language, _jvm_imports)(tokens)
    known = {name.rpartition(".")[2]: name for name, _ in imports}
    return Source(tuple(imports), tuple(_calls(tokens, known, language)), (), Counter(_features(tokens, language)))


_FEATURES = {
    "R": {
        "%>%": "pipes", "|>": "pipes", "function": "functions", "tryCatch": "error handling", "setClass": "classes",
        "R6Class": "classes", "lapply": "mapping", "sapply": "mapping", "vapply": "mapping", "purrr": "mapping",
    },
    "Java": {
        "interface": "interfaces", "enum": "enums", "->": "lambdas", "stream": "streams", "synchronized": "threads",
        "extends": "inheritance", "implements": "interfaces", "catch": "error handling", "Optional": "optionals",
        "record": "records",
    },
    "Scala": {
        "trait": "traits", "case": "pattern matching", "implicit": "implicits", "given": "implicits",
        "for": "comprehensions", "yield": "comprehensions", "object": "objects", "Option": "options",
        "Future": "futures", "=>": "functions as values", "sealed": "sealed types",
    },
}  # fmt: skip


_DECISIONS = re.compile(r"\b(?:if|elif|for|while|except|catch|case|and|or|when)\b|&&|\|\|")


class Shape(NamedTuple):
    """Lines that hold code, and how many decisions stand in a hundred of them."""

    lines: int
    branches_per_100: float


def shape_of(*, text: str, language: str) -> Shape:
    """Yield how long and how branched a text is, about: words in strings are counted with the others."""
    sign = {"SQL": "--", "Java": "//", "Scala": "//"}.get(language, "#")
    lines = [line for line in text.split("\n") if (bare := line.strip()) and not bare.startswith(sign)]
    branches = len(_DECISIONS.findall("\n".join(lines)))
    return Shape(len(lines), 100.0 * branches / len(lines) if lines else 0.0)


def _sql(tokens: Sequence[Token]) -> Iterator[Call]:
    words: list[str] = []
    starts: list[int] = []
    size = 0
    for token in tokens:
        starts.append(size)
        words.append(token.text if token.kind is not Kind.STRING else "''")
        size += len(words[-1]) + 1
    text = " ".join(words)
    lines = {start: token.line for start, token in zip(starts, tokens, strict=True)}
    for name, pattern in _SQL_FEATURES:
        for match in pattern.finditer(text):
            yield Call(name, lines.get(match.start(), 1))


def _r_imports(tokens: Sequence[Token]) -> list[Import]:
    found = []
    for place, token in enumerate(tokens[:-2]):
        after, second = tokens[place + 1], tokens[place + 2]
        if token.text in _R_LOADERS and after.text == "(":
            found.append(Import(second.text.strip("'\""), token.line))
        elif token.kind is Kind.NAME and after.text in {"::", ":::"}:
            found.append(Import(f"{token.text}.{second.text}", token.line))
    return found


def _jvm_imports(tokens: Sequence[Token]) -> list[Import]:
    found = []
    for place, token in enumerate(tokens):
        if token.text != "import" or token.kind is not Kind.KEYWORD:
            continue
        parts = []
        for part in tokens[place + 1 : place + 40]:
            if part.line != token.line or part.text in {";", "{"}:
                break
            parts.append(part.text)
        path = "".join(part for part in parts if part != "static").strip("._*")
        group = _group(tokens[place + 1 + len(parts) :], token.line)
        found += [Import(f"{path}.{name}", token.line) for name in group] or [Import(path, token.line)]
    return found


def _group(tokens: Sequence[Token], line: int) -> list[str]:
    """Yield the names in ``import a.{B, C}``."""
    if not tokens or tokens[0].text != "{" or tokens[0].line != line:
        return []
    names = []
    for token in tokens[1:60]:
        if token.text == "}":
            break
        if token.kind is Kind.NAME:
            names.append(token.text)
    return names


def _python_imports(tokens: Sequence[Token]) -> list[Import]:
    found = []
    for place, token in enumerate(tokens):
        is_first = place == 0 or tokens[place - 1].line != token.line
        if token.text not in {"import", "from"} or not is_first:
            continue
        line = [other for other in tokens[place + 1 : place + 60] if other.line == token.line]
        words = [other.text for other in line]
        if token.text == "import":
            found += [
                Import(name.split(" as ")[0].replace(" ", ""), token.line) for name in " ".join(words).split(" , ")
            ]
        elif "import" in words:
            at = words.index("import")
            module = "".join(words[:at])
            names = [word for word in words[at + 1 :] if word not in {",", "(", ")"}]
            found += [Import(f"{module}.{name}", token.line) for name in names if not module.startswith(".")]
    return found


def _calls(tokens: Sequence[Token], known: dict[str, str], language: str) -> Iterator[Call]:
    for place, token in enumerate(tokens[:-1]):
        if token.kind is not Kind.NAME:
            continue
        after, before = tokens[place + 1].text, tokens[place - 1].text if place else ""
        is_generic = after in {"<", "["} and before == "new"
        if after != "(" and not is_generic and not (language == "Scala" and before == "new"):
            continue
        if before in {".", "::", "$"} and place > 1:
            owner = tokens[place - 2].text
            yield Call(f"{known.get(owner, owner if before == '::' else '')}.{token.text}", token.line)
        else:
            yield Call(known.get(token.text, token.text), token.line)


def _features(tokens: Sequence[Token], language: str) -> Iterator[str]:
    signs = _FEATURES.get(language, {})
    for token in tokens:
        feature = signs.get(token.text)
        if feature and token.kind is not Kind.STRING:
            yield feature
