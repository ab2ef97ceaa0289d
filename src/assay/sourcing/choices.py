"""Closed lists of this package."""

from django.db.models import TextChoices


class ImportState(TextChoices):
    """How far an import is."""

    RECEIVING = "receiving", "Receiving files"
    READING = "reading", "Reading"
    DONE = "done", "Done"
    CANCELLED = "cancelled", "Cancelled"


class ItemState(TextChoices):
    """How far one file of an import is."""

    WAITING = "waiting", "Waiting"
    READ = "read", "Read"
    KNOWN = "known", "Already here"
    UNREADABLE = "unreadable", "Could not be read"
    UNPACKED = "unpacked", "Unpacked"
    CANCELLED = "cancelled", "Cancelled"


class ChannelKind(TextChoices):
    """What sort of way a channel is."""

    CAREER_SITE = "career_site", "Career site"
    REFERRAL = "referral", "Referral"
    JOB_BOARD = "job_board", "Job board"
    AGENCY = "agency", "Agency"
    EVENT = "event", "Event"
    DIRECT = "direct", "Direct approach"
    OTHER = "other", "Other"
