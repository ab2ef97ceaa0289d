"""Grading every hand-in of a task anew: what would move is shown before it counts, and both results are kept."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from assay.accounts.models import Member, Organisation
from assay.assessments.choices import RegradeState, ScoreState
from assay.assessments.models import HandIn, Regrade, Score
from assay.assessments.scoring import ask_score, sync_observations
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.items.models import TaskVersion
from assay.items.services import variant_for


class Move(NamedTuple):
    """One hand-in under a regrade: its share of the points before and after; None where there is none yet."""

    hand_in: HandIn
    before: float | None
    after: float | None
    problem: str

    @property
    def difference(self) -> float:
        """How far it moves, in shares of the points; 0 where one of the two is missing."""
        return 0.0 if self.before is None or self.after is None else self.after - self.before


def start_regrade(
    *, organisation: Organisation, version: TaskVersion, reason: str, member: Member, now: datetime
) -> Regrade:
    """Grade all of the organisation's hand-ins to this task against ``version``, in the background.

    Raises
    ------
    InvalidError
        No reason was given, or nobody handed anything in.
    """
    if not reason.strip():
        message = "Say why it is graded anew: it is kept with the results."
        raise InvalidError(message)
    hand_ins = HandIn.objects.select_related("attempt__variant").filter(
        attempt__sitting__organisation=organisation,
        attempt__version__task_id=version.task_id,
        attempt__is_practice=False,
    )
    if not hand_ins:
        message = "Nobody has handed anything in to this task yet."
        raise InvalidError(message)
    with transaction.atomic():
        regrade = Regrade.objects.create(
            organisation=organisation, version=version, reason=reason.strip()[:500], created_by=member, created_at=now
        )
        for hand_in in hand_ins:
            variant = variant_for(version=version, seed=hand_in.attempt.variant.seed, now=now)
            score = ask_score(hand_in=hand_in, variant=variant, now=now, regrade=regrade)
            if score.regrade_id is not None and score.regrade_id != regrade.pk and not score.is_current:
                Score.objects.filter(pk=score.pk).update(regrade=regrade)
        _record(regrade, "regrade.started", now, member, hand_ins=len(hand_ins))
    return regrade


def moves_of(*, regrade: Regrade) -> list[Move]:
    """Yield every hand-in under a regrade, the one that moves farthest first."""
    scores = Score.objects.filter(regrade=regrade).select_related(
        "hand_in__attempt__sitting__application__person", "hand_in__attempt__version"
    )
    current = dict(
        Score.objects.filter(
            hand_in__in=[score.hand_in_id for score in scores], is_current=True
        ).values_list("hand_in", "share")
    )  # fmt: skip
    found = [Move(one.hand_in, current.get(one.hand_in_id), one.share, one.problem) for one in scores]
    return sorted(found, key=lambda one: (-abs(one.difference), one.hand_in.pk))


def apply_regrade(*, regrade: Regrade, member: Member, now: datetime) -> int:
    """Let the new results count; yield how many hand-ins moved. The old ones stay to be seen.

    Raises
    ------
    ConflictError
        Some are still being graded, or it was applied or dropped already.
    """
    with transaction.atomic():
        locked = _running(regrade)
        scores = list(Score.objects.select_related("hand_in__attempt__sitting").filter(regrade=locked))
        if any(score.state == ScoreState.WAITING for score in scores):
            message = "Some hand-ins are still being graded. Nothing was changed; try again when all are done."
            raise ConflictError(message)
        done = [score for score in scores if score.state == ScoreState.DONE]
        for score in done:
            Score.objects.filter(hand_in=score.hand_in, is_current=True).update(is_current=False)
            Score.objects.filter(pk=score.pk).update(is_current=True)
        moved = sum(sync_observations(attempt=score.hand_in.attempt, now=now) > 0 for score in done)
        locked.state, locked.applied_at = RegradeState.APPLIED, now
        locked.save(update_fields=["state", "applied_at"])
        _record(locked, "regrade.applied", now, member, hand_ins=len(done), moved=moved)
    return moved


def drop_regrade(*, regrade: Regrade, member: Member, now: datetime) -> None:
    """Leave everything as it was; the results stay to be seen."""
    with transaction.atomic():
        locked = _running(regrade)
        locked.state = RegradeState.DROPPED
        locked.save(update_fields=["state"])
        _record(locked, "regrade.dropped", now, member)


def _running(regrade: Regrade) -> Regrade:
    locked = Regrade.objects.select_for_update().get(pk=regrade.pk)
    if locked.state != RegradeState.RUNNING:
        message = f"This regrade was {locked.get_state_display().lower()} already."
        raise ConflictError(message)
    return locked


def _record(regrade: Regrade, kind: str, now: datetime, member: Member, **facts: object) -> None:
    record(
        organisation=regrade.organisation, kind=kind, subject_type="regrade", subject_ref=regrade.ref, now=now,
        member=member, facts={"version": regrade.version.ref, "reason": regrade.reason, **facts},
    )  # fmt: skip
