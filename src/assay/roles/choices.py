"""Closed lists of this package."""

from django.db.models import TextChoices


class RoleState(TextChoices):
    """Where a role stands."""

    DRAFT = "draft", "Draft"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class RoleDuty(TextChoices):
    """What a member does for one role."""

    HIRING_MANAGER = "hiring_manager", "Hiring manager"
    INTERVIEWER = "interviewer", "Interviewer"
