import pytest


def test_healthz_answers_without_a_database(client):
    assert client.get("/healthz").json() == {"status": "alive"}


@pytest.mark.django_db
def test_readyz_with_a_migrated_database(client):
    assert client.get("/readyz").json() == {"status": "ready"}


def test_metrics_are_openmetrics(client):
    client.get("/healthz")
    response = client.get("/metrics")
    assert response["Content-Type"].startswith("application/openmetrics-text")
    assert b'assay_requests_total{method="GET",route="healthz",status="200"}' in response.content
    assert response.content.endswith(b"# EOF\n")
