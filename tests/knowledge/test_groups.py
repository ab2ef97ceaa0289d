"""Two groups compared: a question made harder for one is found, others are not, and nobody's group is kept."""

import numpy as np
import pytest

from assay.audit.models import Event
from assay.core.errors import InvalidError
from assay.knowledge.groups import Row, TooFewPeopleError, compare_groups, findings_of, read_groups
from assay.knowledge.models import Asked, GroupFinding, Taking
from tests.knowledge.test_calibrating import FAMILIES, TRUTH, many_takings

UNFAIR = "statistics/many-tests"
EXTRA = ("statistics/what-p-says", "statistics/width-and-size", "statistics/paired-folds")


@pytest.fixture
def two_groups(knowledge_test, now):
    """Six hundred people of one ability distribution; one question is harder for every second of them."""
    many_takings(knowledge_test, 600, now, families=())
    rng, rows, answers = np.random.default_rng(2), [], []
    for number, taking in enumerate(Taking.objects.filter(test=knowledge_test).select_related("application")):
        group, ability = "ab"[number % 2], rng.normal()
        rows.append(Row(taking.application.ref, group))
        for position, family in enumerate([*FAMILIES, *EXTRA]):
            level = TRUTH.get(family, 0.0)
            shift = 1.2 if family == UNFAIR and group == "b" else 0.0
            category = int(rng.random() < 1 / (1 + np.exp(-1.5 * (ability - level - shift))))
            answers.append(
                Asked(taking=taking, position=position, family=family, slot=0, seed=1, competency="statistics",
                      discrimination=1.5, difficulty=level, parameters="start", variant={}, shown_at=now,
                      answered_at=now, category=category)
            )  # fmt: skip
    Asked.objects.bulk_create(answers)
    return rows


def test_question_that_is_harder_for_one_group_is_found(two_groups, knowledge_test, recruiter, now):
    found = {one.family: one for one in compare_groups(member=recruiter, rows=two_groups, now=now)}
    assert set(found) == {*FAMILIES, *EXTRA}
    unfair = found.pop(UNFAIR)
    assert (unfair.ets_class, unfair.may_act, unfair.delta < -1.5) == ("C", True, True)
    assert (unfair.reference, unfair.focal, unfair.focal_people) == ("a", "b", 300)
    assert all(abs(one.delta) < abs(unfair.delta) for one in found.values())
    assert not [one for one in found.values() if one.ets_class == "C"]
    assert findings_of(organisation=knowledge_test.organisation)[0].family == UNFAIR


def test_comparing_again_replaces_and_keeps_nobodys_group(two_groups, knowledge_test, recruiter, now):
    compare_groups(member=recruiter, rows=two_groups, now=now)
    compare_groups(member=recruiter, rows=two_groups, now=now)
    assert GroupFinding.objects.count() == len(FAMILIES) + len(EXTRA)
    facts = Event.objects.filter(kind="item_bank.groups_compared").first().facts
    assert facts == {"reference": "a", "focal": "b", "families": 6}


def test_too_few_people_are_refused_with_the_number(knowledge_test, recruiter, now):
    many_takings(knowledge_test, 60, now)
    refs = Taking.objects.filter(test=knowledge_test).values_list("application__ref", flat=True)
    rows = [Row(ref, "a" if number < 20 else "b") for number, ref in enumerate(refs)]
    with pytest.raises(TooFewPeopleError) as refused:
        compare_groups(member=recruiter, rows=rows, now=now)
    assert (refused.value.needed, refused.value.found) == (50, 20)
    assert not GroupFinding.objects.exists()


def test_other_organisations_people_are_never_compared(two_groups, other_organisation, make_member, now):
    from assay.accounts.choices import MemberKind

    stranger = make_member(other_organisation, MemberKind.AUDITOR)
    with pytest.raises(TooFewPeopleError) as refused:
        compare_groups(member=stranger, rows=two_groups, now=now)
    assert refused.value.found == 0


def test_file_is_read_in_any_case_of_its_head():
    assert read_groups(b"\xef\xbb\xbfPerson,GROUP\nA@x.org,yes\nb@x.org,no\n") == [
        Row("A@x.org", "yes"),
        Row("b@x.org", "no"),
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "must name the columns"),
        (b"person,sex\na,b\n", "must name the columns"),
        (b"person,group\na@x.org,\n", "Line 2"),
        (b"person,group\na,x\n", "names 1: x"),
        (b"person,group\na,x\nb,y\nc,z\n", "names 3"),
        (b"\xff\xfe\x00", "not a CSV"),
        (b"person,group\n" + b"a,x\n" * 600_000, "larger than"),
    ],
)
def test_file_that_cannot_be_compared_is_refused(data, says):
    with pytest.raises(InvalidError, match=says):
        read_groups(data)
