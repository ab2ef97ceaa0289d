"""Jobs of this package."""

from assay.assessments import scoring, tryouts, viva, working
from assay.core.clock import now
from assay.core.jobs import every_minute, task


@task()
def finish_tryout(tryout_ref: str) -> None:
    """Read a run of the visible tests."""
    tryouts.finish(tryout_ref=tryout_ref, now=now())


@task()
def finish_score(score_ref: str) -> None:
    """Mark a hand-in."""
    scoring.finish(score_ref=score_ref, now=now())


@task()
def finish_viva(hand_in_ref: str) -> None:
    """Keep the questions about a hand-in."""
    viva.finish(hand_in_ref=hand_in_ref)


@task()
def request_scores(variant_id: int) -> None:
    """Go on with gradings that waited for a variant."""
    scoring.request_waiting(variant_id=variant_id, now=now())


@every_minute("assay.assessments.close_overdue")
def close_overdue() -> None:
    """End attempts whose time ran out."""
    working.close_overdue(now=now())
