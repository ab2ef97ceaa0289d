"""The page of one's own tasks."""

from datetime import date

import pytest

from assay.applications.models import Task
from assay.applications.services import add_note, add_task
from assay.core import clock
from assay.roles.choices import RoleDuty
from assay.roles.services import take_duty

pytestmark = pytest.mark.django_db
URL = "/o/northwind/tasks/"


@pytest.fixture
def give(application, recruiter, now):
    def give(assignee, text="Call back."):
        return add_task(
            application=application, member=recruiter, text=text, assignee=assignee, due_date=date(2026, 12, 1), now=now
        )

    return give


@pytest.mark.parametrize("count", [1, 3])
def test_tasks_take_the_same_queries(give, manager, signed_in, django_assert_num_queries, count):
    for number in range(count):
        give(manager, f"Do thing {number}")
    client = signed_in(manager)
    client.get(URL)
    with django_assert_num_queries(6):
        body = client.get(URL).content.decode()
    assert body.count('class="sheet task-row"') == count


def test_without_tasks_the_page_says_where_they_come_from(manager, signed_in):
    assert "Nothing to do" in signed_in(manager).get(URL).content.decode()


def test_tasks_are_shown_to_whom_they_were_given(give, manager, recruiter, signed_in):
    give(manager)
    assert ["Call back." in signed_in(member).get(URL).content.decode() for member in (manager, recruiter)] == [
        True,
        False,
    ]


def test_tasks_of_a_role_that_was_left_are_gone(give, role, manager, recruiter, signed_in, now):
    give(manager)
    take_duty(role=role, member=recruiter, colleague=manager, duty=RoleDuty.HIRING_MANAGER, now=now)
    assert "Call back." not in signed_in(manager).get(URL).content.decode()


def test_mentions_are_shown_to_whom_they_name(application, manager, recruiter, signed_in):
    add_note(application=application, member=recruiter, text="@Ines Keller, what do you say?", now=clock.now())
    assert ["what do you say?" in signed_in(member).get(URL).content.decode() for member in (manager, recruiter)] == [
        True,
        False,
    ]


def test_task_is_ticked_off_by_managers_and_not_by_interviewers(give, application, manager, interviewer, signed_in):
    task = give(manager)
    address = f"/o/northwind/roles/{application.role.ref}/board/{application.ref}/task/{task.ref}/done/"
    assert [signed_in(interviewer).post(address).status_code, Task.objects.get().state] == [403, "open"]
    answer = signed_in(manager).post(address, {"from": "mine"})
    assert (answer.status_code, answer["Location"], Task.objects.get().state) == (302, URL, "done")
