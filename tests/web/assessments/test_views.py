"""Inviting, looking at what came of it, deciding: who may, and what they see."""

import shutil

import pytest

from assay.accounts.choices import MemberKind
from assay.assessments.choices import SittingState, Via, WishState
from assay.assessments.models import HandIn, Sitting
from assay.assessments.services import invite, wish_for
from assay.assessments.working import hand_in, save_files, start_attempt
from assay.grading.template import TEMPLATE
from assay.items.services import add_version, sync_shipped
from assay.messages.models import Mail
from assay.people.choices import ContactKind
from assay.people.services import Given, set_contacts
from tests.assessments.conftest import RIGHT, WRONG, application, publish, ready, running, sitting, version  # noqa: F401

needs_bwrap = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


def at(sitting, rest):
    return f"/o/{sitting.organisation.slug}/assess/{rest}"


@pytest.fixture
def address(application):
    return f"/o/{application.organisation.slug}/assess/invite/{application.role.ref}/{application.ref}/"


def terms(**more):
    return {"days_to_begin": "14", "extra_time_percent": "0", "feedback": "summary", "words": ""} | more


def test_invitation_is_made_of_what_was_ticked(address, version, signed_in, recruiter):
    answer = signed_in(recruiter).post(address, terms(task=[version.ref], extra_time_percent="25"))
    made = Sitting.objects.get()
    assert answer["Location"].endswith(f"/assess/sitting/{made.ref}/")
    assert ([one.version for one in made.attempts.all()], made.extra_time_percent) == ([version], 25)


@pytest.mark.parametrize(
    "given", [terms(), terms(task=["nothing"]), terms(days_to_begin="0"), terms(days_to_begin="x")]
)
def test_invitation_of_nothing_is_refused_and_says_why(address, version, signed_in, recruiter, given):
    answer = signed_in(recruiter).post(address, given)
    assert (answer.status_code, Sitting.objects.count()) == (422, 0)


def test_proposals_are_for_what_is_asked_and_not_known(address, organisation, signed_in, recruiter, now):
    sync_shipped(now=now)
    page = signed_in(recruiter).get(address).content.decode()
    assert "Proposed" in page
    assert "No task of the bank shows what is missing" not in page


def test_stranger_to_the_role_may_not_invite(address, organisation, make_member, signed_in):
    client = signed_in(make_member(organisation, MemberKind.INTERVIEWER))
    assert {client.get(address).status_code, client.post(address, terms()).status_code} <= {403, 404}


def test_link_is_mailed_to_the_person(sitting, signed_in, recruiter, now):
    client = signed_in(recruiter)
    client.post(at(sitting, f"sitting/{sitting.ref}/mail"))
    assert not Mail.objects.exists()
    set_contacts(person=sitting.application.person, given=[Given(kind=ContactKind.EMAIL, value="ines@duarte.example")])
    client.post(at(sitting, f"sitting/{sitting.ref}/mail"))
    assert Mail.objects.get().to == "ines@duarte.example"


def test_withdrawing_twice_is_once(sitting, signed_in, recruiter):
    client = signed_in(recruiter)
    for _ in range(2):
        assert client.post(at(sitting, f"sitting/{sitting.ref}/cancel")).status_code == 302
    sitting.refresh_from_db()
    assert sitting.state == SittingState.CANCELLED


def test_wish_is_answered(sitting, signed_in, recruiter, now):
    wish = wish_for(sitting=sitting, text="More time", now=now)
    client = signed_in(recruiter)
    address = at(sitting, f"wish/{wish.ref}/")
    assert client.post(address, {"answer": "grant", "extra_time_percent": "900"}).status_code == 422
    client.post(address, {"answer": "grant", "extra_time_percent": "50", "reply": "Yes."})
    wish.refresh_from_db()
    sitting.refresh_from_db()
    assert (wish.state, sitting.extra_time_percent) == (WishState.GRANTED, 50)


@needs_bwrap
def test_dossier_shows_tests_files_and_ledger(running, signed_in, recruiter, work_off, now):
    save_files(
        attempt=running, seen_revision=0, files={"solution.py": RIGHT}, now=now,
        events=[{"kind": "paste", "characters": 500, "path": "solution.py", "at_ms": 1}],
    )  # fmt: skip
    hand_in(attempt=running, files={"solution.py": WRONG}, via=Via.EDITOR, now=now)
    work_off()
    client = signed_in(recruiter)
    page = client.get(at(running.sitting, f"attempt/{running.ref}/")).content.decode()
    assert "1 of 3 parts hold" in page
    assert "Read by people" not in page
    assert "1 longer paste (500 characters)" in page
    assert "for value in values[1:]" in page
    replay = client.get(at(running.sitting, f"attempt/{running.ref}/replay")).json()
    assert [save["revision"] for save in replay["saves"]] == [0, 1]
    archive = client.get(at(running.sitting, f"hand-in/{HandIn.objects.get().ref}/files"))
    assert archive["Content-Type"] == "application/zip"
    assert client.get(at(running.sitting, f"sitting/{running.sitting.ref}/")).status_code == 200


@needs_bwrap
def test_text_for_people_is_shown_and_led_to(application, organisation, signed_in, recruiter, work_off, now):
    part = b"written:\n  - {file: note.md, about: A note, competency: communication, anchors: [l1, l2, l3, l4, l5]}\n"
    files = TEMPLATE | {"task.yaml": TEMPLATE["task.yaml"] + part}
    noted = publish(add_version(organisation=organisation, slug="noted", files=files, member=recruiter, now=now))
    sitting = invite(application=application, versions=[noted], member=recruiter, now=now)
    work_off()
    attempt = start_attempt(attempt=sitting.attempts.get(), now=now)
    hand_in(attempt=attempt, files={"solution.py": RIGHT, "note.md": b"Dear <b>all"}, via=Via.EDITOR, now=now)
    page = signed_in(recruiter).get(at(sitting, f"attempt/{attempt.ref}/")).content.decode()
    assert "The machine gives no points for these texts" in page
    assert "Dear &lt;b&gt;all" in page
    assert "Nobody has rated it yet" in page
    assert f"/assess/hand-in/{HandIn.objects.get().ref}/texts" in page


@needs_bwrap
def test_late_hand_in_is_decided_by_a_person(running, signed_in, recruiter, now):
    from datetime import timedelta

    late = hand_in(
        attempt=running, files={"solution.py": RIGHT}, via=Via.UPLOAD, now=running.ends_at + timedelta(minutes=3)
    )
    client = signed_in(recruiter)
    assert "Does it count?" in client.get(at(running.sitting, f"attempt/{running.ref}/")).content.decode()
    client.post(at(running.sitting, f"hand-in/{late.ref}/late"), {"counts": "yes"})
    late.refresh_from_db()
    assert late.counts is True


def test_empty_list_says_what_to_do(organisation, signed_in, recruiter):
    page = signed_in(recruiter).get(f"/o/{organisation.slug}/assess/").content.decode()
    assert "Nobody has been invited yet" in page


def test_list_asks_the_database_as_often_for_three_as_for_one(
    sitting,
    application,
    version,
    signed_in,
    recruiter,
    now,
    django_assert_num_queries,
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from assay.assessments.services import invite

    client, address = signed_in(recruiter), f"/o/{sitting.organisation.slug}/assess/"
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(2):
        invite(application=application, versions=[version], member=recruiter, now=now)
    with django_assert_num_queries(len(one)):
        client.get(address)
