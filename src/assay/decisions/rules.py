"""Who may do what, as pure predicates."""

from collections.abc import Collection

from assay.accounts.choices import MemberKind
from assay.accounts.rules import HasKinds
from assay.roles.choices import RoleDuty


def may_decide(*, member: HasKinds, duties: Collection[str]) -> bool:
    """Decide on a candidate: the role's hiring managers, and nobody else, whatever they administer."""
    return RoleDuty.HIRING_MANAGER in duties and member.is_any(MemberKind.HIRING_MANAGER)


def may_vote(*, member: HasKinds, duties: Collection[str], has_rated: bool) -> bool:
    """Vote: the role's hiring managers, and whoever handed in a scorecard that counts."""
    return may_decide(member=member, duties=duties) or (has_rated and member.is_any(*MemberKind))
