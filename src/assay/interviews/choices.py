"""Closed lists of this package."""

from django.db.models import TextChoices


class Form(TextChoices):
    """What kind of answer a question asks for."""

    BEHAVIOURAL = "behavioural", "What they did"
    SITUATIONAL = "situational", "What they would do"
    DESIGN = "design", "Design together"
    DEEP_DIVE = "deep_dive", "One project in depth"
    CONCEPT = "concept", "Explain a concept"


class KitState(TextChoices):
    """Whether candidates are interviewed with a kit."""

    DRAFT = "draft", "Draft"
    ACTIVE = "active", "In use"
    RETIRED = "retired", "Replaced"


class InterviewState(TextChoices):
    """Where an interview stands."""

    INVITED = "invited", "To be booked"
    HELD = "held", "Waiting for the interviewer"
    BOOKED = "booked", "Booked"
    DONE = "done", "Took place"
    CANCELLED = "cancelled", "Cancelled"
    NO_SHOW = "no_show", "Candidate did not come"


class SeatState(TextChoices):
    """Whether an interviewer's time is taken by an interview."""

    HELD = "held", "Asked"
    BOOKED = "booked", "Taken"
    RELEASED = "released", "Free again"
