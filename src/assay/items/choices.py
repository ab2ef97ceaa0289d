"""Closed lists of this package."""

from django.db.models import TextChoices


class VersionState(TextChoices):
    """How far a version of a task is. Only a published one is given to candidates."""

    PROVING = "proving", "Being proved"
    FAULTY = "faulty", "Does not prove itself"
    PROVEN = "proven", "Proved"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class VariantState(TextChoices):
    """How far the hidden part for one seed is."""

    PREPARING = "preparing", "Being prepared"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be prepared"
