"""Browsing the map: what is found, what is marked, and that nothing stored can break a page."""

import pytest

from assay.accounts.choices import MemberKind
from assay.competencies.catalogue import shipped_catalogue
from assay.competencies.services import add_competency, set_retired
from assay.roles.profile import Demand, RoleProfile
from assay.roles.services import Draft, create_role
from tests.competencies.conftest import definition

MAP = "/o/northwind/competencies/"


def body(client, path, **extra):
    answer = client.get(path, **extra)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


@pytest.mark.parametrize("kind", list(MemberKind))
def test_every_member_reads_the_map(organisation, make_member, signed_in, own, kind):
    client = signed_in(make_member(organisation, kind))
    found = body(client, MAP)
    assert [one.name for one in shipped_catalogue().families if one.name not in found.replace("&amp;", "&")] == []
    assert "our own" in found
    assert "Quuxbase" in body(client, f"{MAP}{own.key}/")
    assert "Version 1" in body(client, f"{MAP}own/{own.ref}/versions/")


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [("?q=pytorch", "PyTorch", ""), ("?q=torchvision", "PyTorch", "torchvision"), ("?q=QUUX", "kdb+", "Quuxbase")],
)
@pytest.mark.usefixtures("own")
def test_search_finds_names_and_words(recruiter, signed_in, query, name, words):
    found = body(signed_in(recruiter), MAP + query)
    assert (name in found, f"Named by {words}" in found) == (True, bool(words))
    assert "Communication" not in found


def test_search_with_htmx_yields_the_results_alone(recruiter, signed_in, own):
    found = body(signed_in(recruiter), MAP + "?q=pytorch", headers={"HX-Request": "true"})
    assert ("<html" in found, "PyTorch" in found) == (False, True)


def test_search_without_result_says_what_to_do(recruiter, signed_in, own):
    assert "Nothing is called that" in body(signed_in(recruiter), MAP + "?q=zzzz%00<b>")


def test_only_our_own_leaves_the_shipped_out(recruiter, signed_in, own):
    found = body(signed_in(recruiter), MAP + "?own=1")
    assert ("kdb+" in found, "PyTorch" in found) == (True, False)


def test_without_own_ones_the_page_says_what_they_are_for(recruiter, signed_in):
    assert "Nothing of your own yet" in body(signed_in(recruiter), MAP + "?own=1")


def test_page_of_a_shipped_one_has_dates_sources_and_neighbours(recruiter, signed_in):
    found = body(signed_in(recruiter), MAP + "pytorch/")
    for text in ("2016-09", "First release", "Rests on", "Structured interview", "Runs a given training script"):
        assert text in found


def test_page_names_the_roles_that_ask_for_it(recruiter, signed_in, own, now, make_member):
    profile = RoleProfile(title="Tick engineer", demands=(Demand(competency=own.key, level=3, weight=1.0),))
    create_role(member=recruiter, draft=Draft(profile, "", "test"), now=now)
    assert "Tick engineer" in body(signed_in(recruiter), f"{MAP}{own.key}/")
    assert "Tick engineer" not in body(signed_in(recruiter), f"{MAP}python/")
    stranger = make_member(own.organisation, MemberKind.INTERVIEWER)
    assert "Tick engineer" not in body(signed_in(stranger), f"{MAP}{own.key}/")


def test_unknown_competency_is_missing(recruiter, signed_in):
    assert signed_in(recruiter).get(MAP + "nothing_known/").status_code == 404


def test_another_organisation_sees_nothing_of_it(other_organisation, make_member, signed_in, own):
    client = signed_in(make_member(other_organisation, MemberKind.ADMINISTRATOR))
    assert "kdb" not in body(client, "/o/southwind/competencies/?q=time-series+database")
    for path in (f"{own.key}/", f"own/{own.ref}/edit/", f"own/{own.ref}/versions/"):
        assert client.get(f"/o/southwind/competencies/{path}").status_code == 404


def test_damaged_row_is_named_on_the_map_and_harms_no_page(organisation, recruiter, signed_in, damaged, now):
    profile = RoleProfile(title="Tick engineer", demands=(Demand(competency=damaged.key, level=3, weight=1.0),))
    role = create_role(member=recruiter, draft=Draft(profile, "", "test"), now=now)
    client = signed_in(recruiter)
    found = body(client, MAP)
    assert (damaged.key in found, "Mend it" in found) == (True, True)
    assert client.get(f"{MAP}{damaged.key}/").status_code == 404
    assert "is damaged" in body(client, f"{MAP}own/{damaged.ref}/edit/")
    body(client, f"{MAP}own/{damaged.ref}/versions/")
    for path in ("", "edit/", "versions/", "shortlist/"):
        body(client, f"/o/northwind/roles/{role.ref}/{path}")
    body(client, "/o/northwind/people/")


def test_retired_one_leaves_the_map_and_the_editor_but_not_its_roles(recruiter, signed_in, own, now):
    profile = RoleProfile(title="Tick engineer", demands=(Demand(competency=own.key, level=3, weight=1.0),))
    asking = create_role(member=recruiter, draft=Draft(profile, "", "test"), now=now)
    other = RoleProfile(title="Other", demands=(Demand(competency="python", level=3, weight=1.0),))
    not_asking = create_role(member=recruiter, draft=Draft(other, "", "test"), now=now)
    set_retired(competency=own, member=recruiter, is_retired=True, seen_version=1, now=now)
    client = signed_in(recruiter)
    assert "kdb+" not in body(client, MAP)
    assert "retired" in body(client, MAP + "?own=1")
    assert f'value="{own.key}" selected' in body(client, f"/o/northwind/roles/{asking.ref}/edit/")
    assert own.key not in body(client, f"/o/northwind/roles/{not_asking.ref}/edit/")


@pytest.mark.parametrize("count", [1, 3])
def test_map_costs_the_same_however_many_are_added(recruiter, signed_in, now, count, django_assert_num_queries):
    for number in range(count):
        add_competency(member=recruiter, definition=definition(name=f"Own {number}", terms=()), now=now)
    client = signed_in(recruiter)
    client.get(MAP)
    with django_assert_num_queries(7):
        client.get(MAP)


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_however_many_roles_ask(recruiter, signed_in, own, count, django_assert_num_queries):
    for number in range(count):
        profile = RoleProfile(title=f"R{number}", demands=(Demand(competency=own.key, level=3, weight=1.0),))
        create_role(member=recruiter, draft=Draft(profile, "", "test"), now=own.updated_at)
    client = signed_in(recruiter)
    client.get(f"{MAP}{own.key}/")
    with django_assert_num_queries(6):
        client.get(f"{MAP}{own.key}/")
