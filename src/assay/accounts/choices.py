"""Closed lists of this package."""

from django.db.models import TextChoices


class MemberKind(TextChoices):
    """What a member does in an organisation; one person may do several."""

    ADMINISTRATOR = "administrator", "Administrator"
    RECRUITER = "recruiter", "Recruiter"
    HIRING_MANAGER = "hiring_manager", "Hiring manager"
    INTERVIEWER = "interviewer", "Interviewer"
    AUDITOR = "auditor", "Auditor"
