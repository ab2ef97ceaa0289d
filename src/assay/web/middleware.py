"""What happens around every request: one log line, and refusals turned into pages."""

import time
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from assay.core.errors import DomainError, ErrorKind
from assay.web.metrics import observe_request

log = structlog.get_logger("assay.request")

GetResponse = Callable[[HttpRequest], HttpResponse]

STATUS_OF = {
    ErrorKind.MISSING: HTTPStatus.NOT_FOUND,
    ErrorKind.FORBIDDEN: HTTPStatus.FORBIDDEN,
    ErrorKind.CONFLICT: HTTPStatus.CONFLICT,
    ErrorKind.INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
}
SIGN_IN_OFFERED = {"sign_in_link", "invitation"}
"""Links of members that run out; whoever is refused there can go on by signing in."""
HEADLINE_OF = {
    ErrorKind.MISSING: "There is nothing here for you",
    ErrorKind.FORBIDDEN: "You may not do that",
    ErrorKind.CONFLICT: "This cannot be done as things stand",
    ErrorKind.INVALID: "That cannot be used",
}


class RequestLogMiddleware:
    """One structured line and one metric a request; no names, no addresses, no query strings."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Time the request."""
        start = time.perf_counter()
        response = self.get_response(request)
        elapsed_s = time.perf_counter() - start
        match = request.resolver_match
        route = match.view_name if match else "unresolved"
        observe_request(route=route, method=request.method or "", status=response.status_code, elapsed_s=elapsed_s)
        log.info(
            "request", route=route, method=request.method, status=response.status_code, ms=round(elapsed_s * 1000, 1)
        )
        return response


class DomainErrorMiddleware:
    """Turns an expected refusal into its page (or, for htmx, its notice). No traceback ever reaches a user."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_exception` does the work."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Render refusals, "not found" and "not allowed" alike; leave faults of ours to the 500 page."""
        if isinstance(error, Http404):
            error = DomainErrorMiddleware.missing()
        elif isinstance(error, PermissionDenied):
            return refusal(request, kind=ErrorKind.FORBIDDEN, message=str(error) or "Ask an administrator for access.")
        if isinstance(error, DomainError):
            return refusal(request, kind=error.kind, message=error.message)
        return None

    @staticmethod
    def missing() -> DomainError:
        """Yield the refusal that stands for an address without a page."""
        refusal_ = DomainError("The address is wrong, or it belongs to somebody else, or it is no longer there.")
        refusal_.kind = ErrorKind.MISSING  # type: ignore[misc]  # one class for all kinds here
        return refusal_


def refusal(request: HttpRequest, *, kind: ErrorKind, message: str) -> HttpResponse:
    """Render a refusal as a page, or as a notice where htmx asked for a part of one."""
    template = "errors/notice.html" if getattr(request, "htmx", False) else "errors/refusal.html"
    route = request.resolver_match.view_name if request.resolver_match else ""
    offers_sign_in = route in SIGN_IN_OFFERED and not request.user.is_authenticated
    context = {"headline": HEADLINE_OF[kind], "message": message, "offers_sign_in": offers_sign_in}
    return render(request, template, context, status=STATUS_OF[kind])
