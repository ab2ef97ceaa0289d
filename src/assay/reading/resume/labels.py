"""The likeliest reading of an entry's atoms: every labelling is scored, the best one wins.

A labelling gives each atom one label; atoms beside each other with one label make one value, and a label may make
only one value in an entry. What stands at one place in the entries of a section tends to mean the same, so scores are
averaged over the places and read a second time.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assay.reading.model import Found
from assay.reading.resume.atoms import Atom

NOTHING = "-"
_JOIN_COST = {
    "comma": 0.35,
    "paren": 0.7,
    "colon": 1.2,
    "dash": 1.3,
    "bold": 1.6,
    "bar": 2.0,
    "at": 3.0,
    "cell": 2.6,
    "line": 2.2,
    "wrap": 0.9,
    "date": 3.0,
}
_TYPE_CHANGE_COST = 1.5
_FRESH_START = 0.4  # a value of its own begins sooner behind a bar, a tab or a line's end than behind a comma
_SHARED_WEIGHT = 1.0
_MOST_ATOMS = 14

Scorer = Callable[[Atom], Mapping[str, float]]


class Place(NamedTuple):
    """Where an atom stands in its entry: entries of one section agree on what stands there."""

    line: int
    slot: int
    is_bold: bool


class _Path(NamedTuple):
    score: float
    labels: tuple[str, ...]


def label_entries(
    *, entries: Sequence[Sequence[Atom]], score: Scorer, wanted: Mapping[str, float]
) -> list[dict[str, tuple[Atom, ...]]]:
    """Return, for each entry, the atoms of each label; ``wanted`` is what an entry gains by having a label at all."""
    scored = [[dict(score(atom)) for atom in atoms[:_MOST_ATOMS]] for atoms in entries]
    shared = _shared_scores(entries, scored)
    results: list[dict[str, tuple[Atom, ...]]] = []
    for atoms, scores in zip(entries, scored, strict=True):
        for place, values in zip(_places(atoms), scores, strict=False):
            for label, value in shared[place].items():
                values[label] = values.get(label, 0.0) + _SHARED_WEIGHT * value
        labels = _best_labels(atoms[:_MOST_ATOMS], scores, wanted)
        found: dict[str, list[Atom]] = defaultdict(list)
        for atom, label in zip(atoms, labels, strict=False):
            if label != NOTHING:
                found[label].append(atom)
        results.append({label: tuple(members) for label, members in found.items()})
    return results


def found_in(*, atoms: Sequence[Atom] | None, text: str) -> Found | None:
    """Return the value that neighbouring atoms make, with its span; None for none."""
    if not atoms:
        return None
    start, end = atoms[0].start, atoms[-1].end
    if "(" in text[start:end] and text[end : end + 1] == ")":
        end += 1
    return Found(value=" ".join(text[start:end].split()), start=start, end=end)


def _places(atoms: Sequence[Atom]) -> list[Place]:
    """Return each atom's place; slots count anew where bold type begins or ends: a comma in bold shifts nothing."""
    places: list[Place] = []
    first = 0
    for index, atom in enumerate(atoms):
        above = atoms[index - 1] if index else None
        if above is None or above.line != atom.line or above.is_bold != atom.is_bold:
            first = atom.slot
        is_turned = above is not None and above.line == atom.line and first > 0
        slot = atom.slot - first + (1 if is_turned else 0)
        places.append(Place(line=min(atom.line, 3), slot=min(slot, 3), is_bold=atom.is_bold))
    return places


def _shared_scores(
    entries: Sequence[Sequence[Atom]], scored: Sequence[Sequence[Mapping[str, float]]]
) -> dict[Place, dict[str, float]]:
    """Return the mean score of each label at each place, shrunk where few entries show it."""
    sums: dict[Place, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    counts: dict[Place, int] = defaultdict(int)
    for atoms, scores in zip(entries, scored, strict=True):
        for place, values in zip(_places(atoms), scores, strict=False):
            counts[place] += 1
            for label, value in values.items():
                sums[place][label] += max(min(value, 2.0), -2.0)
    return {
        place: {label: value / (counts[place] + 0.5) if counts[place] > 1 else 0.0 for label, value in values.items()}
        for place, values in sums.items()
    }


def _best_labels(
    atoms: Sequence[Atom], scores: Sequence[Mapping[str, float]], wanted: Mapping[str, float]
) -> tuple[str, ...]:
    """Search all labellings by dynamic programming over (labels used, last label)."""
    paths: dict[tuple[frozenset[str], str], _Path] = {(frozenset(), NOTHING): _Path(0.0, ())}
    for number, (atom, values) in enumerate(zip(atoms, scores, strict=True)):
        cost = _join_cost(atoms[number - 1], atom) if number else _JOIN_COST["line"]
        following: dict[tuple[frozenset[str], str], _Path] = {}
        for (used, last), path in paths.items():
            for label in (*values, NOTHING):
                step = _step(cost, label, last, used, values)
                if step is None:
                    continue
                key = (used if label == NOTHING else used | {label}, label)
                total = path.score + step + (wanted.get(label, 0.0) if label not in used else 0.0)
                if key not in following or total > following[key].score:
                    following[key] = _Path(total, (*path.labels, label))
        paths = following
    return max(paths.values(), key=lambda path: path.score).labels


def _join_cost(first: Atom, second: Atom) -> float:
    """Return what it costs to take two atoms as one value: little at a comma, much where the type changes."""
    return _JOIN_COST[second.joint] + (_TYPE_CHANGE_COST if first.is_bold != second.is_bold else 0.0)


def _step(cost: float, label: str, last: str, used: frozenset[str], values: Mapping[str, float]) -> float | None:
    """Return the score of giving one more atom a label; None where that would make two values of one label."""
    if label == NOTHING:
        return 0.0
    if label not in used:
        return values[label] + (_FRESH_START if cost > _JOIN_COST["comma"] else 0.0)
    if label != last:
        return None
    # A further piece of one value adds less than a value of its own: else long readings always win.
    return 0.5 * min(values[label], 1.5) - cost
