"""Closed lists of this package."""

from django.db.models import TextChoices


class WorkKind(TextChoices):
    """What a candidate shows."""

    ADDRESS = "address", "Git repository on the web"
    UPLOAD = "upload", "Bundle, archive or notebook"
    PAPER = "paper", "Paper (DOI or arXiv)"
    CARD = "card", "Model or data-set card"
    DEMO = "demo", "Something that runs on the web"
    PRIVATE = "private", "Work that cannot be shown"


READ_KINDS = frozenset({WorkKind.ADDRESS, WorkKind.UPLOAD})
"""What is read by machine; the others are for people alone."""


class WorkState(TextChoices):
    """How far the reading is."""

    WAITING = "waiting", "Waiting to be read"
    READ = "read", "Read"
    UNREADABLE = "unreadable", "Could not be read"
    SHOWN = "shown", "Shown to people, not read by machine"
    TAKEN_BACK = "taken_back", "Taken back by the candidate"


class Aspect(TextChoices):
    """What a person rates after looking at the work itself."""

    REAL = "real", "Real data and a real problem"
    DEPTH = "depth", "Depth of the own part"
    CARE = "care", "Care: tests, evaluation, documentation"
    USE = "use", "Was it brought into use"


ANCHORS = {
    Aspect.REAL: ("A course's exercise", "A public data set, its task as given", "An own question on public data",
                  "Data gathered or joined by themselves", "Somebody's real problem, with what data never tell"),
    Aspect.DEPTH: ("Calls what others made", "Puts parts together", "Changes parts with reasons",
                   "Builds the core, and says why so", "Goes beyond what was known, and shows it"),
    Aspect.CARE: ("One would not dare to change it", "Runs once, somehow", "Somebody else can run it again",
                  "Tests and evaluation that would find a fault", "Limits measured and told, faults mended openly"),
    Aspect.USE: ("Stayed on one machine", "Shown to others", "Others run it", "In use, with care for what breaks",
                 "In use, watched, and bettered by what was seen"),
}  # fmt: skip
"""Of each aspect what 1 to 5 look like."""
