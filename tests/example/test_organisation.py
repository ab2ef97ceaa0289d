from unittest.mock import patch

import pytest

from assay.accounts.choices import MemberKind
from assay.applications.models import Application
from assay.audit.services import first_break
from assay.evidence.models import Observation
from assay.example import organisation as example
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
    assert first_break(organisation=organisation) is None


def test_a_second_look_finds_the_example(now):
    few = [person for person in example.people() if person.layout == "word"][:3]
    with patch.object(example, "people", return_value=few):
        made = example.make_example(now=now)
    close_pools()
    assert example.find_example() == made
    links = example.sign_in_links(organisation=made, now=now)
    assert [link.name for link in links] == [name for name, _kinds in example.STAFF]
