"""Who may do what in the bank."""

from assay.accounts.choices import MemberKind
from assay.accounts.rules import HasKinds


def may_browse(member: HasKinds) -> bool:
    """See which tasks there are and read them, solutions included."""
    return member.is_any(MemberKind.ADMINISTRATOR, MemberKind.RECRUITER, MemberKind.HIRING_MANAGER)


def may_author(member: HasKinds) -> bool:
    """Add, publish and retire the organisation's own tasks."""
    return may_browse(member)
