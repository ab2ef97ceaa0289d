"""Adding, editing and retiring: what was typed is kept, faults stand beside their fields, and who may."""

import pytest

from assay.accounts.choices import MemberKind
from assay.competencies.models import CustomCompetency
from assay.competencies.own import OwnTerm
from assay.competencies.services import save_competency
from tests.competencies.conftest import definition

MAP = "/o/northwind/competencies/"
WRITERS = {MemberKind.RECRUITER, MemberKind.ADMINISTRATOR}
ADDERS = WRITERS | {MemberKind.HIRING_MANAGER}


@pytest.mark.parametrize("kind", list(MemberKind))
def test_only_those_who_may_write_reach_the_forms(make_member, signed_in, own, filled, kind):
    client = signed_in(make_member(own.organisation, kind))
    adds, changes = (200 if kind in ADDERS else 403), (200 if kind in WRITERS else 403)
    assert client.get(MAP + "new/").status_code == adds
    assert client.get(f"{MAP}own/{own.ref}/edit/").status_code == changes
    assert client.get(f"{MAP}reading-again/").status_code == changes
    added = client.post(MAP + "new/", filled(name="Another", terms=())).status_code
    assert added == (302 if kind in ADDERS else 403)
    retired = client.post(f"{MAP}own/{own.ref}/retired/", {"retired": "1", "seen_version": "1"}).status_code
    assert retired == (302 if kind in WRITERS else 403)
    assert CustomCompetency.objects.filter(is_retired=True).exists() is (kind in WRITERS)
    assert ("Add your own" in client.get(MAP).content.decode()) is (kind in ADDERS)


def test_hiring_manager_edits_an_own_competency_that_they_wrote(organisation, make_member, signed_in, filled, own):
    client = signed_in(make_member(organisation, MemberKind.HIRING_MANAGER))
    client.post(MAP + "new/", filled(name="Another", terms=()))
    theirs = CustomCompetency.objects.exclude(pk=own.pk).get()
    assert client.get(f"{MAP}own/{theirs.ref}/edit/").status_code == 200
    assert "Retire" in client.get(f"{MAP}{theirs.key}/").content.decode()
    assert "Retire" not in client.get(f"{MAP}{own.key}/").content.decode()


def test_added_one_is_what_was_typed(recruiter, signed_in, filled):
    rows = (
        {
            "name": "Quuxbase",
            "aliases": "Quux base, QB store",
            "kind": "tool",
            "released": "2019",
            "released_source": "x",
        },
        {"name": "tuning the ticks", "kind": "phrase"},
        {"name": "", "aliases": ""},
        {"name": "Gone", "DELETE": "on"},
    )
    answer = signed_in(recruiter).post(MAP + "new/", filled(terms=rows))
    assert answer["Location"] == f"{MAP}own_time_series_store/"
    stored = CustomCompetency.objects.get().definition
    assert stored["terms"] == [
        {
            "name": "Quuxbase", "aliases": ["Quux base", "QB store"], "is_tool": True, "is_prose": False,
            "is_case_sensitive": False, "needs_context": False, "released": "2019", "released_source": "x",
        },
        {
            "name": "tuning the ticks", "aliases": [], "is_tool": False, "is_prose": True,
            "is_case_sensitive": False, "needs_context": False, "released": "", "released_source": "",
        },
    ]  # fmt: skip
    assert stored["sources"] == [
        {"title": "The vendor's manual", "url": "https://kx.example/docs", "doi": "", "citation": ""}
    ]


