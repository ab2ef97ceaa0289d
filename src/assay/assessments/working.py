"""What a candidate does: start, save, hand in. A second click, a second tab or a lost network loses nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from assay.assessments.choices import AttemptState, SittingState, Via
from assay.assessments.models import Attempt, HandIn, Outage, Pulse, Save, Sitting
from assay.assessments.rules import OUTAGE_FROM, Span, allowed, is_over, lost_s, may_work
from assay.assessments.scoring import ask_score
from assay.assessments.services import require_open
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.core.outages import tell_outage
from assay.grading.folder import digest_of
from assay.grading.model import Files
from assay.items.choices import VariantState
from assay.items.folders import packed_files, task_of, unpacked_files
from assay.items.services import prepare_again

MOST_EDITOR_BYTES = 2 * 2**20
"""All files of an attempt in the editor together."""
MOST_UPLOAD_BYTES = 32 * 2**20
MOST_FILES = 200
MOST_EVENTS = 500
"""Told with one save; an editor saves every few seconds."""


class NotReadyError(ConflictError):
    """The data of this candidate are still being made, or could not be made."""


class TwoTabsError(ConflictError):
    """Another tab or device saved after what this one saw."""


class OverError(ConflictError):
    """The time ran out, or it was handed in."""


def start_attempt(*, attempt: Attempt, now: datetime) -> Attempt:
    """Start the clock of a task. Starting it twice is starting it once.

    Raises
    ------
    NotReadyError
        Its data are not ready; no clock runs.
    SittingClosedError
    """
    with transaction.atomic():
        locked = _locked(attempt)
        if locked.state != AttemptState.WAITING:
            return locked
        require_open(locked.sitting, now)
        _require_ready(locked)
        locked.state, locked.started_at = AttemptState.RUNNING, now
        if not locked.is_practice:
            percent = locked.sitting.extra_time_percent
            locked.ends_at = now + allowed(minutes=locked.version.minutes, extra_time_percent=percent)
        locked.save(update_fields=["state", "started_at", "ends_at"])
        files = task_of(locked.version).starter
        Save.objects.create(attempt=locked, revision=0, files=packed_files(files), at=now)
        _record(locked, "attempt.started", now)
    return locked


def save_files(
    *,
    attempt: Attempt,
    seen_revision: int,
    files: Files,
    events: Sequence[dict[str, Any]] = (),
    tab: str = "",
    now: datetime,
) -> Save:
    """Keep the files as they stand; yield the newest save, which is an earlier one where nothing changed.

    Raises
    ------
    TwoTabsError
        Somebody saved since ``seen_revision`` from another tab. What this tab sent is kept in the history as well.
    OverError
        The time is over; what was sent is kept in the history.
    InvalidError
        Too much, or a name that cannot be.
    """
    check_files(files, most_bytes=MOST_EDITOR_BYTES)
    with transaction.atomic():
        locked = _locked(attempt)
        latest = locked.saves.order_by("-revision").first()
        if latest is None:
            message = "This task was not begun."
            raise InvalidError(message)
        told = [dict(event) for event in events[:MOST_EVENTS]]
        is_conflict = latest.revision != seen_revision and latest.tab != tab
        refused = _refusal_to_save(locked, is_conflict=is_conflict, now=now)
        if refused is None and not told and unpacked_files(latest.files) == files:
            return latest
        kept = Save.objects.create(
            attempt=locked, revision=latest.revision + 1, tab=tab[:40], at=now,
            files=latest.files if refused else packed_files(files),
            events=[*told, _aside(files)] if refused else told,
        )  # fmt: skip
    if refused is not None:
        raise refused
    return kept


def hand_in(*, attempt: Attempt, files: Files, via: Via, said: str = "", now: datetime) -> HandIn:
    """Hand files in; graded from then on. The same files handed in again are the same hand-in.

    After the deadline it is kept and marked as late: a person decides whether it counts.

    Raises
    ------
    OverError
        Something else was handed in before, in time and by the candidate.
    """
    check_files(files, most_bytes=MOST_UPLOAD_BYTES)
    digest = digest_of(files)
    with transaction.atomic():
        locked = _locked(attempt)
        there = locked.hand_ins.filter(digest=digest, via=via).first()
        if there is not None:
            return there
        if locked.state == AttemptState.HANDED_IN:
            message = "You handed this task in already; that hand-in stands."
            raise OverError(message)
        if locked.state == AttemptState.WAITING:
            message = "This task was not begun."
            raise InvalidError(message)
        is_late = locked.state == AttemptState.TIMED_OUT or is_over(ends_at=locked.ends_at, now=now)
        if is_late and locked.state == AttemptState.RUNNING:
            close_at_deadline(attempt=locked, now=now)
        made = HandIn.objects.create(
            attempt=locked, files=packed_files(files), digest=digest, via=via, said=said.strip()[:1000], at=now,
            is_late=is_late, counts=None if is_late else True,
        )  # fmt: skip
        if not is_late:
            _end(locked, AttemptState.HANDED_IN, now)
        _record(locked, "attempt.handed_in", now, hand_in=made.ref, late=is_late, via=via, digest=digest)
        ask_score(hand_in=made, variant=locked.variant, now=now)
    return made


def close_at_deadline(*, attempt: Attempt, now: datetime) -> None:
    """End an attempt whose time ran out with what was saved last; in the caller's transaction, the row locked."""
    latest = attempt.saves.order_by("-revision").first()
    _end(attempt, AttemptState.TIMED_OUT, attempt.ends_at or now)
    if latest is None or latest.revision == 0:
        _record(attempt, "attempt.timed_out", now, kept=False)
        return
    files = unpacked_files(latest.files)
    made = HandIn.objects.create(
        attempt=attempt, files=latest.files, digest=digest_of(files), via=Via.CLOCK, at=attempt.ends_at or now,
        is_late=False, counts=True,
    )  # fmt: skip
    _record(attempt, "attempt.timed_out", now, kept=True, hand_in=made.ref)
    ask_score(hand_in=made, variant=attempt.variant, now=now)


