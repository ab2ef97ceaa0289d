import pytest

AREAS = ["roles", "people", "imports", "duplicates", "tasks", "trail", "settings"]


@pytest.mark.parametrize("area", AREAS)
def test_area_of_own_organisation_opens(area, administrator, signed_in):
    response = signed_in(administrator).get(f"/o/{administrator.organisation.slug}/{area}/")
    assert response.status_code == 200


@pytest.mark.parametrize("area", AREAS)
def test_area_of_another_organisation_does_not_exist(area, administrator, signed_in):
    assert signed_in(administrator).get(f"/o/elsewhere/{area}/").status_code == 404


def test_start_without_sign_in_asks_for_it(client):
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/")
