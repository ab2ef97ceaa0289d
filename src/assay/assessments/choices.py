"""Closed lists of this package."""

from django.db.models import TextChoices


class SittingState(TextChoices):
    """Where an invitation to be assessed is."""

    INVITED = "invited", "Invited"
    BEGUN = "begun", "Begun"
    ENDED = "ended", "Ended"
    CANCELLED = "cancelled", "Cancelled"


class AttemptState(TextChoices):
    """Where one task of a sitting is."""

    WAITING = "waiting", "Not begun"
    RUNNING = "running", "Being worked on"
    HANDED_IN = "handed_in", "Handed in"
    TIMED_OUT = "timed_out", "Time ran out"


class Via(TextChoices):
    """How a hand-in came."""

    EDITOR = "editor", "From the editor"
    UPLOAD = "upload", "Uploaded"
    PUSH = "push", "Pushed with Git"
    CLOCK = "clock", "As saved last, when the time ran out"


class Feedback(TextChoices):
    """What a candidate sees of the own result."""

    NONE = "none", "That it was received"
    SUMMARY = "summary", "What each part showed"
    FULL = "full", "Every part, test by test"


class ScoreState(TextChoices):
    """Where a grading is."""

    WAITING = "waiting", "Being graded"
    DONE = "done", "Graded"
    FAILED = "failed", "Could not be graded: our fault"


class RegradeState(TextChoices):
    """Where a regrading is."""

    RUNNING = "running", "Running"
    APPLIED = "applied", "Applied"
    DROPPED = "dropped", "Dropped"


class WishState(TextChoices):
    """What became of a wish for other conditions."""

    OPEN = "open", "Open"
    GRANTED = "granted", "Granted"
    DECLINED = "declined", "Declined"
