import csv
import io
import json

import pytest
from django.db import IntegrityError, transaction

from assay.accounts.choices import MemberKind
from assay.accounts.models import Organisation
from assay.audit.models import Event
from assay.evidence.models import Belief, Observation
from assay.matching.models import Shortlist
from assay.roles.profile import Demand, RoleProfile
from tests.web.pool import compute, frank, make_role, strong, weak


@pytest.fixture
def role(organisation, now):
    return make_role(organisation, now)


@pytest.fixture
def people(role, now):
    return {"weak": weak(now, role), "frank": frank(now, role), "strong": strong(now, role)}


def address(role, rest=""):
    return f"/o/{role.organisation.slug}/roles/{role.ref}/shortlist/{rest}"


def test_shortlist_orders_people_and_quotes_their_words(role, people, recruiter, signed_in):
    page = signed_in(recruiter).get(address(role)).content.decode()
    places = [page.index(f'id="person-{people[name].ref}"') for name in ("strong", "weak", "frank")]
    assert places == sorted(places)
    assert "Led training of models with PyTorch." in page


def test_shortlist_is_the_same_with_and_without_kept_beliefs(role, people, recruiter, signed_in, now):
    client = signed_in(recruiter)
    before = client.get(address(role, "export/json/")).json()
    assert compute(role.organisation, now) == 3
    assert client.get(address(role, "export/json/")).json() == before


@pytest.mark.parametrize("count", [1, 3])
def test_shortlist_needs_the_same_queries_for_any_number(
    role, now, recruiter, signed_in, django_assert_num_queries, count
):
    for place in range(count):
        strong(now, role, name=f"Person {place}")
    compute(role.organisation, now)
    client = signed_in(recruiter)
    client.get(address(role))
    with django_assert_num_queries(13):
        client.get(address(role))


def test_shortlist_of_nobody_says_what_to_do(role, recruiter, signed_in):
    assert "Nobody has applied yet" in signed_in(recruiter).get(address(role)).content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=amara", {"strong"}),
        ("must=open", {"strong", "weak"}),
        ("state=rejected", set()),
        ("channel=nowhere", set()),
        ("page=99", {"strong", "weak", "frank"}),
        ("state=nonsense&page=x", {"strong", "weak", "frank"}),
    ],
)
def test_filters_narrow_the_list(role, people, recruiter, signed_in, query, names):
    page = signed_in(recruiter).get(address(role, f"?{query}")).content.decode()
    assert {name for name, person in people.items() if f'id="person-{person.ref}"' in page} == names


