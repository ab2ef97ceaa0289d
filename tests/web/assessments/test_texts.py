"""Reading and rating the texts of a hand-in: who may, what they see, and when."""

import pytest

from assay.accounts.choices import MemberKind
from assay.assessments.choices import Via
from assay.assessments.models import TextRating
from assay.assessments.working import hand_in
from assay.items.services import add_version
from tests.assessments.conftest import RIGHT, application, publish, ready, running, sitting  # noqa: F401
from tests.assessments.written import ANCHORS, WITH_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(organisation, recruiter, now):
    return publish(add_version(organisation=organisation, slug="total", files=WITH_TEXT, member=recruiter, now=now))


@pytest.fixture
def given_in(running, now):
    files = {"solution.py": RIGHT, "notes.md": b"It adds & goes.\n"}
    return hand_in(attempt=running, files=files, via=Via.EDITOR, now=now)


@pytest.fixture
def address(given_in):
    return f"/o/{given_in.attempt.sitting.organisation.slug}/assess/hand-in/{given_in.ref}/texts"


def test_reader_sees_the_text_and_no_name_and_no_result(address, given_in, signed_in, recruiter):
    client = signed_in(recruiter)
    page = client.get(address).content.decode()
    assert "It adds &amp; goes." in page
    assert ANCHORS[4] in page
    assert str(given_in.attempt.sitting.application.person) not in page
    assert address in client.get(f"/o/{recruiter.organisation.slug}/assess/").content.decode()


def test_rating_is_kept_and_shown_to_whoever_rated(address, given_in, signed_in, recruiter, make_member, organisation):
    client = signed_in(recruiter)
    assert client.post(address, {"value-1": "4", "reason-1": "“as it goes”"})["Location"] == address
    assert TextRating.objects.get().value == 4
    assert "“as it goes”" in client.get(address).content.decode()
    assert address not in client.get(f"/o/{organisation.slug}/assess/").content.decode()
    attempt = f"/o/{organisation.slug}/assess/attempt/{given_in.attempt.ref}/"
    assert ANCHORS[3] in client.get(attempt).content.decode()

    other = signed_in(make_member(organisation, MemberKind.RECRUITER))
    assert "“as it goes”" not in other.get(address).content.decode()
    assert "rate it yourself before you look" in other.get(attempt).content.decode()


@pytest.mark.parametrize("typed", [{}, {"value-1": "9", "reason-1": "x"}, {"value-1": "3", "reason-1": " "}])
def test_half_a_rating_is_refused_and_stays_on_the_page(address, signed_in, recruiter, typed):
    answer = signed_in(recruiter).post(address, typed)
    assert (answer.status_code, TextRating.objects.count()) == (422, 0)
    assert "Not kept yet" in answer.content.decode()


def test_second_rating_is_refused_until_the_first_is_withdrawn(address, signed_in, recruiter):
    client = signed_in(recruiter)
    typed = {"value-1": "4", "reason-1": "first"}
    client.post(address, typed)
    assert client.post(address, typed).status_code == 409
    assert client.post(f"{address}/withdraw", {"reason": ""}).status_code == 422
    assert client.post(f"{address}/withdraw", {"reason": "the wrong text"})["Location"] == address
    client.post(address, {"value-1": "2", "reason-1": "second"})
    assert list(TextRating.objects.filter(withdrawn_at=None).values_list("value", flat=True)) == [2]


def test_stranger_to_the_role_may_not_read(address, organisation, make_member, signed_in):
    client = signed_in(make_member(organisation, MemberKind.INTERVIEWER))
    assert {client.get(address).status_code, client.post(f"{address}/withdraw", {"reason": "x"}).status_code} <= {
        403,
        404,
    }
