"""What a candidate does: begin, answer, pause, go on. A second click, a second tab or a lost network loses nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.db import transaction
from django.db.models import F

from assay.core.errors import ConflictError, InvalidError, NotFoundError
from assay.itembank.answers import AnswerError, mark
from assay.itembank.model import Variant
from assay.knowledge.choices import Stop, TakingState
from assay.knowledge.decks import deck_for, variant_of
from assay.knowledge.drawing import Given, Slot, next_question, seed_of_taking, seed_of_variant
from assay.knowledge.models import Asked, Taking
from assay.knowledge.observing import observe
from assay.knowledge.rules import LONGEST_PAUSE, allowed, is_over
from assay.knowledge.services import plan_of, record_taking

MOST_ANSWER_CHARACTERS = 400
MOST_OPTIONS = 30
Answer = str | list[str] | None
"""What was typed, the ids that were chosen in their order, or None for “I do not know”."""


class TakingClosedError(ConflictError):
    """The invitation was withdrawn, was not begun in time, or the test has ended."""


class NotAnAnswerError(InvalidError):
    """What was sent cannot be an answer to the question; nothing was recorded."""


class AnsweredBeforeError(ConflictError):
    """Another answer to the question was recorded before, from another tab perhaps. The first one stands."""


class Now(NamedTuple):
    """Where a taking stands, and the question that is open; None where it has ended or pauses."""

    taking: Taking
    asked: Asked | None


def begin(*, taking: Taking, now: datetime) -> Taking:
    """Start the clock, the rules having been read. Doing it twice is doing it once. Raises `TakingClosedError`."""
    with transaction.atomic():
        locked = _locked(taking)
        if locked.state != TakingState.INVITED:
            return locked
        require_open(locked, now)
        minutes = plan_of(locked.test).minutes
        locked.state, locked.begun_at = TakingState.BEGUN, now
        locked.ends_at = now + allowed(minutes=minutes, extra_time_percent=locked.extra_time_percent)
        locked.save(update_fields=["state", "begun_at", "ends_at"])
        record_taking(locked, "knowledge_taking.begun", now, None)
    return locked


def current(*, taking: Taking, now: datetime) -> Now:
    """Yield the open question, choosing and keeping it where there is none; ends the test where there is no next.

    Asking twice yields the same question. Raises `TakingClosedError` before the start and after a withdrawal.
    """
    with transaction.atomic():
        locked = _locked(taking)
        require_open(locked, now)
        if locked.state == TakingState.INVITED:
            message = "Read the first page and begin there."
            raise TakingClosedError(message)
        if locked.state == TakingState.BEGUN and _has_run_out(locked, now):
            _end(locked, Stop.TIME, now)
        if locked.state != TakingState.BEGUN or locked.paused_at is not None:
            return Now(locked, None)
        return Now(locked, _open_question(locked) or _ask_next(locked, now))


def answer(*, taking: Taking, question: str, given: Answer, now: datetime, then_pause: bool = False) -> Taking:
    """Record the answer to the open question. The same answer sent again changes nothing.

    Raises
    ------
    NotFoundError
        The question is none of this test.
    NotAnAnswerError
        Nothing was recorded; the candidate may answer again.
    AnsweredBeforeError
        Another answer stands.
    TakingClosedError
        The time was over: the answer is kept and counts for nothing.
    """
    with transaction.atomic():
        locked = _locked(taking)
        require_open(locked, now)
        asked = locked.asked.select_for_update().filter(ref=question).first()
        if asked is None:
            message = "This question is not one of your test. Nothing was changed."
            raise NotFoundError(message)
        if asked.answered_at is not None:
            _check_same(asked, given)
            return locked
        is_late = locked.state != TakingState.BEGUN or _has_run_out(locked, now)
        _keep(asked, given, now, is_late=is_late)
        if is_late and locked.state == TakingState.BEGUN:
            _end(locked, Stop.TIME, now)
        elif then_pause:
            locked.paused_at = now
            locked.save(update_fields=["paused_at"])
    if is_late:
        message = "The time was over when this answer came. It is kept, but does not count; all before it does."
        raise TakingClosedError(message)
    return locked


def resume(*, taking: Taking, now: datetime) -> Taking:
    """Go on after a pause: the clock gets the time of the pause."""
    with transaction.atomic():
        locked = _locked(taking)
        if locked.state != TakingState.BEGUN or locked.paused_at is None:
            return locked
        if _has_run_out(locked, now):
            _end(locked, Stop.TIME, now)
            return locked
        assert locked.ends_at is not None  # noqa: S101 -- a constraint, for the type checker
        pause = now - locked.paused_at
        locked.ends_at += pause
        locked.paused_s += round(pause.total_seconds())
        locked.paused_at = None
        locked.save(update_fields=["ends_at", "paused_s", "paused_at"])
        record_taking(locked, "knowledge_taking.resumed", now, None, paused_s=round(pause.total_seconds()))
    return locked


def close_overdue(*, now: datetime) -> int:
    """End every test whose time ran out; yield how many."""
    begun = Taking.objects.filter(state=TakingState.BEGUN)
    overdue = begun.filter(paused_at=None, ends_at__lt=now) | begun.filter(paused_at__lt=now - LONGEST_PAUSE)
    closed = 0
    for taking in list(overdue):
        closed += close_if_over(taking=taking, now=now).state == TakingState.ENDED
    return closed


def close_if_over(*, taking: Taking, now: datetime) -> Taking:
    """Yield a taking as it stands, ended where its time ran out."""
    if taking.state != TakingState.BEGUN or not _has_run_out(taking, now):
        return taking
    with transaction.atomic():
        locked = _locked(taking)
        if locked.state == TakingState.BEGUN and _has_run_out(locked, now):
            _end(locked, Stop.TIME, now)
    return locked


def give_back(*, started_at: datetime, ended_at: datetime) -> int:
    """Give everybody whose clock ran the time in which the site did not answer; yield how many."""
    silence = ended_at - started_at
    running = Taking.objects.filter(
        state=TakingState.BEGUN, paused_at=None, begun_at__lt=started_at, ends_at__gt=started_at
    )
    return running.update(
        ends_at=F("ends_at") + silence, given_back_s=F("given_back_s") + round(silence.total_seconds())
    )


def require_open(taking: Taking, now: datetime) -> None:
    """Raise `TakingClosedError` for a withdrawn invitation or one that was not begun in time."""
    if taking.state == TakingState.CANCELLED:
        message = "This invitation was withdrawn. Nothing more is expected of you."
        raise TakingClosedError(message)
    if taking.state == TakingState.INVITED and now > taking.begin_by:
        message = "The time to begin is over. Write to the people who invited you: they can send a new invitation."
        raise TakingClosedError(message)


def variant_in(asked: Asked) -> Variant:
    """Yield a question as it was shown."""
    return msgspec.convert(asked.variant, Variant)


def given_of(asked: Sequence[Asked]) -> list[Given]:
    """Yield the answers that count, in their order."""
    return [
        Given(one.family, one.slot, one.competency, one.category, one.discrimination, one.difficulty)
        for one in asked
        if one.category is not None
    ]


def _open_question(taking: Taking) -> Asked | None:
    return taking.asked.filter(answered_at=None).first()


def _ask_next(taking: Taking, now: datetime) -> Asked | None:
    plan = plan_of(taking.test)
    deck = deck_for(plan=plan, organisation=taking.organisation)
    asked = list(taking.asked.defer("variant"))
    found = next_question(deck=deck, plan=plan, given=given_of(asked), seed=seed_of_taking(taking=taking.ref))
    if found.slot is None:
        _end(taking, found.stop or Stop.EXHAUSTED, now)
        return None
    return _shown(taking, found.slot, len(asked), now)


def _shown(taking: Taking, slot: Slot, position: int, now: datetime) -> Asked:
    seed = seed_of_variant(taking=taking.ref, family=slot.family, number=slot.number)
    return Asked.objects.create(
        taking=taking, position=position, family=slot.family, slot=slot.number, seed=seed, competency=slot.area,
        discrimination=slot.discrimination, difficulty=slot.difficulty, parameters=slot.version,
        is_pilot=slot.is_pilot, variant=msgspec.to_builtins(variant_of(family=slot.family, seed=seed)), shown_at=now,
    )  # fmt: skip


def _keep(asked: Asked, given: Answer, now: datetime, *, is_late: bool) -> None:
    """Mark an answer and keep it. Raises `NotAnAnswerError`, and then keeps nothing."""
    if given is not None:
        _check_size(given)
        try:
            marked = mark(variant=variant_in(asked), answer=given)
        except AnswerError as error:
            raise NotAnAnswerError(str(error)) from error
        asked.misconceptions = [words[:200] for words in marked.misconceptions if words]
        is_right = marked.is_right
    else:
        is_right = False
    asked.answered_at, asked.answer, asked.is_late = now, given, is_late
    asked.category = None if is_late else int(is_right)
    asked.response_s = max((now - asked.shown_at).total_seconds(), 0.0)
    asked.save()


def _check_size(given: str | list[str]) -> None:
    parts = given if isinstance(given, list) else [given]
    if len(parts) > MOST_OPTIONS or any(len(part) > MOST_ANSWER_CHARACTERS or "\0" in part for part in parts):
        message = "That cannot be an answer to this question. Nothing was recorded; answer again."
        raise NotAnAnswerError(message)


def _check_same(asked: Asked, given: Answer) -> None:
    if asked.answer != given:
        message = "You have answered this question before, perhaps in another tab. Your first answer stands."
        raise AnsweredBeforeError(message)


def _has_run_out(taking: Taking, now: datetime) -> bool:
    assert taking.ends_at is not None  # noqa: S101 -- a constraint, for the type checker
    return is_over(ends_at=taking.ends_at, paused_at=taking.paused_at, now=now)


def _end(taking: Taking, stop: Stop, now: datetime) -> None:
    """End a test with what was answered; its observations go into the ledger in the same transaction."""
    is_by_clock = stop == Stop.TIME and taking.paused_at is None and taking.ends_at is not None
    taking.state, taking.stop = TakingState.ENDED, stop
    taking.ended_at = min(taking.ends_at or now, now) if is_by_clock else now
    taking.paused_at = None
    taking.save(update_fields=["state", "stop", "ended_at", "paused_at"])
    answered = list(taking.asked.filter(category__isnull=False))
    observe(taking=taking, asked=answered, now=now)
    record_taking(taking, "knowledge_taking.ended", now, None, stop=str(stop), answered=len(answered))


def _locked(taking: Taking) -> Taking:
    """Yield the row anew, locked; what never changes of it is taken over instead of asked for again."""
    locked = Taking.objects.select_for_update().get(pk=taking.pk)
    locked.organisation, locked.application, locked.test = taking.organisation, taking.application, taking.test
    return locked
