from unittest.mock import patch

import pytest

from assay.accounts.choices import MemberKind
from assay.applications.models import Application
from assay.audit.services import first_break
from assay.decisions.links import token_of
from assay.decisions.models import Case
from assay.evidence.models import Observation
from assay.example import organisation as example
from assay.example.deciding import status_path
from assay.interviews.models import Interview
from assay.people.models import Person
from assay.reading.limits import close_pools

pytestmark = pytest.mark.django_db


def test_example_is_whole_with_a_few_of_its_people(now):
    # The whole example takes too long for every run; the people are the only thing that is cut down.
    few = [person for person in example.people() if person.layout == "word"]
    with patch.object(example, "people", return_value=few):
        organisation = example.make_example(now=now)
    close_pools()
    assert Person.objects.filter(organisation=organisation).count() == len(few)
    assert organisation.roles.filter(state="open").count() == 3
    assert Application.objects.filter(organisation=organisation, state="rejected").count() == 1
    assert Observation.objects.filter(organisation=organisation).exists()
    assert {kind for member in organisation.members.all() for kind in member.kinds} == set(MemberKind)
    assert_one_is_decided_and_one_open(organisation)
    assert first_break(organisation=organisation) is None


def assert_one_is_decided_and_one_open(organisation):
    cases = Case.objects.filter(organisation=organisation, votes__isnull=False).distinct()
    decided, waiting = cases.get(decisions__isnull=False), cases.get(decisions=None)
    assert (decided.application.state, decided.offers.get().state) == ("offer", "waiting")
    assert (decided.rule.applicants_before, waiting.revealed_at) == (0, None)
    assert status_path(organisation=organisation) == f"/d/{token_of(waiting)}/"
    assert Interview.objects.filter(organisation=organisation, state="done").count() == 2
    assert (
        Interview.objects.filter(organisation=organisation, state="done", starts_at__gt=decided.created_at).count() == 0
    )


def test_a_second_look_finds_the_example(now):
    few = [person for person in example.people() if person.layout == "word"][:3]
    with patch.object(example, "people", return_value=few):
        made = example.make_example(now=now)
    close_pools()
    assert example.find_example() == made
    links = example.sign_in_links(organisation=made, now=now)
    assert [link.name for link in links] == [name for name, _kinds in example.STAFF]
