"""A runner leases, works and hands over, whatever becomes of the site meanwhile."""

import threading

import pytest

from assay_runner import leasing
from assay_runner.contract import Job, JobResult, Lease, RunStep, Status, StepResult
from assay_runner.leasing import work
from assay_runner.site import LeaseLostError, SiteError, TokenError

JOB = Job(runtime="python", files=(), steps=(RunStep(id="one", argv=("true",)),))
GOOD = JobResult(steps=(StepResult(id="one", status=Status.OK),), backend="fake", controls=())


class Backend:
    name = "fake"

    def __init__(self, pause: threading.Event | None = None):
        self.pause, self.ran = pause, 0

    def run(self, job):
        assert job == JOB
        self.ran += 1
        if self.pause is not None:
            self.pause.wait(5)
        return GOOD

    def runtimes(self):
        return {"python": "", "r": "R is not installed"}


class Site:
    """Plays what it is given for each call; the last word repeats, and the runner stops when leases are used up."""

    def __init__(self, stop, leases, posts=(None,), keeps=(None,)):
        self.stop, self.leases, self.posts, self.keeps = stop, list(leases), list(posts), list(keeps)
        self.posted, self.kept, self.asked, self.returned = [], 0, [], 0

    def lease(self, asked):
        self.asked.append(asked)
        if not self.leases:
            self.stop.set()
            return None
        return self.play(self.leases.pop(0))

    def keep(self, _lease):
        self.kept += 1
        self.play(self.keeps.pop(0) if len(self.keeps) > 1 else self.keeps[0])

    def post(self, lease, result):
        self.posted.append((lease.run_id, result))
        self.play(self.posts.pop(0) if len(self.posts) > 1 else self.posts[0])

    def give_back(self, _lease):
        self.returned += 1

    @staticmethod
    def play(word):
        if isinstance(word, Exception):
            raise word
        return word


def lease(number, expires_in_s=60.0):
    return Lease(run_id=f"run{number}", lease_id="x", job=JOB, expires_in_s=expires_in_s)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(leasing, "FIRST_PAUSE_S", 0.001)
    monkeypatch.setattr(leasing, "LONGEST_PAUSE_S", 0.002)


def run(site, backend, said=None):
    work(site=site, backend=backend, labels=("fast",), stop=site.stop, say=(said if said is not None else []).append)


def test_runs_are_done_one_after_another():
    site, backend = Site(threading.Event(), [lease(1), None, lease(2)]), Backend()
    run(site, backend)
    assert ([name for name, _ in site.posted], backend.ran) == (["run1", "run2"], 2)
    assert (site.asked[0].runtimes, site.asked[0].labels) == (("python",), ("fast",))


def test_site_that_is_away_is_asked_again():
    site, said = Site(threading.Event(), [SiteError("down"), SiteError("down"), lease(1)]), []
    run(site, Backend(), said)
    assert ([name for name, _ in site.posted], len(said)) == (["run1"], 2)


def test_result_is_handed_over_when_the_site_is_back():
    site = Site(threading.Event(), [lease(1)], posts=[SiteError("down"), SiteError("down"), None])
    backend = Backend()
    run(site, backend)
    assert (len(site.posted), backend.ran) == (3, 1)


def test_result_that_cannot_be_handed_over_is_said_and_the_next_run_done():
    site, said = Site(threading.Event(), [lease(1), lease(2)], posts=[SiteError("down")] * 8 + [None]), []
    run(site, Backend(), said)
    assert site.posted[-1][0] == "run2"
    assert any("could not be handed over" in line for line in said)


def test_result_of_a_lost_lease_is_dropped():
    site, said = Site(threading.Event(), [lease(1), lease(2)], posts=[LeaseLostError("lost"), None]), []
    run(site, Backend(), said)
    assert [name for name, _ in site.posted] == ["run1", "run2"]
    assert any("dropped" in line for line in said)


def test_heart_beats_while_a_run_takes_its_time():
    pause = threading.Event()
    site = Site(threading.Event(), [lease(1, expires_in_s=0.03)], keeps=[None, SiteError("down"), None])
    timer = threading.Timer(0.3, pause.set)
    timer.start()
    run(site, Backend(pause))
    timer.join()
    assert site.kept >= 3


def test_unknown_token_ends_the_runner():
    with pytest.raises(TokenError):
        run(Site(threading.Event(), [TokenError("unknown")]), Backend())


def test_run_that_came_after_the_stop_is_given_back():
    stop = threading.Event()
    site, backend = Site(stop, []), Backend()

    def late(_asked):
        stop.set()
        return lease(1)

    site.lease = late
    run(site, backend)
    assert (site.returned, backend.ran) == (1, 0)
