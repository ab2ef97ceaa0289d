"""Who may do what, as pure predicates over a member; what depends on a role lies in `roles.rules`."""

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member


def may_administer(member: Member) -> bool:
    """Members, settings, sign-in."""
    return member.is_any(MemberKind.ADMINISTRATOR)


def may_recruit(member: Member) -> bool:
    """Import people, run pipelines, see every role of the organisation."""
    return member.is_any(MemberKind.RECRUITER, MemberKind.ADMINISTRATOR)


def may_define_roles(member: Member) -> bool:
    """Create a role; whoever creates one manages it."""
    return member.is_any(MemberKind.RECRUITER, MemberKind.ADMINISTRATOR, MemberKind.HIRING_MANAGER)


def may_audit(member: Member) -> bool:
    """Read the audit trail."""
    return member.is_any(MemberKind.AUDITOR, MemberKind.ADMINISTRATOR)
