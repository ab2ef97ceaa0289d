"""A look at a list of people is written down once a day."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from assay.accounts.choices import MemberKind
from assay.audit.models import Event
from assay.audit.services import first_break, record_look
from assay.roles.models import Role
from tests.web.pool import make_role


@pytest.fixture
def role(organisation, now) -> Role:
    return make_role(organisation, now)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("people/", "people.listed"),
        ("roles/{role}/shortlist/", "shortlist.seen"),
        ("roles/{role}/board/", "board.seen"),
    ],
)
def test_lists_of_people_are_noted_once_a_day(role, recruiter, signed_in, path, kind):
    client = signed_in(recruiter)
    for _ in range(3):
        assert client.get(f"/o/{role.organisation.slug}/{path.format(role=role.ref)}").status_code == 200
    assert Event.objects.filter(kind=kind, member=recruiter).count() == 1


def look(role, member, at):
    record_look(
        organisation=role.organisation,
        kind="board.seen",
        subject_type="role",
        subject_ref=role.ref,
        member=member,
        now=at,
    )


def test_another_day_and_another_member_are_other_looks(role, recruiter, make_member, now):
    colleague = make_member(role.organisation, MemberKind.RECRUITER)
    for member, at in ((recruiter, now), (recruiter, now + timedelta(days=1)), (colleague, now), (recruiter, now)):
        look(role, member, at)
    assert Event.objects.filter(kind="board.seen").count() == 3


@pytest.mark.django_db(transaction=True)
def test_looks_at_the_same_moment_are_one(role, recruiter, now):
    def one():
        look(role, recruiter, now)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Event.objects.filter(kind="board.seen").count() == 1
    assert first_break(organisation=role.organisation) is None
