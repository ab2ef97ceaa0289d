import pytest
from django.core.exceptions import ObjectDoesNotExist

from assay.applications.models import Application
from assay.audit.models import Event
from assay.evidence.models import Correction, Document
from assay.people.models import DuplicatePair, Merge, Person
from tests.web.people.conftest import *  # noqa: F403 -- the people area's fixtures
from tests.web.people.conftest import LINES, store, text_file

pytestmark = pytest.mark.django_db
URL = "/o/northwind/duplicates/"


@pytest.fixture
def pair(add_person):
    """Two readings of one human: an old résumé and a later one with another address and title."""
    add_person()
    later = tuple(
        line.replace("amara.okafor@mail", "okafor@new").replace("ML engineer", "Lead engineer") for line in LINES
    )
    add_person(text_file(later), "later.txt")
    return DuplicatePair.objects.get()


def form_of(pair, *, keep, other, contacts, **more):
    return {
        "keep": keep.ref, "name": keep.ref, "headline": keep.ref, "history": other.ref, "stated": keep.ref,
        "contacts_shown": "1", "contact": contacts, **more,
    }  # fmt: skip


CONTACTS = ["emails:amara.okafor@mail.example", "emails:okafor@new.example"]


def test_pair_is_listed_and_compared_with_its_reasons(pair, recruiter, signed_in):
    client = signed_in(recruiter)
    assert "the same name" in client.get(URL).content.decode()
    body = client.get(f"{URL}{pair.ref}/").content.decode()
    assert ("okafor@new.example" in body, "Lead engineer" in body) == (True, True)


def test_merge_moves_everything_and_shows_what_was_chosen(pair, recruiter, signed_in, applied):
    kept, merged = pair.first, pair.second
    applied(merged)
    signed_in(recruiter).post(f"{URL}{pair.ref}/merge/", form_of(pair, keep=kept, other=merged, contacts=CONTACTS))
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert merged.merged_into == kept
    assert set(Document.objects.values_list("person", flat=True)) == {kept.pk}
    assert Application.objects.get().person == kept
    assert {contact.value for contact in kept.contacts.filter(kind="email")} == {
        "amara.okafor@mail.example",
        "okafor@new.example",
    }
    assert kept.profile["entries"]["employments"][0]["fields"]["title"]["value"] == "Lead engineer"


def test_contact_that_was_unticked_does_not_stay(pair, recruiter, signed_in):
    form = form_of(pair, keep=pair.first, other=pair.second, contacts=CONTACTS[1:])
    signed_in(recruiter).post(f"{URL}{pair.ref}/merge/", form)
    emails = Person.objects.get(pk=pair.first_id).contacts.filter(kind="email")
    assert [contact.value for contact in emails] == ["okafor@new.example"]


def test_merge_taken_apart_leaves_both_as_they_were(pair, recruiter, signed_in, applied):
    applied(pair.first)
    applied(pair.second)
    before = [(p.name, p.headline, p.profile) for p in (pair.first, pair.second)]
    client = signed_in(recruiter)
    form = form_of(pair, keep=pair.second, other=pair.first, contacts=CONTACTS[:1])
    client.post(f"{URL}{pair.ref}/merge/", form)
    client.post(f"{URL}merges/{Merge.objects.get().ref}/undo/")
    people = list(Person.objects.order_by("pk"))
    assert [(p.name, p.headline, p.profile) for p in people] == before
    assert [p.merged_into for p in people] == [None, None]
    assert [p.documents.count() for p in people] == [1, 1]
    assert [p.applications.count() for p in people] == [1, 1]
    pair.refresh_from_db()
    assert (pair.state, Correction.objects.filter(undone_at=None).count()) == ("open", 0)


def test_merged_row_is_shown_nowhere(pair, recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(f"{URL}{pair.ref}/merge/", form_of(pair, keep=pair.first, other=pair.second, contacts=CONTACTS))
    assert client.get(f"/o/northwind/people/{pair.second.ref}/").status_code == 404
    assert client.get("/o/northwind/people/").content.count(b'class="person-row"') == 1


def test_two_different_people_are_remembered_when_a_further_copy_comes(pair, recruiter, signed_in, add_person):
    client = signed_in(recruiter)
    client.post(f"{URL}{pair.ref}/distinct/")
    assert b"Nothing to decide" in client.get(URL).content
    add_person(text_file((*LINES, "One more line.")), "third.txt")
    states = dict(DuplicatePair.objects.values_list("pk", "state"))
    assert (states[pair.pk], sorted(states.values())) == ("distinct", ["distinct", "open", "open"])


def test_pair_decided_by_somebody_else_is_not_decided_again(pair, recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(f"{URL}{pair.ref}/distinct/")
    form = form_of(pair, keep=pair.first, other=pair.second, contacts=CONTACTS)
    assert client.post(f"{URL}{pair.ref}/merge/", form).status_code == 404
    assert Merge.objects.count() == 0


def test_deleting_the_kept_row_deletes_the_merged_one(pair, recruiter, signed_in):
    client = signed_in(recruiter)
    client.post(f"{URL}{pair.ref}/merge/", form_of(pair, keep=pair.first, other=pair.second, contacts=CONTACTS))
    client.post(f"/o/northwind/people/{pair.first.ref}/delete/", {"sure": "yes"})
    assert (Person.objects.count(), Document.objects.count()) == (0, 0)
    assert Event.objects.filter(kind="person.erased").count() == 2
    with pytest.raises(ObjectDoesNotExist):
        Merge.objects.get()


def test_blind_comparison_names_nobody(pair, recruiter, signed_in):
    client = signed_in(recruiter)
    client.post("/o/northwind/people/blind/", {"blind": "on"})
    body = client.get(URL).content.decode() + client.get(f"{URL}{pair.ref}/").content.decode()
    assert [leak for leak in ("Amara", "Okafor", "okafor@", "1234567", "Lagos") if leak in body] == []


def test_pairs_of_another_organisation_do_not_exist(stranger, recruiter, signed_in):
    store(stranger.organisation, text_file())
    store(stranger.organisation, text_file((*LINES, "More.")), "b.txt")
    theirs = DuplicatePair.objects.get()
    client = signed_in(recruiter)
    assert client.get(f"{URL}{theirs.ref}/").status_code == 404
    assert client.post(f"{URL}{theirs.ref}/distinct/").status_code == 404
    assert signed_in(stranger).get(f"/o/elsewhere/duplicates/{theirs.ref}/").status_code == 200


def test_hiring_manager_decides_no_pairs(pair, manager, signed_in):
    assert signed_in(manager).get(URL).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_five_queries(add_person, recruiter, signed_in, django_assert_num_queries, count):
    for i in range(count):
        for side in "ab":
            add_person(text_file((f"Person Number{i}", f"p{i}@mail.example", f"side {side}")), f"{i}{side}.txt")
    client = signed_in(recruiter)
    client.get(URL)
    with django_assert_num_queries(5):
        body = client.get(URL).content.decode()
    assert body.count("the same email address") == count
