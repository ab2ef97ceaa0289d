"""Who may do what to a role. A hiring manager's part is theirs in *these* roles, not in all."""

from collections.abc import Collection

from assay.accounts.choices import MemberKind
from assay.accounts.rules import HasKinds, may_recruit
from assay.roles.choices import RoleDuty


def may_see_role(*, member: HasKinds, duties: Collection[str]) -> bool:
    """Recruiters and administrators see every role of the organisation; others the roles they have a duty in."""
    return may_recruit(member) or bool(duties)


def may_edit_role(*, member: HasKinds, duties: Collection[str]) -> bool:
    """Change what a role asks for, open or close it."""
    return may_recruit(member) or (RoleDuty.HIRING_MANAGER in duties and member.is_any(MemberKind.HIRING_MANAGER))


def may_see_applicants(*, member: HasKinds, duties: Collection[str]) -> bool:
    """See who applied: recruiters, administrators and the role's hiring managers."""
    return may_edit_role(member=member, duties=duties)
