"""Leasing runs and doing them, one after another, until told to stop."""

import threading
from collections.abc import Callable
from typing import Protocol

from assay_runner.contract import Backend, JobResult, Lease, LeaseRequest
from assay_runner.site import LeaseLostError, SiteError

WAIT_S = 15.0
"""How long the site may let us wait for work in one call."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
POSTS = 8
"""Attempts to hand over a result: with growing pauses about as long as a lease lives."""


class SiteLike(Protocol):
    """What leasing needs of a site."""

    def lease(self, asked: LeaseRequest) -> Lease | None:
        """Ask for a run."""

    def keep(self, lease: Lease) -> None:
        """Say that the run goes on."""

    def post(self, lease: Lease, result: JobResult) -> None:
        """Hand over a result."""

    def give_back(self, lease: Lease) -> None:
        """Say that it will not be done."""


def work(
    *,
    site: SiteLike,
    backend: Backend,
    labels: tuple[str, ...],
    stop: threading.Event,
    say: Callable[[str], None],
) -> None:
    """Lease and run until ``stop`` is set; a site that is away is asked again with growing pauses.

    Raises
    ------
    TokenError
        The site does not know this machine.
    """
    able = tuple(sorted(name for name, reason in backend.runtimes().items() if not reason))
    pause_s = FIRST_PAUSE_S
    while not stop.is_set():
        try:
            lease = site.lease(LeaseRequest(runtimes=able, labels=labels, wait_s=WAIT_S))
        except SiteError as error:
            say(f"{error}; asking again in {pause_s:g} s")
            stop.wait(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            continue
        pause_s = FIRST_PAUSE_S
        if lease is None:
            continue
        if stop.is_set():
            _try(lambda held=lease: site.give_back(held), say)  # type: ignore[misc]
            return
        _do(site=site, backend=backend, lease=lease, say=say)


def _do(*, site: SiteLike, backend: Backend, lease: Lease, say: Callable[[str], None]) -> None:
    """Run a job under heartbeats and hand its result over."""
    ended = threading.Event()
    heart = threading.Thread(target=_beat, args=(site, lease, ended, say), daemon=True)
    heart.start()
    try:
        result = backend.run(lease.job)
    finally:
        ended.set()
        heart.join()
    _hand_over(site, lease, result, say)


def _beat(site: SiteLike, lease: Lease, ended: threading.Event, say: Callable[[str], None]) -> None:
    while not ended.wait(lease.expires_in_s / 3):
        try:
            site.keep(lease)
        except LeaseLostError:
            say(f"run {lease.run_id}: the lease was lost; its result will be dropped")
            return
        except SiteError as error:
            say(f"run {lease.run_id}: {error}")


def _hand_over(site: SiteLike, lease: Lease, result: JobResult, say: Callable[[str], None]) -> None:
    """Hand a result over, also to a site that is away for a while: the work is done and must not be lost."""
    pause = threading.Event()
    wait_s = FIRST_PAUSE_S
    for _ in range(POSTS):
        try:
            site.post(lease, result)
        except LeaseLostError:
            say(f"run {lease.run_id}: another machine did it; dropped")
            return
        except SiteError as error:
            say(f"run {lease.run_id}: {error}")
            pause.wait(wait_s)
            wait_s = min(2 * wait_s, LONGEST_PAUSE_S)
        else:
            return
    say(f"run {lease.run_id}: its result could not be handed over; the site will give it to another machine")


def _try(call: Callable[[], None], say: Callable[[str], None]) -> None:
    try:
        call()
    except (SiteError, LeaseLostError) as error:
        say(str(error))
