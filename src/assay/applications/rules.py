"""Which change of state is allowed."""

from assay.applications.choices import ApplicationState as S

ACTIVE = (S.NEW, S.SCREENING, S.ASSESSMENT, S.INTERVIEW, S.DECISION, S.OFFER)
ENDED = (S.HIRED, S.REJECTED, S.WITHDRAWN)


def may_move(*, before: str, after: str) -> bool:
    """Tell whether an application may go from one state to another.

    Between running states in any order, since real courses go back too; hired only from an offer; an application that
    ended may be taken up again in screening, with everything that happened before still on record.
    """
    if before == after:
        return False
    if before in ACTIVE:
        return after in ACTIVE or after in {S.REJECTED, S.WITHDRAWN} or (before == S.OFFER and after == S.HIRED)
    return before in {S.REJECTED, S.WITHDRAWN} and after == S.SCREENING


def targets_of(state: str) -> list[S]:
    """Yield the states that an application in ``state`` may go to, in the order of the board."""
    return [target for target in S if may_move(before=state, after=target)]
