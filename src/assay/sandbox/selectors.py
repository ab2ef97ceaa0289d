"""Reads of runs and machines."""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from assay.sandbox.choices import RunState
from assay.sandbox.models import Machine, Run

ALIVE_S = 90.0
"""A machine that waits for work asks again long before this."""


def runs_about(*, purpose: str, subject: str) -> QuerySet[Run]:
    """Yield the runs about a subject, oldest first."""
    return Run.objects.filter(purpose=purpose, subject=subject).order_by("pk")


def machines() -> QuerySet[Machine]:
    """Yield the machines that may lease, with ``running``, the number of runs in their hands."""
    held = Count("runs", filter=Q(runs__state=RunState.LEASED))
    return Machine.objects.filter(revoked_at=None).annotate(running=held).order_by("name")


def runtimes_alive(*, now: datetime) -> frozenset[str]:
    """Yield what can be run now: the runtimes of every machine that asked for work lately."""
    alive = Machine.objects.filter(revoked_at=None, seen_at__gte=now - timedelta(seconds=ALIVE_S))
    return frozenset(name for names in alive.values_list("runtimes", flat=True) for name in names)


def waiting_count() -> int:
    """Yield how many runs wait for a machine."""
    return Run.objects.filter(state=RunState.QUEUED).count()
