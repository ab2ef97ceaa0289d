"""Closed lists of this package."""

from django.db.models import TextChoices


class ContactKind(TextChoices):
    """Ways to reach a person or see their work."""

    EMAIL = "email", "E-mail"
    PHONE = "phone", "Phone"
    LINK = "link", "Link"
    PLACE = "place", "Place"


class PairState(TextChoices):
    """What a person has said of two rows that may be one human."""

    OPEN = "open", "To be decided"
    MERGED = "merged", "Merged"
    DISTINCT = "distinct", "Two people"


class Problem(TextChoices):
    """What a recruiter should look at before trusting a profile."""

    NO_NAME = "no_name", "No name read"
    NO_CONTACT = "no_contact", "No way to reach them"
    HIDDEN_TEXT = "hidden_text", "Hidden text in a document"
    INSTRUCTION = "instruction", "A document gives orders to machines"
    STUFFING = "stuffing", "Keywords are stuffed"