def test_blind_hides_names_and_files_and_does_not_search_names(role, people, recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(address(role, "blind/"))
    page = client.get(address(role)).content.decode()
    assert not [name for name in ("Amara", "Okafor", "Rafael", "Souza") if name in page]
    assert f'id="person-{people["strong"].ref}"' not in client.get(address(role, "?q=amara")).content.decode()


def test_compare_shows_the_chosen_and_leaves_an_event(role, people, recruiter, signed_in):
    chosen = [people["strong"].ref, people["frank"].ref]
    page = signed_in(recruiter).get(address(role, f"compare/?person={chosen[0]}&person={chosen[1]}")).content.decode()
    assert "Amara Okafor" in page
    assert "Mei Tan" in page
    assert "Rafael Souza" not in page
    assert Event.objects.filter(kind="shortlist.compared").count() == 1


def test_compare_with_a_stranger_is_missing(role, people, recruiter, signed_in):
    assert signed_in(recruiter).get(address(role, "compare/?person=abcdefghjkmn")).status_code == 404


def test_snapshot_stays_as_it_was(role, people, recruiter, signed_in, now):
    client = signed_in(recruiter)
    client.post(address(role, "save/"), {"name": "before the test"})
    kept = Shortlist.objects.get()
    strong(now, role, name="Later Comer")
    page = client.get(address(role, f"kept/{kept.ref}/")).content.decode()
    assert "Amara Okafor" in page
    assert "Later Comer" not in page
    assert kept.parameters["role_version"] == 1
    assert Event.objects.filter(kind="shortlist.saved").count() == 1


def test_snapshot_without_a_name_is_refused(role, people, recruiter, signed_in):
    assert signed_in(recruiter).post(address(role, "save/"), {"name": " "}).status_code == 422
    assert Shortlist.objects.count() == 0


def test_snapshot_with_names_does_not_open_blind(role, people, recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(address(role, "save/"), {"name": "with names"})
    client.post(address(role, "blind/"))
    response = client.get(address(role, f"kept/{Shortlist.objects.get().ref}/"))
    assert response.status_code == 422
    assert "Amara" not in response.content.decode()


def test_exports_hold_everybody_in_order(role, people, recruiter, signed_in):
    client = signed_in(recruiter)
    names = [row["name"] for row in json.loads(client.get(address(role, "export/json/")).content)["people"]]
    table = list(csv.DictReader(io.StringIO(client.get(address(role, "export/csv/")).content.decode("utf-8-sig"))))
    assert names == [row["name"] for row in table] == ["Amara Okafor", "Rafael Souza", "Mei Tan"]
    assert "<svg" in client.get(address(role, "export/html/")).content.decode()
    assert Event.objects.filter(kind="shortlist.exported").count() == 3
    assert client.get(address(role, "export/exe/")).status_code == 404


@pytest.mark.parametrize("rest", ["", "compare/", "export/csv/", "kept/abcdefghjkmn/"])
def test_another_organisation_sees_nothing(role, people, make_member, signed_in, now, rest):
    other = Organisation.objects.create(slug="elsewhere", name="Elsewhere", created_at=now)
    stranger = make_member(other, MemberKind.RECRUITER)
    client = signed_in(stranger)
    assert client.get(address(role, rest)).status_code == 404
    assert client.get(address(role, rest).replace("northwind", "elsewhere")).status_code == 404


def test_interviewer_may_not_see_who_applied(role, people, organisation, make_member, signed_in):
    assert signed_in(make_member(organisation, MemberKind.INTERVIEWER)).get(address(role)).status_code == 404


def test_each_number_opens_its_observations_and_each_its_words(role, people, recruiter, signed_in):
    client, org = signed_in(recruiter), role.organisation.slug
    person = people["strong"]
    assert "/ledger/people/" in client.get(f"/o/{org}/ledger/people/{person.ref}/").content.decode()
    row = Observation.objects.get(person=person, competency="pytorch")
    page = client.get(f"/o/{org}/ledger/people/{person.ref}/pytorch/").content.decode()
    assert f"/o/{org}/ledger/observations/{row.ref}/" in page
    assert "raises it" in page
    words = client.get(f"/o/{org}/ledger/observations/{row.ref}/").content.decode()
    assert "<mark>Led training of models with PyTorch.</mark>" in words
    assert Event.objects.filter(kind="person.seen").count() == 3


def test_ledger_of_another_organisation_is_missing(role, people, make_member, signed_in, now):
    other = Organisation.objects.create(slug="elsewhere", name="Elsewhere", created_at=now)
    client = signed_in(make_member(other, MemberKind.RECRUITER))
    row = Observation.objects.filter(person=people["strong"]).first()
    for rest in (
        f"people/{people['strong'].ref}/",
        f"people/{people['strong'].ref}/python/",
        f"observations/{row.ref}/",
    ):
        assert client.get(f"/o/elsewhere/ledger/{rest}").status_code == 404


def test_observation_is_never_changed_or_deleted(role, people):
    row = Observation.objects.filter(person=people["strong"]).first()
    for change in (
        lambda: Observation.objects.filter(pk=row.pk).update(value=1.0),
        lambda: Observation.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert Observation.objects.get(pk=row.pk).value == row.value


def test_observation_may_move_with_a_merge(role, people):
    rows = Observation.objects.filter(person=people["weak"])
    assert rows.update(person=people["strong"]) == 1


def test_sync_again_changes_nothing_and_a_new_reading_retracts(role, people, now):
    from assay.evidence.ledger import sync_claims
    from assay.evidence.models import Document

    person = people["weak"]
    assert sync_claims(person=person, now=now) == 0
    Document.objects.filter(person=person).update(skills=[])
    assert sync_claims(person=person, now=now) == 1
    assert Observation.objects.filter(person=person, retraction__isnull=False).count() == 1


def test_belief_is_the_same_bytes_from_the_same_rows(role, people, now):
    compute(role.organisation, now)
    first = {row.person_id: (bytes(row.mean), bytes(row.cov), bytes(row.claims)) for row in Belief.objects.all()}
    Belief.objects.all().delete()
    compute(role.organisation, now)
    assert {
        row.person_id: (bytes(row.mean), bytes(row.cov), bytes(row.claims)) for row in Belief.objects.all()
    } == first


MANY = ("python", "pytorch", "deployment", "sql", "statistics", "deep_learning", "mlops", "git")


@pytest.mark.parametrize(("count", "folds"), [(6, 0), (8, 1)])
def test_many_must_haves_fold_under_what_is_known_of_them(organisation, now, recruiter, signed_in, count, folds):
    demands = tuple(Demand(competency=name, level=3, weight=1.0, is_must_have=True) for name in MANY[:count])
    role = make_role(organisation, now, profile=RoleProfile(title="Engineer", demands=demands))
    strong(now, role)
    client = signed_in(recruiter)
    page = client.get(address(role)).content.decode()
    assert page.count('class="more-chips"') == folds
    assert page.count("more must-haves: ") == folds
    assert page.count('<li class="chip ') == count
    if folds:
        assert "<summary>3 more must-haves: 3 not known</summary>" in page
    assert "more-chips" not in client.get(address(role, "export/html/")).content.decode().split("</style>")[1]
