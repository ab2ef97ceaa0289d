"""Who may change an organisation's own competencies, as pure predicates."""

from collections.abc import Collection

from assay.accounts.models import Member
from assay.accounts.rules import may_define_roles, may_recruit


def may_add_competency(member: Member) -> bool:
    """Whoever defines roles may add what the map lacks for them; it is in the whole organisation's map at once."""
    return may_define_roles(member)


def may_change_competency(member: Member, *, authors: Collection[int | None]) -> bool:
    """Tell who may write another version: recruiters of any, and whoever wrote all that there is of it until now.

    ``authors`` are the members' primary keys, None for one who is gone. Roles of others may rest on the words of a
    competency, so a hiring manager changes none that somebody else had a part in.
    """
    return may_recruit(member) or (may_add_competency(member) and set(authors) == {member.pk})
