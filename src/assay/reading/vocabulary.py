"""The words that name competencies, and where they stand in a text.

A vocabulary is data (the competency map makes it); the matcher here is a trie over normalised words. It takes the
longest term at each place, knows spelling variants (``scikit-learn``, ``Scikit Learn``, ``scikitlearn``), plurals and
light inflection, and lets an ambiguous word such as *R* or *Go* count only in technical company
(see :mod:`assay.reading.ambiguity`).
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from assay.reading.ambiguity import Candidate, is_meant, is_other_name
from assay.reading.model import PartialDate, Struct
from assay.reading.words import Tokens, camel_pieces, is_soft_gap, stem, tokens_of

_MAX_PIECES_MERGED = 5  # 2**4 spellings; longer terms are matched as written and with each word apart
_FILLERS = frozenset({"a", "an", "the", "our", "their", "its", "new", "of", "multiple", "several", "various", "all"})
_MAX_FILLERS = 2


class Term(Struct, frozen=True, kw_only=True):
    """A word or phrase that names a competency."""

    name: str
    competency: str
    aliases: tuple[str, ...] = ()
    is_case_sensitive: bool = False
    needs_context: bool = False
    """True for a word that also means something else, and counts only in technical company."""
    is_tool: bool = False
    is_name: bool = False
    """True for a name such as *Flask*: spelled so it counts, in lower case only in technical company."""
    is_prose: bool = False
    """True for a phrase such as "deploying models", which is matched without its inflection.

    A single word among its spellings is matched as it is, with its plural: a stem alone means too many things
    ("version control" is not controlling, a "logistic model" no logistics).
    """
    released: PartialDate | None = None
    released_source: str = ""
    """The entry of ``content/sources/tool_dates.yaml`` that states ``released``; never empty where a date stands."""


class Hit(NamedTuple):
    """A term and the half-open span of the words that name it."""

    term: Term
    start: int
    end: int


class _Form(NamedTuple):
    term: Term
    rank: int
    surface: str
    gaps: tuple[str, ...]


class _Node:
    __slots__ = ("children", "forms")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.forms: list[_Form] = []


class _Match(NamedTuple):
    first: int
    last: int
    form: _Form


class Vocabulary(Struct, frozen=True, kw_only=True, dict=True):
    """Terms under one version, ready to be looked up."""

    version: str
    terms: tuple[Term, ...]

    def hits(self, *, text: str) -> tuple[Hit, ...]:
        """Yield the terms that ``text`` names, in order of their place; ambiguous words only where they are meant.

        Terms do not overlap, save that a prose phrase may contain a term of another competency.
        """
        tokens = tokens_of(text)
        exact = _longest(self._exact, text, tokens, tokens.keys)
        prose = _longest(self._prose, text, tokens, [stem(key) for key in tokens.keys]) if self._prose.children else []
        matches = sorted(
            exact + _not_said_already(prose, exact), key=lambda match: (match.first, match.last, match.form.rank)
        )
        candidates = [_candidate(text, tokens, match) for match in matches]
        return tuple(
            Hit(match.form.term, candidate.start, candidate.end)
            for index, (match, candidate) in enumerate(zip(matches, candidates, strict=True))
            if not is_other_name(text=text, start=candidate.start, end=candidate.end)
            and (not candidate.is_ambiguous or is_meant(text=text, candidates=candidates, index=index))
        )

    @cached_property
    def _exact(self) -> _Node:
        return _trie(enumerate(self.terms), is_prose=False)

    @cached_property
    def _prose(self) -> _Node:
        return _trie(enumerate(self.terms), is_prose=True)


def _candidate(text: str, tokens: Tokens, match: _Match) -> Candidate:
    start, end = tokens.starts[match.first], tokens.ends[match.last]
    is_as_spelled = _squeezed(text[start:end]) == match.form.surface
    term = match.form.term
    is_bare_name = term.is_name and match.first == match.last and not is_as_spelled
    return Candidate(start, end, term.needs_context or is_bare_name, is_as_spelled)


def _trie(ranked: Iterable[tuple[int, Term]], *, is_prose: bool) -> _Node:
    root = _Node()
    for rank, term in ranked:
        for spelling in dict.fromkeys((term.name, *term.aliases)):
            tokens = tokens_of(spelling)
            if (term.is_prose and len(tokens.keys) > 1) is not is_prose:
                continue
            for keys, form in _forms(term, rank, spelling, tokens):
                node = root
                for key in keys:
                    node = node.children.setdefault(key, _Node())
                if all(known.term is not term or known.surface != form.surface for known in node.forms):
                    node.forms.append(form)
    return root


def _forms(term: Term, rank: int, spelling: str, tokens: Tokens) -> list[tuple[tuple[str, ...], _Form]]:
    """Yield each way to write a spelling, as the words of a text and the signs between them."""
    if term.is_prose and len(tokens.keys) > 1:
        return [(tuple(stem(key) for key in tokens.keys), _Form(term, rank, _squeezed(spelling), ()))]
    pieces, gaps = _pieces(spelling, tokens)
    forms = []
    for keys, kept in _merged(pieces, gaps):
        for last in _numbers(keys[-1], is_inflected=not term.is_tool):
            surface = _squeezed(spelling) + last[len(keys[-1]) :]
            forms.append(((*keys[:-1], last), _Form(term, rank, surface[: len("".join(keys[:-1])) + len(last)], kept)))
    return forms


def _pieces(spelling: str, tokens: Tokens) -> tuple[list[str], list[str]]:
    """Yield the parts of a spelling and what stands between them: "" where a text may glue or part them."""
    pieces: list[str] = []
    gaps: list[str] = []
    for index, (key, start, end) in enumerate(zip(*tokens, strict=True)):
        if index:
            gap = spelling[tokens.ends[index - 1] : start]
            gaps.append("" if is_soft_gap(gap) else gap.strip())
        parts = camel_pieces(spelling[start:end])
        parts = parts if "".join(parts) == key else [key]
        pieces.extend(parts)
        gaps.extend([""] * (len(parts) - 1))
    return pieces, gaps


def _merged(pieces: list[str], gaps: list[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield every way to glue neighbouring parts together."""
    count = len(gaps)
    masks = range(2**count) if len(pieces) <= _MAX_PIECES_MERGED else (0,)
    ways = []
    for mask in masks:
        keys, kept = [pieces[0]], []
        for index, gap in enumerate(gaps):
            if mask >> index & 1:
                keys[-1] += pieces[index + 1]
            else:
                keys.append(pieces[index + 1])
                kept.append(gap)
        ways.append((tuple(keys), tuple(kept)))
    return ways


