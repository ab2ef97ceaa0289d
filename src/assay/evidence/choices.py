"""Closed lists of this package."""

from django.db.models import TextChoices


class DocumentState(TextChoices):
    """How far the reading of a document is."""

    WAITING = "waiting", "Waiting"
    READ = "read", "Read"
    UNREADABLE = "unreadable", "Could not be read"


class SourceKind(TextChoices):
    """Where an observation comes from; the measurement model of each lies in content/sources."""

    CLAIM = "claim", "Claim"
    YEARS = "years", "Years of use"
    TEST_ITEM = "test_item", "Test item"
    EXERCISE = "exercise", "Exercise"
    WORK_SAMPLE = "work_sample", "Work sample"
    PORTFOLIO = "portfolio", "Portfolio"
    INTERVIEW = "interview", "Structured interview"
    REFERENCE = "reference", "Reference"
