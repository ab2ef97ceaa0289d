"""Who may do what, as pure predicates over a member; what depends on a role lies in `roles.rules`."""

from typing import Protocol

from assay.accounts.choices import MemberKind


class HasKinds(Protocol):
    """Somebody whose part in an organisation is known: in practice a `models.Member`."""

    def is_any(self, *kinds: MemberKind) -> bool:
        """Tell whether they are active and do one of these."""


def may_administer(member: HasKinds) -> bool:
    """Members, settings, sign-in."""
    return member.is_any(MemberKind.ADMINISTRATOR)


def may_recruit(member: HasKinds) -> bool:
    """Import people, run pipelines, see every role of the organisation."""
    return member.is_any(MemberKind.RECRUITER, MemberKind.ADMINISTRATOR)


def may_define_roles(member: HasKinds) -> bool:
    """Create a role; whoever creates one manages it."""
    return member.is_any(MemberKind.RECRUITER, MemberKind.ADMINISTRATOR, MemberKind.HIRING_MANAGER)


def may_audit(member: HasKinds) -> bool:
    """Read the audit trail."""
    return member.is_any(MemberKind.AUDITOR, MemberKind.ADMINISTRATOR)
