"""What of the candidate's code also stands in work that it was compared with."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from assay.repositories.caps import Caps
from assay.repositories.code.units import Unit, unit_of
from assay.repositories.leftout import ANALYSED, is_left_out_by_name, language_of
from assay.repositories.model import Copy, Place
from assay.repositories.origin.bring import bring
from assay.repositories.tree import Entry, read_blobs, read_tree
from assay.science.similarity import CopyIndex, Fingerprints, fingerprints_of_text

LEAST_SHARE = 0.2
LEAST_SHARED = 8
"""Shared fingerprints below which a share of a small file is chance."""
_PLACES_SHOWN = 3


class Compared(NamedTuple):
    """Copies that were found, and how much of the candidate's fingerprints stands elsewhere, 0 to 1."""

    copies: tuple[Copy, ...]
    share: float


class Known(NamedTuple):
    """Work to compare with."""

    sources: tuple[tuple[str, Fingerprints], ...]
    starter: frozenset[int]


def known_work(*, against: Sequence[str], starters: Sequence[str], folder: Path, caps: Caps) -> Known:
    """Read the works to compare with, and the code that everybody was given. Raises `RepositoryError`."""
    sources: list[tuple[str, Fingerprints]] = []
    for number, origin in enumerate(against):
        name = Path(origin).name or origin
        units = _units(origin, folder / f"against-{number}", caps)
        sources += [(f"{name}: {unit.path}", _prints(unit)) for unit in units]
    starter: set[int] = set()
    for number, origin in enumerate(starters):
        for unit in _units(origin, folder / f"starter-{number}", caps):
            starter |= _prints(unit).hashes
    return Known(tuple(sources), frozenset(starter))


def compare(*, units: Sequence[Unit], known: Known) -> Compared:
    """Yield the copies among the candidate's files, the largest first."""
    if not known.sources:
        return Compared((), 0.0)
    index = CopyIndex(sources=known.sources, base=known.starter)
    copies: list[Copy] = []
    total, shared = 0, 0.0
    for unit in units:
        if unit.language not in ANALYSED or not unit.own:
            continue
        part = _prints(_own_only(unit))
        size = len(part.hashes - index.base)
        total += size
        matches = index.matches(part=part, least=LEAST_SHARE, least_shared=LEAST_SHARED)
        if not matches:
            continue
        best = matches[0]
        shared += best.containment * size
        copies.append(
            Copy(path=unit.path, source=best.source, containment=best.containment, places=_places(unit, best.lines))
        )
    copies.sort(key=lambda copy: (-copy.containment, copy.path))
    return Compared(tuple(copies), shared / total if total else 0.0)


def _own_only(unit: Unit) -> Unit:
    """Blank the lines of others, so that the places stay what they are."""
    return unit._replace(lines=tuple(line if number in unit.own else "" for number, line in enumerate(unit.lines, 1)))


def _prints(unit: Unit) -> Fingerprints:
    return fingerprints_of_text(text=unit.text, language=unit.language)


def _places(unit: Unit, lines: Sequence[int]) -> tuple[Place, ...]:
    step = max(1, len(lines) // _PLACES_SHOWN)
    return tuple(unit.place(line) for line in lines[::step][:_PLACES_SHOWN])


def _units(origin: str, target: Path, caps: Caps) -> list[Unit]:
    git = bring(origin=origin, target=target, caps=caps).git
    entries = [entry for entry in read_tree(git=git, commit="HEAD", caps=caps).entries if _is_compared(entry, caps)]
    blobs = read_blobs(git=git, blobs=[entry.blob for entry in entries])
    found = []
    for entry in entries:
        data = blobs[entry.blob]
        unit = unit_of(path=entry.path, language=language_of(entry.path), data=data, own=frozenset())
        if unit is not None:
            found.append(unit)
    return found


def _is_compared(entry: Entry, caps: Caps) -> bool:
    is_small = entry.size <= caps.blob_bytes
    return language_of(entry.path) in ANALYSED and is_small and not is_left_out_by_name(entry.path)
