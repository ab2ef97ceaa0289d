"""Closed lists of this package."""

from django.db.models import IntegerChoices, TextChoices


class RunState(TextChoices):
    """Where a run is."""

    QUEUED = "queued", "Waiting for a runner"
    LEASED = "leased", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Given up: our fault"


class Priority(IntegerChoices):
    """Who is served first."""

    WATCHED = 0, "Somebody looks at the screen"
    GRADING = 10, "A hand-in"
    BACKGROUND = 20, "Preparing, proving, regrading"
