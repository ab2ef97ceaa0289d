"""An own competency through the whole: added, picked in a role, found in documents new and old, ranked."""

import pytest

from assay.applications.services import apply
from assay.competencies.models import CustomCompetency
from assay.evidence.models import Belief, Document, Observation
from assay.evidence.reader import READER, read_file, reader_version_for
from assay.evidence.services import store_blob, store_reading
from assay.matching.ranking import Filters, ranking_of
from assay.matching.selectors import matched_role
from assay.people.models import Person
from assay.roles.choices import RoleState
from assay.roles.profile import Demand, RoleProfile
from assay.roles.services import Draft, create_role, set_state

KEY = "own_time_series_store"


def resume(name, words):
    mail = name.lower().replace(" ", ".")
    return (
        f"{name}\n{mail}@mail.example\n\nExperience\nEngineer, {name} GmbH\n2021 – today\n{words}\n\n"
        "Skills\nPython, SQL\n"
    ).encode()


@pytest.fixture
def arrive(organisation, role, recruiter, now):
    def arrive_(name, words):
        data = resume(name, words)
        read = read_file(data=data, file_name="cv.txt", organisation=organisation, today=now.date())
        sha = store_blob(data=data).pk
        document = store_reading(organisation=organisation, blob_sha256=sha, file_name="cv.txt", read=read, now=now)
        apply(role=role, person=document.person, channel="", applied_at=now, member=recruiter, now=now)
        return document.person

    return arrive_


@pytest.fixture
def role(recruiter, now):
    profile = RoleProfile(title="Tick engineer", demands=(Demand(competency="python", level=3, weight=1.0),))
    found = create_role(member=recruiter, draft=Draft(profile, "", "test"), now=now)
    set_state(role=found, member=recruiter, state=RoleState.OPEN, now=now)
    return found


def ask_for_it(client, role):
    data = {
        "title": "Tick engineer", "seen_number": "1", "demands-TOTAL_FORMS": "1", "demands-INITIAL_FORMS": "0",
        "demands-0-competency": KEY, "demands-0-level": "3", "demands-0-weight": "1", "period": "year",
    }  # fmt: skip
    page = client.get(f"/o/northwind/roles/{role.ref}/edit/").content.decode()
    assert f'<option value="{KEY}">Time-series store</option>' in page
    assert client.post(f"/o/northwind/roles/{role.ref}/edit/", data).status_code == 302


def claimants():
    rows = Observation.objects.filter(competency=KEY, source_kind="claim", retraction=None)
    return set(rows.values_list("person__name", flat=True))


def order(role):
    found = matched_role(role=role)
    ranking = ranking_of(found=found, filters=Filters())
    names = Person.objects.in_bulk(ranking.people.tolist())
    return [names[ranking.people[row]].name for row in ranking.rows_in_order()]


@pytest.mark.django_db(transaction=True)
def test_own_competency_works_through_the_whole(role, signed_in, filled, run_jobs, arrive):
    client = signed_in(role.created_by)
    arrive("Ada Before", "Ran Quuxbase for a trading floor and tuned its loads.")
    assert Document.objects.get().reader_version == READER

    assert client.post("/o/northwind/competencies/new/", filled()).status_code == 302
    ask_for_it(client, role)
    assert (claimants(), f"{READER}+" in reader_version_for(organisation=role.organisation)) == (set(), True)

    arrive("Bea After", "Ran Quuxbase for a trading floor and tuned its loads.")
    arrive("Cem Without", "Wrote reports for a trading floor.")
    assert claimants() == {"Bea After"}
    run_jobs()
    assert order(role)[0] == "Bea After"

    assert "1 document can be read again" in client.get("/o/northwind/competencies/").content.decode()
    assert client.post("/o/northwind/competencies/reading-again/").status_code == 302
    progress = client.get("/o/northwind/competencies/reading-again/progress/", headers={"HX-Request": "true"})
    assert "0 of 1 document" in progress.content.decode()
    run_jobs()
    assert "Every document is up to date" in client.get("/o/northwind/competencies/reading-again/").content.decode()
    assert claimants() == {"Ada Before", "Bea After"}
    assert order(role)[-1] == "Cem Without"
    page = client.get(f"/o/northwind/roles/{role.ref}/shortlist/").content.decode()
    assert ("Ada Before" in page, "Time-series store" in page) == (True, True)
    person = Observation.objects.filter(competency=KEY)[0].person
    ledger = client.get(f"/o/northwind/ledger/people/{person.ref}/{KEY}/")
    assert (ledger.status_code, "Quuxbase" in ledger.content.decode()) == (200, True)
    versions = set(Belief.objects.values_list("parameters", flat=True))
    assert len(versions) == 1
    assert CustomCompetency.objects.count() == 1
