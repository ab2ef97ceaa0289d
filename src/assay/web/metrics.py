"""Figures about the site itself, in OpenMetrics form."""

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest

REGISTRY = CollectorRegistry()
REQUESTS = Counter("assay_requests", "Requests answered.", ["route", "method", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "assay_request_seconds",
    "Time to answer a request.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5),
    registry=REGISTRY,
)
CONTENT_TYPE = CONTENT_TYPE_LATEST


def observe_request(*, route: str, method: str, status: int, elapsed_s: float) -> None:
    """Count one request."""
    REQUESTS.labels(route=route, method=method, status=str(status)).inc()
    SECONDS.labels(route=route).observe(elapsed_s)


def exposition() -> bytes:
    """Yield all figures as OpenMetrics text."""
    text: bytes = generate_latest(REGISTRY)  # type: ignore[no-untyped-call]
    return text
