"""Closed lists of this package."""

from django.db.models import TextChoices


class ImportState(TextChoices):
    """How far an import is."""

    RECEIVING = "receiving", "Receiving files"
    READING = "reading", "Reading"
    DONE = "done", "Done"


class ItemState(TextChoices):
    """How far one file of an import is."""

    WAITING = "waiting", "Waiting"
    READ = "read", "Read"
    KNOWN = "known", "Already here"
    UNREADABLE = "unreadable", "Could not be read"
