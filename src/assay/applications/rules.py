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
    """Yield the states that an application in ``state`` may go to: the next ones in the order of the board, then back.

    The first one is what a menu offers, and nobody should go back by accident.
    """
    order = list(S)
    allowed = [target for target in order if may_move(before=state, after=target)]
    return sorted(allowed, key=lambda target: order.index(target) < order.index(S(state)))