def _numbers(key: str, *, is_inflected: bool) -> tuple[str, ...]:
    """Yield singular and plural of the last word; the name of a tool has only itself."""
    if not is_inflected or len(key) < 2 or not key.isalpha():
        return (key,)
    if key.endswith("ies") and len(key) > 4:
        return key, key[:-3] + "y"
    # "logistics" has no singular: "logistic" is another word.
    if key.endswith("s") and not key.endswith(("ss", "us", "is", "ics")) and len(key) > 3:
        return key, key[:-1]
    if key.endswith("y") and len(key) > 3 and key[-2] not in "aeiou":
        return key, key[:-1] + "ies"
    return (key,) if key.endswith("s") else (key, key + "s")


def _squeezed(words: str) -> str:
    return "".join(char for char in words if char.isalnum() or char in "+#")


def _longest(root: _Node, text: str, tokens: Tokens, keys: list[str]) -> list[_Match]:
    """Yield the leftmost longest matches, one per term that has the same spelling.

    ``keys`` are the words as the trie knows them: as they are, or their stems.
    """
    matches: list[_Match] = []
    children = root.children
    free = 0
    for index in [index for index, key in enumerate(keys) if key in children]:
        found = _at(children[keys[index]], text, tokens, keys, index) if index >= free else []
        if found:
            matches.extend(found)
            free = found[0].last + 1
    return matches


def _at(node: _Node, text: str, tokens: Tokens, keys: list[str], first: int) -> list[_Match]:
    is_prose = keys is not tokens.keys
    best: list[_Match] = []
    last = first
    fillers = 0
    while True:
        if node.forms:
            best = _one_a_term(node.forms, text, tokens, first, last) or best
        following = last + 1 + fillers
        if following >= len(keys) or not node.children:
            return best
        child = node.children.get(keys[following])
        if child is not None:
            if is_prose and not _is_one_breath(text[tokens.ends[last] : tokens.starts[following]]):
                return best
            node, last, fillers = child, following, 0
        elif is_prose and tokens.keys[following] in _FILLERS and fillers < _MAX_FILLERS:
            fillers += 1
        else:
            return best


def _one_a_term(forms: list[_Form], text: str, tokens: Tokens, first: int, last: int) -> list[_Match]:
    """Yield a match for each term whose form fits, the form that is spelled as in the text before the others."""
    seen = _squeezed(text[tokens.starts[first] : tokens.ends[last]])
    chosen: dict[int, _Form] = {}
    for form in forms:
        if (form.rank not in chosen or form.surface == seen) and _fits(form, text, tokens, first, last):
            chosen[form.rank] = form
    return [_Match(first, last, form) for form in chosen.values()]


def _is_one_breath(gap: str) -> bool:
    return not any(sign in gap for sign in ".,;:!?|•()") and "\n\n" not in gap


def _fits(form: _Form, text: str, tokens: Tokens, first: int, last: int) -> bool:
    if form.term.is_prose:
        return True
    if form.term.is_case_sensitive and _squeezed(text[tokens.starts[first] : tokens.ends[last]]) != form.surface:
        return False
    seen = [text[tokens.ends[at] : tokens.starts[at + 1]] for at in range(first, last)]
    return all(
        is_soft_gap(gap) or (wanted != "" and gap.strip() == wanted)
        for gap, wanted in zip(seen, form.gaps, strict=True)
    )


def _not_said_already(prose: list[_Match], exact: list[_Match]) -> list[_Match]:
    """Drop a phrase that overlaps a term of its own competency: one place says one thing once."""
    return [
        match
        for match in prose
        if not any(
            match.first <= other.last
            and other.first <= match.last
            and match.form.term.competency == other.form.term.competency
            for other in exact
        )
    ]
