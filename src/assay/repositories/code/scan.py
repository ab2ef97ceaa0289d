"""All analysed files of the candidate's, read once, with only what stands in the candidate's own lines."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from assay.repositories.code.lexical import lexical_source
from assay.repositories.code.python_source import Source, parse, python_source
from assay.repositories.code.units import Unit
from assay.repositories.leftout import ANALYSED


class Scanned(NamedTuple):
    """A unit, and the imports, calls and functions that begin in the candidate's lines."""

    unit: Unit
    own: Source
    imports: frozenset[str]
    """First parts of all imports of the file, whoever wrote them."""


class Scan(NamedTuple):
    """What was read; ``unparsed`` are Python files that its own parser refuses."""

    files: tuple[Scanned, ...]
    unparsed: tuple[str, ...]


def scan(*, units: Sequence[Unit]) -> Scan:
    """Read every analysed unit."""
    files, unparsed = [], []
    for unit in units:
        if unit.language not in ANALYSED:
            continue
        source, is_parsed = _source(unit)
        if unit.language == "Python" and not is_parsed:
            unparsed.append(unit.path)
        files.append(Scanned(unit, _own(source, unit.own), frozenset(one.name.split(".")[0] for one in source.imports)))
    return Scan(tuple(files), tuple(unparsed))


class _Outcome(NamedTuple):
    source: Source
    is_parsed: bool


def _source(unit: Unit) -> _Outcome:
    if unit.language == "Python" and (tree := parse(unit.text)) is not None:
        try:
            return _Outcome(python_source(tree=tree), is_parsed=True)
        except RecursionError:  # nested deeper than anybody writes
            pass
    return _Outcome(lexical_source(text=unit.text, language=unit.language), is_parsed=False)


def _own(source: Source, own: frozenset[int]) -> Source:
    return Source(
        imports=tuple(one for one in source.imports if one.line in own),
        calls=tuple(one for one in source.calls if one.line in own),
        functions=tuple(one for one in source.functions if one.line in own),
        features=source.features if own else Counter(),
    )