def close_overdue(*, now: datetime) -> int:
    """End every attempt whose time ran out; yield how many."""
    overdue = Attempt.objects.filter(state=AttemptState.RUNNING, ends_at__lt=now).values_list("pk", flat=True)
    closed = 0
    for pk in list(overdue):
        ended = close_if_over(attempt=Attempt.objects.get(pk=pk), now=now)
        closed += ended.state != AttemptState.RUNNING
    return closed


def close_if_over(*, attempt: Attempt, now: datetime) -> Attempt:
    """Yield an attempt as it stands, ended where its time ran out."""
    if attempt.state != AttemptState.RUNNING or not is_over(ends_at=attempt.ends_at, now=now):
        return attempt
    with transaction.atomic():
        locked = _locked(attempt)
        if locked.state == AttemptState.RUNNING and is_over(ends_at=locked.ends_at, now=now):
            close_at_deadline(attempt=locked, now=now)
    return locked


def note_pulse(*, now: datetime) -> Outage | None:
    """Note that the site lives; where it was silent before, give the time back to everybody whose clock ran."""
    with transaction.atomic():
        pulse, is_new = Pulse.objects.select_for_update().get_or_create(pk=1, defaults={"at": now})
        silence = Span(pulse.at, now)
        if is_new or now <= pulse.at:
            return None
        pulse.at = now
        pulse.save(update_fields=["at"])
        if silence.end - silence.start < OUTAGE_FROM:
            return None
        outage = Outage.objects.create(started_at=silence.start, ended_at=silence.end)
        running = Attempt.objects.select_for_update().filter(state=AttemptState.RUNNING, ends_at__gt=silence.start)
        for attempt in running.select_related("sitting__organisation", "sitting__application"):
            assert attempt.started_at is not None  # noqa: S101 -- a constraint, for the type checker
            assert attempt.ends_at is not None  # noqa: S101 -- the filter above, for the type checker
            give_back(attempt=attempt, now=now, seconds=lost_s(
                working=Span(attempt.started_at, attempt.ends_at), outage=silence))  # fmt: skip
        tell_outage(started_at=silence.start, ended_at=silence.end)
    return outage


def give_back(*, attempt: Attempt, seconds: int, now: datetime) -> None:
    """Give a running attempt time back that our fault cost; in the caller's transaction."""
    if seconds <= 0 or attempt.ends_at is None:
        return
    attempt.given_back_s += seconds
    attempt.ends_at += timedelta(seconds=seconds)
    attempt.save(update_fields=["given_back_s", "ends_at"])
    _record(attempt, "attempt.time_given_back", now, seconds=seconds)


def check_files(files: Files, *, most_bytes: int) -> None:
    """Raise `InvalidError` for files that no attempt may hold: too many, too large, or names that lead elsewhere."""
    if len(files) > MOST_FILES:
        message = f"At most {MOST_FILES} files. Nothing was changed."
        raise InvalidError(message)
    if sum(map(len, files.values())) > most_bytes:
        message = f"Your files are larger than {most_bytes // 2**20} MiB together. Nothing was changed."
        raise InvalidError(message)
    for name in files:
        parts = name.split("/")
        if not name or len(name) > 200 or not name.isprintable() or {"", ".", ".."} & set(parts) or "\\" in name:
            message = f"“{name[:60]}” cannot be the name of a file here. Nothing was changed."
            raise InvalidError(message)


def _refusal_to_save(attempt: Attempt, *, is_conflict: bool, now: datetime) -> ConflictError | None:
    if not may_work(attempt.state) or is_over(ends_at=attempt.ends_at, now=now):
        return OverError("The time for this task is over. What you had saved before was handed in for you.")
    if is_conflict:
        return TwoTabsError("This task is open in another tab, which saved after this one. Your text here is kept.")
    return None


def _aside(files: Files) -> dict[str, Any]:
    """Yield an event that keeps files which did not become the newest state."""
    return {"kind": "set_aside", "files": {name: text.decode("utf-8", "replace") for name, text in files.items()}}


def _require_ready(attempt: Attempt) -> None:
    if attempt.variant.state == VariantState.READY:
        return
    if attempt.variant.state == VariantState.FAILED:
        prepare_again(variant=attempt.variant)
    message = "The data for this task are still being made. Try again in a minute; your clock has not started."
    raise NotReadyError(message)


def _end(attempt: Attempt, state: AttemptState, at: datetime) -> None:
    attempt.state, attempt.ended_at = state, at
    attempt.save(update_fields=["state", "ended_at"])
    left = Attempt.objects.filter(sitting=attempt.sitting, is_practice=False, ended_at=None)
    if not attempt.is_practice and not left.exists():
        Sitting.objects.filter(pk=attempt.sitting_id, state=SittingState.BEGUN).update(
            state=SittingState.ENDED, ended_at=at
        )


def _locked(attempt: Attempt) -> Attempt:
    return (
        Attempt.objects.select_for_update(of=("self",))
        .select_related("sitting__organisation", "sitting__application", "version__task", "variant")
        .get(pk=attempt.pk)
    )


def _record(attempt: Attempt, kind: str, now: datetime, **facts: object) -> None:
    sitting = attempt.sitting
    record(
        organisation=sitting.organisation, kind=kind, subject_type="attempt", subject_ref=attempt.ref, now=now,
        actor="candidate", facts={"application": sitting.application.ref, **facts},
    )  # fmt: skip
