"""Which other hand-ins of a task a hand-in resembles: a prompt for a person, with the base rate beside it."""

from statistics import median
from typing import NamedTuple

from assay.assessments.models import Attempt, HandIn
from assay.grading.model import Files
from assay.items.folders import task_of, unpacked_files
from assay.science.similarity import CopyIndex, Fingerprints, containment, fingerprints_of_text

MOST_COMPARED = 300
"""The newest hand-ins of a task."""
LEAST = 0.6
LEAST_SHARED = 4
"""Shared fingerprints below which a share says nothing: whoever solves a short task writes some lines alike."""
LANGUAGES = {"r": "R", "java": "Java", "scala": "Scala", "sql": "SQL", "postgres": "SQL"}


class Likeness(NamedTuple):
    """Another hand-in with much of this one in it."""

    hand_in: HandIn
    share: float
    """Of this hand-in's fingerprints that also stand in the other one, 0 to 1, given code left out."""
    usual: float
    """The median share between two hand-ins of this task: what is ordinary here."""
    compared: int


def alike(*, attempt: Attempt) -> list[Likeness]:
    """Yield the hand-ins of other people to the same task that hold most of this one, the most alike first.

    Only within the organisation. Languages that are not told apart are read as text of braces and names.
    """
    own = attempt.hand_ins.filter(counts=True).first()
    if own is None:
        return []
    language = LANGUAGES.get(attempt.version.runtime, "Python")
    others = {
        one.ref: one
        for one in HandIn.objects.select_related("attempt__sitting__application__person")
        .filter(
            counts=True,
            attempt__sitting__organisation=attempt.sitting.organisation_id,
            attempt__version__task=attempt.version.task_id,
            attempt__is_practice=False,
        )
        .exclude(attempt__sitting__application__person=attempt.sitting.application.person_id)
        .order_by("-at")[:MOST_COMPARED]
    }
    given = _prints(task_of(attempt.version).starter, language)
    sources = {ref: _prints(unpacked_files(one.files), language) for ref, one in others.items()}
    part = _prints(unpacked_files(own.files), language)
    shares = [containment(part=part, whole=prints, base=given.hashes) or 0.0 for prints in sources.values()]
    # Idioms are not left out: what everybody writes raises the usual share, which stands beside the found one.
    index = CopyIndex(sources=sources.items(), base=given.hashes, common=MOST_COMPARED)
    return [
        Likeness(others[match.source], match.containment, median(shares), len(shares))
        for match in index.matches(part=part, least=LEAST, least_shared=LEAST_SHARED)
    ]


def _prints(files: Files, language: str) -> Fingerprints:
    text = "\n".join(files[name].decode("utf-8", "replace") for name in sorted(files))
    return fingerprints_of_text(text=text, language=language)