def test_faults_stand_at_their_fields_and_the_input_stays(recruiter, signed_in, filled):
    data = filled(
        level_4="Too short.", summary="", terms=({"name": "Quux"}, {"name": "PyTorch"}, {"name": "R"}), family="sports"
    )
    answer = signed_in(recruiter).post(MAP + "new/", data)
    found = answer.content.decode()
    assert answer.status_code == 422
    assert "1 field needs another look" in found  # the family is no choice that a browser sends
    data["family"] = "data"
    answer = signed_in(recruiter).post(MAP + "new/", data)
    found = answer.content.decode()
    assert answer.status_code == 422
    for text in (
        "4 fields need another look",
        "Say in 20 to 300 letters",
        "“PyTorch” names “PyTorch” already",
        "too short",
        'value="Quux"',
        'value="PyTorch"',
        "Too short.</textarea>",
        'value="Time-series store"',
    ):
        assert text in found, text
    assert not CustomCompetency.objects.exists()


def test_form_shows_what_is_stored_and_saving_makes_a_version(recruiter, signed_in, own, filled):
    client = signed_in(recruiter)
    found = client.get(f"{MAP}own/{own.ref}/edit/").content.decode()
    for text in ('value="kdb+"', 'value="2019-04"', 'name="seen_version" value="1"'):
        assert text in found
    answer = client.post(f"{MAP}own/{own.ref}/edit/", filled(seen_version="1", note="New name"))
    assert answer.status_code == 302
    own.refresh_from_db()
    assert (own.version, own.definition["name"]) == (2, "Time-series store")
    found = client.get(f"{MAP}own/{own.ref}/versions/").content.decode()
    for text in ("Version 2", "New name", "Changed: name, summary", "Words taken out: kdb database, kdb+"):
        assert text in found


def test_two_who_edit_one_version_lose_nothing(recruiter, signed_in, own, filled, now):
    client = signed_in(recruiter)
    save_competency(
        competency=own, member=recruiter, definition=definition(summary="First."), seen_version=1, note="", now=now
    )
    answer = client.post(f"{MAP}own/{own.ref}/edit/", filled(seen_version="1", summary="Mine, typed slowly."))
    found = answer.content.decode()
    assert answer.status_code == 409
    assert ("Mine, typed slowly." in found, "Version 2 was saved by Rana Haddad" in found) == (True, True)
    own.refresh_from_db()
    assert own.definition["summary"] == "First."


def test_damaged_one_is_mended_by_saving(recruiter, signed_in, damaged, filled):
    client = signed_in(recruiter)
    assert client.post(f"{MAP}own/{damaged.ref}/edit/", filled(seen_version="1")).status_code == 302
    assert "not in the map as it was stored" not in client.get(MAP).content.decode()


def test_retiring_and_taking_back(recruiter, signed_in, own):
    client = signed_in(recruiter)
    client.post(f"{MAP}own/{own.ref}/retired/", {"retired": "1", "seen_version": "1"})
    assert "offered in roles no more" in client.get(f"{MAP}{own.key}/").content.decode()
    client.post(f"{MAP}own/{own.ref}/retired/", {"retired": "0", "seen_version": "2"})
    own.refresh_from_db()
    assert (own.is_retired, own.version) == (False, 3)


@pytest.mark.parametrize("seen", ["", "x", "99999999999999", "7"])
def test_retiring_another_version_than_was_seen_is_refused(recruiter, signed_in, own, seen):
    answer = signed_in(recruiter).post(f"{MAP}own/{own.ref}/retired/", {"retired": "1", "seen_version": seen})
    assert answer.status_code == 409
    own.refresh_from_db()
    assert own.is_retired is False


def test_one_whose_words_were_taken_since_says_so_when_it_should_come_back(recruiter, signed_in, own, filled):
    client = signed_in(recruiter)
    client.post(f"{MAP}own/{own.ref}/retired/", {"retired": "1", "seen_version": "1"})
    client.post(MAP + "new/", filled(name="Taker", terms=({"name": OwnTerm(name="Quuxbase").name},)))
    answer = client.post(f"{MAP}own/{own.ref}/retired/", {"retired": "0", "seen_version": "2"}, follow=True)
    assert "“Quuxbase” names “Taker” already" in answer.content.decode()
