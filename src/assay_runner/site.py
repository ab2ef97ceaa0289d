"""What a runner says to the site: four calls over HTTP, with a token of its own."""

import http.client
import json
import urllib.error
import urllib.request
from http import HTTPStatus

import msgspec

from assay_runner.contract import JobResult, Lease, LeaseRequest, ResultPost

MOST_BYTES = 256 * 2**20
CALL_S = 30.0


class SiteError(Exception):
    """The site did not answer, or not as agreed; trying again later may help."""


class LeaseLostError(Exception):
    """The run belongs to another machine by now."""


class TokenError(Exception):
    """The site does not know this machine's token; trying again does not help."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: the token is for this site alone."""

    def redirect_request(self, *_: object) -> None:
        """Yield no request; the redirect is then an error like any other."""


class Site:
    """The site at ``url``, which is ``https`` unless it is on this machine."""

    def __init__(self, *, url: str, token: str) -> None:
        self.url, self._token = url.rstrip("/"), token
        self._opener = urllib.request.build_opener(_NoRedirect)

    def lease(self, asked: LeaseRequest) -> Lease | None:
        """Ask for a run; yield None when none came while the site let us wait."""
        body = self._call("lease", msgspec.json.encode(asked), timeout_s=CALL_S + asked.wait_s)
        if not body:
            return None
        try:
            return msgspec.json.decode(body, type=Lease)
        except msgspec.DecodeError as error:
            raise SiteError(f"the site's answer is no lease: {error}") from error

    def keep(self, lease: Lease) -> None:
        """Say that the run goes on. Raises `LeaseLostError`."""
        self._call("heartbeat", _held(lease))

    def post(self, lease: Lease, result: JobResult) -> None:
        """Hand over what came of it. Raises `LeaseLostError`: then nobody wants it any more."""
        post = ResultPost(run_id=lease.run_id, lease_id=lease.lease_id, result=result)
        self._call("result", msgspec.json.encode(post))

    def give_back(self, lease: Lease) -> None:
        """Say that the run will not be done here."""
        self._call("return", _held(lease))

    def _call(self, name: str, body: bytes, *, timeout_s: float = CALL_S) -> bytes:
        request = urllib.request.Request(
            f"{self.url}/runner/v1/{name}",
            data=body,
            method="POST",
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        try:
            with self._opener.open(request, timeout=timeout_s) as answer:
                data = bytes(answer.read(MOST_BYTES + 1))
        except urllib.error.HTTPError as error:
            raise _refusal(error) from error
        except (OSError, http.client.HTTPException) as error:
            raise SiteError(f"the site does not answer: {error}") from error
        if len(data) > MOST_BYTES:
            raise SiteError("the site's answer is too large")
        return data


def _held(lease: Lease) -> bytes:
    return json.dumps({"run_id": lease.run_id, "lease_id": lease.lease_id}).encode()


def _refusal(error: urllib.error.HTTPError) -> Exception:
    with error:
        said = error.read(500).decode("utf-8", "replace").strip()
    if error.code == HTTPStatus.CONFLICT:
        return LeaseLostError(said)
    if error.code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return TokenError(said or "the site refuses this token")
    return SiteError(f"the site answers {error.code}: {said}")
