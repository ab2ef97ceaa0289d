"""One clock from application to answer, and where the time went."""

from datetime import datetime, timedelta
from typing import NamedTuple

from assay.applications.choices import ApplicationState as S
from assay.applications.models import Application, Transition
from assay.applications.rules import ENDED
from assay.decisions.models import Offer, Target
from assay.roles.models import Role

USUAL_HOURS = 48


class Stretch(NamedTuple):
    """Time in one state, in the order of the course; ``share`` of the whole goes from 0 to 1."""

    label: str
    time: timedelta
    share: float


class Clock(NamedTuple):
    """How long an answer took, or has taken until now."""

    total: timedelta
    target_h: int
    is_answered: bool
    stretches: tuple[Stretch, ...]

    @property
    def is_within(self) -> bool:
        """Whether it stayed within the target so far."""
        return self.total <= timedelta(hours=self.target_h)


def target_of(*, role: Role) -> int:
    """Yield within how many hours a role's candidates should have their answer."""
    found = Target.objects.filter(role=role).first()
    return found.hours if found else USUAL_HOURS


def clock_of(*, application: Application, now: datetime) -> Clock:
    """Yield an application's clock; the answer is an offer that was sent, or the application's end. Three queries."""
    moves = list(application.transitions.order_by("at", "pk"))
    sent = Offer.objects.filter(case__application=application, sent_at__isnull=False).order_by("sent_at").first()
    end = _answered_at(moves, sent)
    until = end or now
    total = max(until - application.applied_at, timedelta())
    return Clock(total, target_of(role=application.role), end is not None, _stretches(application, moves, until))


def duration_words(time: timedelta) -> str:
    """Yield a duration in the two largest units that say something."""
    minutes = int(time.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return _count(days, "day") + (f" {_count(hours, 'hour')}" if hours and days < 7 else "")
    return _count(hours, "hour") if hours else _count(max(minutes, 1), "minute")


def _answered_at(moves: list[Transition], sent: Offer | None) -> datetime | None:
    """Yield when the person had their answer: the end that still stands, or the offer before it."""
    last = moves[-1] if moves else None
    ended = last.at if last is not None and last.to_state in ENDED else None
    times = [one for one in (ended, sent.sent_at if sent else None) if one is not None]
    return min(times, default=None)


def _stretches(application: Application, moves: list[Transition], until: datetime) -> tuple[Stretch, ...]:
    times: dict[str, timedelta] = {}
    state: str = moves[0].from_state if moves else application.state
    since = application.applied_at
    for move in moves:
        _add(times, state, since, min(move.at, until))
        state, since = move.to_state, max(move.at, application.applied_at)
    _add(times, state, since, until)
    whole = sum(times.values(), timedelta()) or timedelta(seconds=1)
    return tuple(Stretch(S(one).label, times[one], times[one] / whole) for one in S if one in times)


def _add(times: dict[str, timedelta], state: str, since: datetime, until: datetime) -> None:
    if state not in ENDED and until > since:
        times[state] = times.get(state, timedelta()) + (until - since)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
