"""What a runner gets to hear over HTTP."""

import msgspec
import pytest

from assay.sandbox import handlers
from assay.sandbox.models import Run
from assay.sandbox.services import register_machine, request_run
from assay_runner.contract import Job, JobResult, Lease, LeaseRequest, ResultPost, RunStep, Status, StepResult

JOB = Job(runtime="python", files=(), steps=(RunStep(id="one", argv=("true",)),))
GOOD = JobResult(steps=(StepResult(id="one", status=Status.OK),), backend="test", controls=())


@pytest.fixture
def token(db, now):
    return register_machine(name="one", now=now).token


@pytest.fixture
def post(client, token):
    def send(address, message, *, secret=None, raw=None):
        return client.post(
            f"/runner/v1/{address}",
            data=raw if raw is not None else msgspec.json.encode(message),
            content_type="application/json",
            headers={"authorization": f"Bearer {secret if secret is not None else token}"},
        )

    return send


def ask(**extra):
    return LeaseRequest(runtimes=("python",), **extra)


def test_run_goes_out_and_its_result_comes_back(post, now, monkeypatch):
    monkeypatch.setitem(handlers._handlers, "test", lambda _run: None)
    request_run(purpose="test", subject="a", key="1", job=JOB, now=now)
    lease = msgspec.json.decode(post("lease", ask()).content, type=Lease)
    assert lease.job == JOB
    held = {"run_id": lease.run_id, "lease_id": lease.lease_id}
    assert post("heartbeat", held).status_code == 204
    assert post("result", ResultPost(**held, result=GOOD)).status_code == 204
    assert Run.objects.get().state == "done"
    assert post("heartbeat", held).status_code == 409


def test_run_is_given_back(post, now):
    request_run(purpose="test", subject="a", key="1", job=JOB, now=now)
    lease = msgspec.json.decode(post("lease", ask()).content, type=Lease)
    assert post("return", {"run_id": lease.run_id, "lease_id": lease.lease_id}).status_code == 204
    assert Run.objects.get().state == "queued"


def test_nothing_to_do_is_no_content(post):
    answer = post("lease", ask(wait_s=0.05))
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_without_a_token_nothing_is_answered(post, secret):
    assert post("lease", ask(), secret=secret).status_code == 401


@pytest.mark.parametrize("raw", [b"", b"[]", b"\xff\xfe", b'{"runtimes": 3}', b"{" * 5000])
def test_garbage_is_refused_in_one_line(post, raw):
    answer = post("lease", None, raw=raw)
    assert (answer.status_code, answer.content.count(b"\n")) == (400, 1)


def test_result_of_a_lost_lease_is_dropped(post):
    assert post("result", ResultPost(run_id="x", lease_id="y", result=GOOD)).status_code == 409


def test_looking_is_not_asking(client, token):
    assert client.get("/runner/v1/lease").status_code == 405
