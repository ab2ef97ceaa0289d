import csv
import io

import pytest
from django.db import connection, transaction

from assay.accounts.choices import MemberKind
from assay.audit.checks import run_check
from assay.audit.models import Check, Event
from assay.audit.services import record
from assay.core import clock
from assay.web.auditor.trail.sentences import phrase_of, sentence_of

URL = "/o/northwind/trail/"
SECRET_NAME = "Amara Okafor"


@pytest.fixture
def moved(recruiter, now):
    with transaction.atomic():
        return record(
            organisation=recruiter.organisation, kind="application.moved", subject_type="application",
            subject_ref="k3f9mq2x7w4p", member=recruiter, now=now,
            facts={"from": "new", "to": "screening", "name": SECRET_NAME, "note": f"{SECRET_NAME} is good"},
        )  # fmt: skip


@pytest.fixture
def auditor(organisation, make_member):
    return make_member(organisation, MemberKind.AUDITOR, name="Otto Auditor")


def test_sentence_of_a_move(moved):
    assert sentence_of(moved) == "Rana Haddad moved an application from New to Screening"


@pytest.mark.parametrize(
    ("kind", "phrase"),
    [
        ("role.created", "created a role"),
        ("application.note_added", "added a note to an application"),
        ("offer.letter_sent", "sent a letter (offer)"),
        ("import.finished", "finished an import"),
        ("import.done", "finished an import"),
        ("account.signed_in", "signed in"),
        ("attempt.handed_in", "handed in a work sample"),
        ("interview.no_show", "noted that an interview did not take place"),
    ],
)
def test_phrase_of_known_and_unknown_kinds(kind, phrase):
    assert phrase_of(kind) == phrase


def test_sentence_of_a_task_names_no_reference(moved):
    moved.kind, moved.facts = "application.task_added", {"to": "kejgyf8szx7c"}
    assert sentence_of(moved) == "Rana Haddad added a task to an application"


@pytest.mark.parametrize("value", [SECRET_NAME, "amara okafor", ["new", SECRET_NAME], {"Amara Okafor": 1}])
def test_sentence_leaves_out_what_may_be_a_name(moved, value):
    moved.facts = {"from": "new", "to": value}
    assert "mara" not in sentence_of(moved)


def test_trail_page_names_no_candidate(moved, auditor, signed_in):
    client = signed_in(auditor)
    for path in ("", "export/"):
        response = client.get(URL + path)
        text = response.getvalue().decode()
        assert "Rana Haddad moved an application from New to Screening" in text
        assert SECRET_NAME not in text


def test_trail_is_for_auditors_and_administrators(administrator, auditor, recruiter, signed_in):
    for member, status in ((administrator, 200), (auditor, 200), (recruiter, 403)):
        assert signed_in(member).get(URL).status_code == status
        assert signed_in(member).get(URL + "export/").status_code == status
        assert signed_in(member).post(URL + "verify/").status_code == {200: 302}.get(status, status)


@pytest.mark.parametrize("count", [1, 3])
def test_trail_page_query_count(administrator, recruiter, signed_in, django_assert_num_queries, now, count):
    with transaction.atomic():
        for number in range(count):
            record(
                organisation=recruiter.organisation, kind="role.created", subject_type="role",
                subject_ref=f"r{number}", member=recruiter, now=now,
            )  # fmt: skip
    client = signed_in(administrator)
    with django_assert_num_queries(7):  # session, user, member, kinds, members, events, last walk
        response = client.get(URL)
    assert len(response.context["lines"]) == count


def test_trail_pages_hold_a_hundred(administrator, recruiter, signed_in, now):
    with transaction.atomic():
        for number in range(101):
            record(
                organisation=recruiter.organisation, kind="role.created", subject_type="role",
                subject_ref=f"r{number}", member=recruiter, now=now,
            )  # fmt: skip
    client = signed_in(administrator)
    first = client.get(URL)
    second = client.get(URL, {"before": first.context["older"]})
    assert [len(page.context["lines"]) for page in (first, second)] == [100, 1]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"kind": "application.moved"}, 1),
        ({"subject": "k3f9mq2x7w4p"}, 1),
        ({"subject": "elsewhere"}, 0),
        ({"from_date": "2026-11-24"}, 0),
        ({"to_date": "2026-11-23"}, 1),
        ({"from_date": "nonsense", "before": "x", "kind": "none.such"}, 1),
    ],
)
def test_trail_filters(moved, administrator, signed_in, query, count):
    response = signed_in(administrator).get(URL, query)
    assert len(response.context["lines"]) == count


def walked(client):
    """Ask for a walk, do the job, look at what the page says."""
    response = client.post(URL + "verify/")
    assert response.status_code == 302
    assert "0 of 1 events looked at" in client.get(response.url).content.decode()
    run_check(check_id=Check.objects.get(finished_at=None).pk, now=clock.now())
    return client.get(response.url).content.decode()


def test_verify_says_that_the_chain_holds(moved, administrator, signed_in):
    text = walked(signed_in(administrator))
    assert "The chain holds" in text
    assert moved.hash in text
    assert Event.objects.order_by("-seq")[0].kind == "trail.verified"


def test_verify_asked_twice_is_one_walk_and_one_event(moved, administrator, signed_in):
    client = signed_in(administrator)
    assert client.post(URL + "verify/").url == client.post(URL + "verify/").url
    check = Check.objects.get()
    for _ in range(2):
        run_check(check_id=check.pk, now=clock.now())
    assert Event.objects.filter(kind="trail.verified").count() == 1


def test_second_walk_begins_where_the_first_ended_and_offers_everything(moved, administrator, signed_in):
    client = signed_in(administrator)
    walked(client)
    assert "Found whole up to event 1 on" in client.get(URL).content.decode()
    second = client.post(URL + "verify/").url
    run_check(check_id=Check.objects.get(finished_at=None).pk, now=clock.now())
    text = client.get(second).content.decode()
    assert ("Events 1 to 2, each in its place" in text, "Look at everything again" in text) == (True, True)
    third = client.post(URL + "verify/", {"whole": "1"}).url
    run_check(check_id=Check.objects.get(finished_at=None).pk, now=clock.now())
    text = client.get(third).content.decode()
    assert ("3 events, each in its place" in text, "Look at everything again" in text) == (True, False)


def test_walk_page_belongs_to_its_organisation(moved, administrator, other_organisation, make_member, signed_in):
    signed_in(administrator).post(URL + "verify/")
    stranger = make_member(other_organisation, MemberKind.ADMINISTRATOR)
    ref = Check.objects.get().ref
    assert signed_in(stranger).get(f"/o/{other_organisation.slug}/trail/checks/{ref}/").status_code == 404


def test_verify_names_the_break(moved, administrator, signed_in):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # an intruder who owns the database
        cursor.execute("UPDATE audit_event SET actor = 'Nobody'")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    text = walked(signed_in(administrator))
    assert "The chain is broken" in text
    assert "At event 1: its content was changed after it was written." in text


def test_export_is_recorded_and_harmless(moved, make_member, organisation, signed_in, now):
    joker = make_member(organisation, MemberKind.AUDITOR, name='=HYPERLINK("x")')
    client = signed_in(joker)
    client.get(URL + "export/").getvalue()
    rows = list(csv.DictReader(io.StringIO(client.get(URL + "export/").getvalue().decode())))
    assert [row["kind"] for row in rows] == ["application.moved", "trail.exported", "trail.exported"]
    assert rows[1]["who"] == '\'=HYPERLINK("x")'
    assert rows[0]["reference"] == "k3f9mq2x7w4p"
