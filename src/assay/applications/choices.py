"""Closed lists of this package."""

from django.db.models import TextChoices


class ApplicationState(TextChoices):
    """Where an application stands; one at a time."""

    NEW = "new", "New"
    SCREENING = "screening", "Screening"
    ASSESSMENT = "assessment", "Assessment"
    INTERVIEW = "interview", "Interview"
    DECISION = "decision", "Decision"
    OFFER = "offer", "Offer"
    HIRED = "hired", "Hired"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RejectionReason(TextChoices):
    """Why; one that a person can be told."""

    MUST_HAVE_MISSING = "must_have_missing", "A must-have is missing"
    OTHERS_STRONGER = "others_stronger", "Others showed stronger evidence"
    LEVEL = "level", "Level does not fit the role"
    PLACE_OR_PERMIT = "place_or_permit", "Place or work permit"
    PAY = "pay", "Pay expectation"
    ROLE_FILLED = "role_filled", "Role filled or closed"
    OTHER = "other", "Other"


class TaskState(TextChoices):
    """Whether a task is done."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
