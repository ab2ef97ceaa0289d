"""Closed lists of this package."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    """Whether people can still be invited to a test."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class TakingState(TextChoices):
    """Where somebody's test is."""

    INVITED = "invited", "Invited"
    BEGUN = "begun", "Begun"
    ENDED = "ended", "Ended"
    CANCELLED = "cancelled", "Withdrawn"


class Stop(TextChoices):
    """Why a test ended; in the words of `science.irt`."""

    PRECISE = "precise", "Every area is known well enough"
    DECIDED = "decided", "No further answer would change what the role asks to know"
    LENGTH = "length", "In each area the questions were asked, or enough was known before"
    TIME = "time", "The time was over"
    EXHAUSTED = "exhausted", "No fitting question was left"


class Feedback(TextChoices):
    """What a candidate sees of the own result."""

    SUMMARY = "summary", "Each area in words, and what to learn next"
    NONE = "none", "That it was received"


class WishState(TextChoices):
    """What became of a wish for other conditions."""

    NONE = "none", "None"
    OPEN = "open", "Open"
    GRANTED = "granted", "Granted"
    DECLINED = "declined", "Declined"


class FamilyState(TextChoices):
    """Whether an organisation's tests draw on an item family."""

    RETIRED = "retired", "Not asked any more"
    RESTORED = "restored", "Asked again"
