"""Is it alive, is it ready, how is it doing: for whoever runs Assay."""

from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from assay.web.metrics import CONTENT_TYPE, exposition


def live(_request: HttpRequest) -> HttpResponse:
    """Answer at all: the process runs."""
    return JsonResponse({"status": "alive"})


def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 where the database answers and its schema is this version's, else 503 with what is missing."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "not ready", "why": "database"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if pending:
        return JsonResponse({"status": "not ready", "why": "migrations"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "ready"})


def metrics(_request: HttpRequest) -> HttpResponse:
    """Answer with the process's figures."""
    return HttpResponse(exposition(), content_type=CONTENT_TYPE)
