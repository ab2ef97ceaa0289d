"""Closed lists of this package."""

from django.db.models import TextChoices


class VoteChoice(TextChoices):
    """What one person thinks, before they know what others think."""

    HIRE = "hire", "Hire"
    DECLINE = "decline", "Do not hire"
    UNSURE = "unsure", "Not enough is known"


class Majority(TextChoices):
    """How the votes of people are counted by a rule."""

    MORE = "more", "More votes for hiring than against"
    ALL = "all", "Nobody votes against, and somebody votes for"


class Said(TextChoices):
    """What a registered rule says of one candidate. It decides nothing."""

    HIRE = "hire", "Make an offer"
    DECLINE = "decline", "Decline"
    NOT_ENOUGH = "not_enough", "Gather more evidence first"


class Outcome(TextChoices):
    """What people decided."""

    OFFER = "offer", "Make an offer"
    DECLINE = "decline", "Decline"


class Right(TextChoices):
    """What a candidate may ask for at any time, also after the answer."""

    REVIEW = "review", "A person looks at it again"
    CORRECTION = "correction", "Something about me is wrong"
    ERASURE = "erasure", "Delete what you keep about me"


class RequestState(TextChoices):
    """Where a candidate's request stands."""

    OPEN = "open", "Waits for an answer"
    GRANTED = "granted", "Done"
    REFUSED = "refused", "Not done"


class OfferState(TextChoices):
    """Where an offer stands."""

    WAITING = "waiting", "Waits for approval"
    REFUSED = "refused", "Not approved"
    SENT = "sent", "Sent"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Taken back"


class ApprovalState(TextChoices):
    """What one approver said."""

    PENDING = "pending", "Not asked yet, or not answered"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Not approved"


class PayPeriod(TextChoices):
    """For which time an amount is paid."""

    YEAR = "year", "a year"
    MONTH = "month", "a month"
    DAY = "day", "a day"
    HOUR = "hour", "an hour"
