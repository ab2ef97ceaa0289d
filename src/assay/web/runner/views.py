"""Runners lease runs and post results here. Each machine has its own token; none holds a session or a database."""

import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import msgspec
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from assay.core.clock import now
from assay.core.errors import DomainError, ErrorKind
from assay.sandbox.models import Machine
from assay.sandbox.services import extend_lease, lease_run, machine_of_token, record_result
from assay.sandbox.services import give_back as give_run_back
from assay.sandbox.waking import LOOK_AGAIN_S, wait_for_news
from assay_runner.contract import LeaseRequest, ResultPost

LONGEST_WAIT_S = 20.0
MOST_BYTES = 256 * 2**20
STATUS = {
    ErrorKind.FORBIDDEN: HTTPStatus.UNAUTHORIZED,
    ErrorKind.CONFLICT: HTTPStatus.CONFLICT,
    ErrorKind.MISSING: HTTPStatus.NOT_FOUND,
    ErrorKind.INVALID: HTTPStatus.BAD_REQUEST,
}


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Which lease a machine speaks of."""

    run_id: str
    lease_id: str


def machine_call(form: type[Any]) -> Callable[[Callable[[Machine, Any], HttpResponse]], Callable[..., HttpResponse]]:
    """Make a function of a machine and a message of this form a view; every refusal is one line of text."""

    def wrap(view: Callable[[Machine, Any], HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_POST
        @wraps(view)
        def call(request: HttpRequest) -> HttpResponse:
            try:
                machine = machine_of_token(token=_token(request))
                return view(machine, msgspec.json.decode(_body(request), type=form))
            except DomainError as error:
                return _told(error.message, STATUS[error.kind])
            except msgspec.DecodeError as error:
                return _told(f"Not a message of this form: {error}", HTTPStatus.BAD_REQUEST)

        return call

    return wrap


@machine_call(LeaseRequest)
def lease(machine: Machine, asked: LeaseRequest) -> HttpResponse:
    """Answer with a lease, or with 204 when nothing came within the time that the runner waits."""
    until = time.monotonic() + min(max(asked.wait_s, 0.0), LONGEST_WAIT_S)
    while True:
        found = lease_run(machine=machine, runtimes=asked.runtimes, labels=asked.labels, now=now())
        left_s = until - time.monotonic()
        if found is not None or left_s <= 0:
            break
        if not connection.in_atomic_block:
            connection.close()  # a waiting runner holds a thread, but no connection
        wait_for_news(timeout_s=min(LOOK_AGAIN_S, left_s))
    if found is None:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return HttpResponse(msgspec.json.encode(found), content_type="application/json")


@machine_call(Held)
def heartbeat(_machine: Machine, held: Held) -> HttpResponse:
    """Keep a lease; 409 says that it is lost."""
    extend_lease(run_ref=held.run_id, lease_id=held.lease_id, now=now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@machine_call(ResultPost)
def result(_machine: Machine, post: ResultPost) -> HttpResponse:
    """Take a result; 409 says that it came too late."""
    record_result(run_ref=post.run_id, lease_id=post.lease_id, result=post.result, now=now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@machine_call(Held)
def give_back(_machine: Machine, held: Held) -> HttpResponse:
    """Take a run back from a machine that stops."""
    give_run_back(run_ref=held.run_id, lease_id=held.lease_id)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _token(request: HttpRequest) -> str:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _body(request: HttpRequest) -> bytes:
    data = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        message = f"more than {MOST_BYTES // 2**20} MiB"
        raise msgspec.DecodeError(message)
    return data


def _told(message: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(f"{message}\n", status=status, content_type="text/plain; charset=utf-8")
